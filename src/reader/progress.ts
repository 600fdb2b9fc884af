/** How far one source has been read and its events taken: what a cursor says of it. */
import type { Position } from '../source/cursor.ts';
import type { Order } from '../source/source.ts';

/**
 * In what order a source's events come, and so what an event that was taken says of those before it.
 *
 * - `newest-first`: everything after it has been taken.
 * - `oldest-first`: everything before it has been taken, as far as it had arrived.
 * - `by-arrival`: everything that arrived before it has been taken; its record was late by no more than the delay.
 */
export type Manner = Order | 'by-arrival';

/** What a source's progress has to go by. @internal */
export interface Terms {
  readonly manner: Manner;
  /** How long records may take to arrive, in milliseconds. */
  readonly delay: number;
  /** Where the window begins; nothing before it was asked for. */
  readonly from?: number | undefined;
  /**
   * The time before which no other source of the stream gives a copy any more: so long an event that this one need not
   * remember is remembered for their sake, but no more than {@link MOST} of them.
   */
  readonly floor: (at: number, latest: number) => number;
}

const MOST = 100_000;
/** So many events, and as many more as were needed last, before it is looked what need not be remembered any more. */
const SWEEP = 256;

/**
 * The time from which a source has to be read again, and the events beyond it that were taken already. Records that
 * arrive late, by no more than the source's delivery delay, are thereby neither lost nor given twice.
 *
 * @internal
 */
export class Progress {
  readonly #terms: Terms;
  /** Milliseconds since 1970; `undefined`: nothing taken yet. */
  #at: number | undefined;
  #done: boolean;
  #latest = Number.NEGATIVE_INFINITY;
  /** Key and time of the events taken, as they were taken. */
  #seen: Map<string, number>;
  /** How many may be remembered until then. */
  #room = SWEEP;
  /** What happened before this will not come any more: the moment of asking less the delay. */
  #settled = Number.POSITIVE_INFINITY;

  constructor(terms: Terms, start: Position = { seen: [] }) {
    this.#terms = terms;
    this.#at = start.at === undefined ? undefined : Date.parse(start.at);
    this.#done = start.done ?? false;
    // The key of an event begins with its time.
    this.#seen = new Map(start.seen.map((key) => [key, Number.parseInt(key, 10)]));
  }

  get at(): number | undefined {
    return this.#at;
  }

  /** Whether nothing is left of the window. */
  get done(): boolean {
    return this.#done;
  }

  /** Time of the newest event taken, of this reading. */
  get latest(): number {
    return this.#latest;
  }

  get position(): Position {
    this.forget();
    return {
      ...(this.#at !== undefined && { at: new Date(this.#at).toISOString() }),
      ...(this.#done && { done: true as const }),
      seen: [...this.#seen.keys()],
    };
  }

  /** A twin to go on with on trial. */
  copy(): Progress {
    const copy = new Progress(this.#terms, this.position);
    copy.#settled = this.#settled;
    copy.#latest = this.#latest;
    return copy;
  }

  knows(key: string): boolean {
    return this.#seen.has(key);
  }

  /** The source is asked for what there is at this moment. */
  asked(now: number): void {
    this.#settled = now - this.#terms.delay;
  }

  /** An event, or a copy of one, has been taken. */
  take(key: string, time: number): void {
    const { manner, delay } = this.#terms;
    this.#seen.set(key, time);
    this.#latest = Math.max(this.#latest, time);
    if (manner === 'newest-first') this.#moveTo(Math.min(this.#at ?? time, time));
    else this.#moveTo(manner === 'by-arrival' ? time - delay : Math.min(time, this.#settled));
    if (this.#seen.size > this.#room) this.forget();
  }

  /** All there was up to the moment of asking has been taken; `end` is where the window ends, if it does. */
  caughtUp(end = Number.POSITIVE_INFINITY): void {
    if (this.#terms.manner === 'newest-first') this.#done = true;
    else if (Number.isFinite(this.#settled)) this.#moveTo(Math.min(this.#settled, end));
    this.forget();
  }

  /** Lets go of what need not be remembered any more. */
  forget(): void {
    const all = this.#seen;
    let left = all.size;
    this.#seen = new Map();
    for (const [key, time] of all) {
      if (this.#isPast(time, left)) left--;
      else this.#seen.set(key, time);
    }
    this.#room = 2 * left + SWEEP;
  }

  #moveTo(time: number): void {
    const { manner, from = Number.NEGATIVE_INFINITY } = this.#terms;
    const at = Math.max(time, from);
    if (manner !== 'newest-first' && this.#at !== undefined && at <= this.#at) return;
    this.#at = at;
  }

  #isPast(time: number, remembered: number): boolean {
    if (this.#at === undefined) return false;
    const { manner, floor } = this.#terms;
    if (manner === 'newest-first') return time > this.#at;
    return time < this.#at && (time < floor(this.#at, this.#latest) || remembered > MOST);
  }
}
