/** Which events have been handed out already. */
import { contentId } from '../model/content-id.ts';
import type { AuditEvent } from '../model/event.ts';

/** Keys in one generation; two generations are kept. Some 4 MB when full. */
const GENERATION = 8192;
/** No provider's ids and names are longer; whoever writes them by hand must not fill memory and cursors with them. */
const LONGEST_KEY = 512;

/**
 * By what an event is known: time, provider, id and name together, so that placeholder ids (`-`, `EXAMPLE`) in hand-made
 * records do not swallow events that differ. Begins with the time.
 *
 * @internal
 */
export function keyOf(event: AuditEvent): string {
  const key = `${event.time.getTime()}|${event.provider}|${event.id}|${event.name}`;
  return key.length <= LONGEST_KEY ? key : `${event.time.getTime()}|${contentId(key)}`;
}

/**
 * Remembers the last 8,192 to 16,384 events. In a stream that is in order copies of an event stand side by side, so
 * that is plenty, and a crowded moment is remembered whole; where order is broken as well, a copy further away slips
 * through, and `mayHaveMissed` says so.
 *
 * @internal
 */
export class Seen {
  #young = new Set<string>();
  #old = new Set<string>();
  /** Time of the first event of the young generation. */
  #since = Number.NaN;
  #forgot = false;
  #lastTime = Number.NaN;
  #direction = 0;
  #disordered = false;

  /** Whether the event of this key is new; from now on it is not. */
  add(key: string, time: number): boolean {
    this.#watchOrder(time);
    if (this.#young.has(key) || this.#old.has(key)) return false;
    if (this.#young.size === 0) this.#since = time;
    this.#young.add(key);
    // Not while all of it is one moment: the copies of a crowded moment may stand behind all of its events.
    if (this.#young.size >= GENERATION && time !== this.#since) {
      this.#forgot ||= this.#old.size > 0;
      this.#old = this.#young;
      this.#young = new Set();
    }
    return true;
  }

  get mayHaveMissed(): boolean {
    return this.#forgot && this.#disordered;
  }

  #watchOrder(time: number): void {
    const step = Math.sign(time - this.#lastTime);
    this.#lastTime = time;
    if (!step) return;
    if (this.#direction === 0) this.#direction = step;
    else if (step !== this.#direction) this.#disordered = true;
  }
}
