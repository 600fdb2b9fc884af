/** Rate limits that several readers of one process share. */
import type { Clock } from './clock.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Requests that left in time may arrive closer together than they left, by about this many milliseconds. */
const MARGIN = 50;

/**
 * At most `count` requests begin in any `per` milliseconds, in the order in which they asked. A rolling second (or minute)
 * is what every kind of limiter on the other side lets through: fixed windows, rolling windows and buckets.
 *
 * @internal
 */
export class Pace {
  readonly #clock: Clock;
  readonly #starts: number[];
  /** How long one start counts, in milliseconds. */
  readonly #window: number;
  #at = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(count: number, clock: Clock, per = 1000) {
    this.#clock = clock;
    // Less than one a second: one start, with a longer second.
    this.#starts = new Array<number>(Math.max(1, Math.floor(count))).fill(Number.NEGATIVE_INFINITY);
    this.#window = (per * this.#starts.length) / count + MARGIN;
  }

  /** Waits for a place; resolves with the milliseconds it took. An abort rejects at once and leaves the place free. */
  take(signal: AbortSignal): Promise<number> {
    const turn = this.#queue.then(async () => {
      signal.throwIfAborted();
      const asked = this.#clock.now();
      const free = (this.#starts[this.#at] as number) + this.#window;
      if (free > asked) await this.#clock.sleep(free - asked, signal);
      const start = this.#clock.now();
      this.#starts[this.#at] = start;
      this.#at = (this.#at + 1) % this.#starts.length;
      return start - asked;
    });
    this.#queue = turn.catch(() => {});
    // Whoever is behind others in the queue must not wait for them to learn of an abort.
    return unlessAborted(turn, signal);
  }
}

const paces = new WeakMap<object, Map<string, Pace>>();

/**
 * The one pace for a limit: `owner` is what the limit is counted by on this side (a client, a credentials object), and
 * `name` tells the limits of one owner apart (`LookupEvents us-east-1`). `count` requests in `per` milliseconds, a second
 * if left out. Forgotten together with the owner.
 *
 * @internal
 */
export function paceOf(owner: object, name: string, count: number, clock: Clock, per = 1000): Pace {
  let byName = paces.get(owner);
  if (!byName) {
    byName = new Map();
    paces.set(owner, byName);
  }
  let pace = byName.get(name);
  if (!pace) {
    pace = new Pace(count, clock, per);
    byName.set(name, pace);
  }
  return pace;
}
