/** Events, or records that will be some, as bytes outside of the heap: little room, and nothing for the garbage collector to walk. */
import type { AuditEvent } from '../../model/event.ts';

/** Makes an event of what was stored. */
export type ReadStored = (text: string, time: number) => AuditEvent;

/** Where an event lies. */
export interface Stored {
  slab: Buffer;
  at: number;
  readonly length: number;
  /** In which order they came. */
  readonly turn: number;
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
  #turn = 0;

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
      const slab = this.#slabFor(stored.length);
      stored.slab.copy(slab, this.#used, stored.at, stored.at + stored.length);
      stored.slab = slab;
      stored.at = this.#used;
      this.#used += stored.length;
    }
    this.#bytes -= this.#givenBack;
    this.#givenBack = 0;
  }

  #place(length: number, time: number, read: ReadStored): Stored {
    this.#bytes += length;
    const turn = this.#turn++;
    // A large one gets its own room, so that little is wasted at the end of a slab.
    if (length > SLAB / 8) return { slab: Buffer.allocUnsafeSlow(length), at: 0, length, turn, time, read };
    const stored = { slab: this.#slabFor(length), at: this.#used, length, turn, time, read };
    this.#used += length;
    return stored;
  }

  /** A slab with that much room behind what is used of it. */
  #slabFor(length: number): Buffer {
    if (this.#used + length > SLAB) {
      this.#filling++;
      this.#used = 0;
    }
    let slab = this.#slabs[this.#filling];
    if (slab === undefined) {
      slab = Buffer.allocUnsafeSlow(SLAB);
      this.#slabs.push(slab);
    }
    return slab;
  }
}

const readEvent: ReadStored = (text, time) => {
  const event = JSON.parse(text) as { time: unknown };
  event.time = new Date(time);
  return event as AuditEvent;
};
