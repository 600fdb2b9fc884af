/** Events of a log that is read by the time of arrival, on their way to the order of the acts. */
import type { AuditEvent } from '../model/event.ts';
import type { Order } from './source.ts';

/**
 * Holds events until nothing can come before them. Beyond `most` events the half that would go out first goes out early;
 * what then comes too late is counted, and still comes.
 *
 * @internal
 */
export class WaitingRoom {
  readonly #sign: number;
  readonly #most: number;
  #waiting: AuditEvent[] = [];
  #last = Number.NaN;
  #sorted = true;
  /** Events that went out behind one they should have preceded. */
  disordered = 0;

  constructor(order: Order, most = 20_000) {
    this.#sign = order === 'oldest-first' ? 1 : -1;
    this.#most = most;
  }

  add(events: readonly AuditEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) this.#waiting.push(event);
    this.#sorted = false;
  }

  /** Those before a moment, in order; and as many more as there is no room for. */
  takeBefore(time: number): readonly AuditEvent[] {
    this.#sort();
    const settled = this.#waiting.findIndex((event) => (event.time.getTime() - time) * this.#sign >= 0);
    const count = settled === -1 ? this.#waiting.length : settled;
    return this.#take(this.#waiting.length - count > this.#most ? this.#waiting.length - (this.#most >> 1) : count);
  }

  takeAll(): readonly AuditEvent[] {
    this.#sort();
    return this.#take(this.#waiting.length);
  }

  #sort(): void {
    // Stable, so that events of one moment keep the order in which the log has them.
    if (!this.#sorted) this.#waiting.sort((a, b) => (a.time.getTime() - b.time.getTime()) * this.#sign);
    this.#sorted = true;
  }

  #take(count: number): readonly AuditEvent[] {
    if (count === 0) return [];
    const taken = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    for (const event of taken) {
      const time = event.time.getTime();
      if ((time - this.#last) * this.#sign < 0) this.disordered++;
      else this.#last = time;
    }
    return taken;
  }
}
