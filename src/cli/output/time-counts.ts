/** How many events there were when. */
import type { AuditEvent } from '../../model/event.ts';
import { type TimeForm, wallTime } from './time-text.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Each divides the next, so that counts can be made coarser. The last ones are for clocks that were wrong by ages. */
const STEPS = [
  ...[SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 7 * DAY, 28 * DAY, 364 * DAY, 3640 * DAY, 36_400 * DAY, 364_000 * DAY, 3_640_000 * DAY, 36_400_000 * DAY],
];
/** A Monday, at which weeks begin, and midnight, at which days do. */
const ORIGIN = Date.UTC(1970, 0, 5);
/** Stretches that are remembered, however many events there are. */
const MOST = 4096;

/** What happened in one stretch of time. */
export interface Stretch {
  /** Its beginning, as `wallTime` gives it. */
  readonly start: number;
  readonly count: number;
  readonly denied: number;
}

/** Counts events over time in bounded memory: where they spread too far, by longer stretches. */
export class TimeCounts {
  readonly #form: TimeForm;
  #step = 0;
  #counts = new Map<number, { count: number; denied: number }>();
  #total = 0;

  constructor(form: TimeForm) {
    this.#form = form;
  }

  /** Events so far. */
  get total(): number {
    return this.#total;
  }

  add(events: readonly AuditEvent[]): void {
    for (const event of events) {
      const at = Math.floor((wallTime(event.time, this.#form) - ORIGIN) / this.#length);
      this.#count(at, 1, event.denied ? 1 : 0);
      if (this.#counts.size > MOST) this.#coarsen();
    }
    this.#total += events.length;
  }

  /**
   * Every stretch from the first event to the last, the empty ones too; the shortest stretches of which there are at
   * most so many.
   */
  stretches(most: number): { readonly length: number; readonly stretches: readonly Stretch[] } {
    while (this.#span() > most) this.#coarsen();
    const length = this.#length;
    const [first = 0] = this.#bounds();
    const stretches = Array.from({ length: this.#counts.size === 0 ? 0 : this.#span() }, (_, i) => ({
      start: ORIGIN + (first + i) * length,
      ...(this.#counts.get(first + i) ?? { count: 0, denied: 0 }),
    }));
    return { length, stretches };
  }

  get #length(): number {
    return STEPS[this.#step] as number;
  }

  #bounds(): readonly [first: number, last: number] {
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const at of this.#counts.keys()) {
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
    return [first, last];
  }

  #span(): number {
    const [first, last] = this.#bounds();
    return last - first + 1;
  }

  #count(at: number, count: number, denied: number): void {
    const here = this.#counts.get(at);
    if (here === undefined) this.#counts.set(at, { count, denied });
    else {
      here.count += count;
      here.denied += denied;
    }
  }

  #coarsen(): void {
    const before = this.#length;
    this.#step++;
    const factor = this.#length / before;
    const counts = this.#counts;
    this.#counts = new Map();
    for (const [at, { count, denied }] of counts) this.#count(Math.floor(at / factor), count, denied);
  }
}
