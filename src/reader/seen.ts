/** Which events have been handed out already. */
import type { AuditEvent } from '../model/event.ts';

/** Keys in one generation; two generations are kept. Some 4 MB when full. */
const GENERATION = 8192;

/**
 * Remembers the last 8,192 to 16,384 events. In a stream that is in order copies of an event stand side by side, so
 * that is plenty, and a crowded moment is remembered whole; where order is broken as well, a copy further away slips
 * through, and `mayHaveMissed` says so.
 *
 * An event is known by provider, id, time and name together: placeholder ids (`-`, `EXAMPLE`) in hand-made records then
 * do not swallow events that differ.
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

  /** Whether the event is new; from now on it is not. */
  add(event: AuditEvent): boolean {
    const time = event.time.getTime();
    const key = `${event.provider}|${event.id}|${time}|${event.name}`;
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
