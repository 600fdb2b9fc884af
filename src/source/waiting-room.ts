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
  /** In order. */
  readonly #waiting: AuditEvent[] = [];
  #last = Number.NaN;
  /** Events that went out behind one they should have preceded. */
  disordered = 0;

  constructor(order: Order, most = 20_000) {
    this.#sign = order === 'oldest-first' ? 1 : -1;
    this.#most = most;
  }

  add(events: readonly AuditEvent[]): void {
    const all = this.#waiting;
    let first = Number.POSITIVE_INFINITY;
    for (const event of events) first = Math.min(first, this.#turnOf(event));
    // They arrive in about the order of their acts, so few of those that wait are behind a new one.
    let ahead = all.length;
    while (ahead > 0 && this.#turnOf(all[ahead - 1] as AuditEvent) > first) ahead--;
    const behind = all.splice(ahead);
    for (const event of events) behind.push(event);
    // Stable, so that events of one moment keep the order in which the log has them.
    behind.sort((a, b) => this.#turnOf(a) - this.#turnOf(b));
    for (const event of behind) all.push(event);
  }

  /** Those before a moment, in order; and as many more as there is no room for. */
  takeBefore(time: number): readonly AuditEvent[] {
    const { length } = this.#waiting;
    const settled = this.#waiting.findIndex((event) => this.#turnOf(event) >= time * this.#sign);
    const count = settled === -1 ? length : settled;
    return this.#take(length - count > this.#most ? length - (this.#most >> 1) : count);
  }

  takeAll(): readonly AuditEvent[] {
    return this.#take(this.#waiting.length);
  }

  #turnOf({ time }: AuditEvent): number {
    return time.getTime() * this.#sign;
  }

  #take(count: number): readonly AuditEvent[] {
    const taken = this.#waiting.splice(0, count);
    for (const event of taken) {
      const time = event.time.getTime();
      if ((time - this.#last) * this.#sign < 0) this.disordered++;
      else this.#last = time;
    }
    return taken;
  }
}
