/** The first events of an order, of any number that come in no order. */
import type { AuditEvent } from '../../model/event.ts';
import type { Order } from '../../source/source.ts';

/** Keeps the first `most` events and forgets the others; holds twice as many at most. @internal */
export class KeptEvents {
  readonly #sign: number;
  readonly #most: number;
  #events: AuditEvent[] = [];
  /** How many were forgotten. */
  dropped = 0;

  constructor(order: Order, most: number) {
    this.#sign = order === 'oldest-first' ? 1 : -1;
    this.#most = most;
  }

  add(event: AuditEvent): void {
    this.#events.push(event);
    if (this.#events.length >= 2 * this.#most + 1024) this.#cut();
  }

  inOrder(): readonly AuditEvent[] {
    this.#cut();
    return this.#events;
  }

  #cut(): void {
    // Stable, and by id where times are equal, so that every reading gives one order.
    this.#events.sort((a, b) => (a.time.getTime() - b.time.getTime()) * this.#sign || (a.id < b.id ? -1 : 1));
    if (this.#events.length <= this.#most) return;
    this.dropped += this.#events.length - this.#most;
    this.#events.length = this.#most;
  }
}
