/** Events, or records that will be some, as bytes outside of the heap: little room, and nothing for the garbage collector to walk. */
import type { AuditEvent } from '../../model/event.ts';

/** Makes an event of what was stored. */
export type ReadStored = (text: string, time: number) => AuditEvent;

/** Where an event lies. */
export interface Stored {
  slab: Buffer;
  at: number;
  readonly length: number;
  readonly time: number;
  readonly read: ReadStored;
}

const SLAB = 1024 * 1024;

/**
 * Takes events one behind the other. Room comes back only through {@link compact}.
 *
 * @internal
 */
export class EventStore {
  readonly #slabs: Buffer[] = [];
  /** The slab that is being filled, and how far. */
  #filling = 0;
  #used = 0;
  /** Bytes that stored events take, given back ones included. */
  #bytes = 0;
  #givenBack = 0;

  /** Bytes of the events that are still wanted. */
  get bytes(): number {
    return this.#bytes - this.#givenBack;
  }

  /** Whether {@link compact} is worth its while: half of the room is taken by events that were given back. */
  get sparse(): boolean {
    return this.#givenBack > SLAB && this.#givenBack * 2 > this.#bytes;
  }

  store(event: AuditEvent): Stored {
    // Decoders make events of nothing but JSON values and the time.
    const text = JSON.stringify(event);
    const stored = this.#place(Buffer.byteLength(text), event.time.getTime(), readEvent);
    stored.slab.write(text, stored.at, stored.length);
    return stored;
  }

  /** A record that is not decoded yet. */
  storeRecord(bytes: Buffer, time: number, read: ReadStored): Stored {
    const stored = this.#place(bytes.length, time, read);
    bytes.copy(stored.slab, stored.at);
    return stored;
  }

  /** The event. It is to be had until the next {@link compact}, even when it was given back. */
  load({ slab, at, length, time, read }: Stored): AuditEvent {
    return read(slab.toString('utf8', at, at + length), time);
  }

  giveBack(stored: Stored): void {
    this.#givenBack += stored.length;
  }

  /** Moves the events that are still wanted together; they must come in the order in which they were stored. */
  compact(wanted: Iterable<Stored>): void {
    this.#filling = 0;
    this.#used = 0;
    for (const stored of wanted) {
      if (stored.length > SLAB / 8) continue;
      // Never behind the place where it lies: everything before it was stored before it and only moved forward.
      const { slab, at } = this.#room(stored.length);
      stored.slab.copy(slab, at, stored.at, stored.at + stored.length);
      stored.slab = slab;
      stored.at = at;
    }
    this.#bytes -= this.#givenBack;
    this.#givenBack = 0;
  }

  #place(length: number, time: number, read: ReadStored): Stored {
    this.#bytes += length;
    // A large one gets its own room, so that little is wasted at the end of a slab.
    const room = length > SLAB / 8 ? { slab: Buffer.allocUnsafeSlow(length), at: 0 } : this.#room(length);
    return { ...room, length, time, read };
  }

  #room(length: number): { readonly slab: Buffer; readonly at: number } {
    if (this.#used + length > SLAB) {
      this.#filling++;
      this.#used = 0;
    }
    let slab = this.#slabs[this.#filling];
    if (slab === undefined) {
      slab = Buffer.allocUnsafeSlow(SLAB);
      this.#slabs.push(slab);
    }
    const at = this.#used;
    this.#used += length;
    return { slab, at };
  }
}

const readEvent: ReadStored = (text, time) => {
  const event = JSON.parse(text) as { time: unknown };
  event.time = new Date(time);
  return event as AuditEvent;
};
