/** A page on its way to the consumer, with what has to be written down as its events are taken. */
import type { AuditEvent } from '../model/event.ts';
import type { SourceReading } from './source-reading.ts';

interface Taken {
  readonly reading: SourceReading;
  readonly key: string;
  readonly time: number;
}

/**
 * Events with the source that each came from, and the copies among them that were left out: a source that gave a copy
 * has been read that far as well.
 *
 * @internal
 */
export class Page {
  readonly events: AuditEvent[] = [];
  readonly #owners: SourceReading[] = [];
  readonly #keys: string[] = [];
  /** Copies, each with the number of events that stand before it. */
  readonly #copies: (Taken & { readonly after: number })[] = [];
  #handedOut = 0;
  #taken = 0;
  #copiesTaken = 0;

  add(event: AuditEvent, reading: SourceReading, key: string): void {
    this.events.push(event);
    this.#owners.push(reading);
    this.#keys.push(key);
  }

  addCopy(reading: SourceReading, key: string, time: number): void {
    this.#copies.push({ reading, key, time, after: this.events.length });
  }

  /** The first `count` events have gone to the consumer: they are in the books. */
  handOut(count: number): void {
    for (; this.#handedOut < count; this.#handedOut++)
      this.#owners[this.#handedOut]?.books.handOut(this.events[this.#handedOut] as AuditEvent);
  }

  /** The consumer is done with the first `count` events: they need not come again. */
  take(count: number): void {
    // Nearly every page has no copies, and this is done for every event.
    if (this.#copies.length === 0) {
      for (let i = this.#taken; i < count; i++) {
        const time = (this.events[i] as AuditEvent).time.getTime();
        (this.#owners[i] as SourceReading).progress.take(this.#keys[i] as string, time);
      }
    } else {
      for (const taken of this.#between(this.#taken, count)) taken.reading.progress.take(taken.key, taken.time);
      while ((this.#copies[this.#copiesTaken]?.after ?? Number.POSITIVE_INFINITY) <= count) this.#copiesTaken++;
    }
    this.#taken = Math.max(this.#taken, count);
  }

  /** What has been handed out, and not been said to be done with. */
  inHand(): Iterable<Taken> {
    return this.#between(this.#taken, this.#handedOut);
  }

  *#between(start: number, end: number): Generator<Taken> {
    let copy = this.#copiesTaken;
    for (let i = start; i <= end; i++) {
      for (let next = this.#copies[copy]; next && next.after <= i; next = this.#copies[++copy]) yield next;
      const event = this.events[i];
      const reading = this.#owners[i];
      if (i < end && event && reading) yield { reading, key: this.#keys[i] as string, time: event.time.getTime() };
    }
  }
}
