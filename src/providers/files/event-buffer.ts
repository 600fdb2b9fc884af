/** Events on their way from the order of files to the order of time. */
import type { AuditEvent } from '../../model/event.ts';
import type { Order } from '../../source/source.ts';
import { EventStore, type ReadStored, type Stored } from './event-store.ts';

/** What an event takes beside its bytes. */
const COST_EACH = 120;
/** Between two prunings, so that they cost little for each event. */
const PRUNE_EACH = 256;
/** Largest page, in events: as many objects as exist at a time, few enough to die young. */
const PAGE = 100;

/** Pages of events, made as they are pulled; to be used up before the next event is added. */
export type Pages = Generator<readonly AuditEvent[], void, undefined>;

/**
 * Holds events until nothing can come before them any more. When they take too much memory, the first half of them goes
 * out early; that breaks the order only if something comes later that belongs before, which is counted.
 *
 * @internal
 */
export class EventBuffer {
  readonly #sign: number;
  readonly #maxBytes: number;
  readonly #limit: number;
  readonly #store = new EventStore();
  #held: Stored[] = [];
  #duplicates = 0;
  #disordered = 0;
  /** Time of the event that would go out first, and of the one that went out last. */
  #first = Number.NaN;
  #last = Number.NaN;
  /** Once as many events as are wanted are held: the time behind which none is. */
  #worst = Number.NaN;

  /** `limit`: no more than that many distinct events are wanted, so no more need be held. */
  constructor(order: Order, maxBytes: number, limit = Number.POSITIVE_INFINITY) {
    this.#sign = order === 'oldest-first' ? 1 : -1;
    this.#maxBytes = maxBytes;
    this.#limit = limit;
  }

  /** Events that went out behind one they should have preceded. */
  get disordered(): number {
    return this.#disordered;
  }

  /** Copies removed because of the limit. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** Whether {@link takeHalf} is due. */
  get full(): boolean {
    return this.#cost() > this.#maxBytes;
  }

  add(event: AuditEvent): void {
    const time = event.time.getTime();
    if (this.#makeRoom(time)) this.#hold(this.#store.store(event));
  }

  /** Adds the event that `read` will make of a record. The bytes are copied. */
  addRecord(bytes: Buffer, time: number, read: ReadStored): void {
    if (this.#makeRoom(time)) this.#hold(this.#store.storeRecord(bytes, time, read));
  }

  /** The events before a time, in order. */
  takeBefore(time: number): Pages {
    if (this.#held.length === 0 || this.#compare(this.#first, time) >= 0) return this.#take(0);
    this.#sort();
    const count = this.#held.findIndex((held) => this.#compare(held.time, time) >= 0);
    return this.#take(count === -1 ? this.#held.length : count);
  }

  /** So many events that half of the memory is free again. */
  takeHalf(): Pages {
    this.#sort();
    let cost = this.#cost();
    let count = 0;
    for (const { length } of this.#held) {
      if (cost <= this.#maxBytes / 2) break;
      cost -= length + COST_EACH;
      count++;
    }
    return this.#take(count);
  }

  takeAll(): Pages {
    this.#sort();
    return this.#take(this.#held.length);
  }

  /** `false`: an event of this time is not wanted any more. */
  #makeRoom(time: number): boolean {
    if (this.#compare(time, this.#worst) > 0) return false;
    if (this.#store.sparse) this.#store.compact(this.#held.sort((a, b) => a.turn - b.turn));
    return true;
  }

  #hold(stored: Stored): void {
    this.#held.push(stored);
    if (!(this.#compare(stored.time, this.#first) > 0)) this.#first = stored.time;
    if (this.#held.length >= this.#limit * 2 + PRUNE_EACH) this.#prune();
  }

  #cost(): number {
    return this.#store.bytes + this.#held.length * COST_EACH;
  }

  #compare(a: number, b: number): number {
    return (a - b) * this.#sign;
  }

  #sort(): void {
    // Sorting is stable, and events come and stay in their turn where times are equal.
    this.#held.sort((a, b) => this.#compare(a.time, b.time));
  }

  *#take(count: number): Pages {
    if (count === 0) return;
    const taken = this.#held.slice(0, count);
    this.#held = this.#held.slice(count);
    this.#first = this.#held[0]?.time ?? Number.NaN;
    for (const held of taken) {
      this.#store.giveBack(held);
      if (this.#compare(held.time, this.#last) < 0) this.#disordered++;
      else this.#last = held.time;
    }
    for (let at = 0; at < count; at += PAGE) yield taken.slice(at, at + PAGE).map((held) => this.#store.load(held));
  }

  /** Keeps the first `limit` events that differ, by the same words by which the reader tells copies. */
  #prune(): void {
    this.#sort();
    const seen = new Set<string>();
    const kept: Stored[] = [];
    for (const held of this.#held) {
      const { provider, id, name } = this.#store.load(held);
      const key = `${provider}|${id}|${held.time}|${name}`;
      if (!seen.has(key) && kept.length < this.#limit) {
        seen.add(key);
        kept.push(held);
        continue;
      }
      if (seen.has(key)) this.#duplicates++;
      this.#store.giveBack(held);
    }
    this.#held = kept;
    this.#first = kept[0]?.time ?? Number.NaN;
    if (kept.length >= this.#limit) this.#worst = kept.at(-1)?.time ?? Number.NaN;
  }
}
