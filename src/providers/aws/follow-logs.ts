/** Following a log group: how far it has been read, and what of it is read again. */
import type { AuditEvent } from '../../model/event.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { LogGroup, LogItem } from './log-group.ts';
import { decodeAll } from './wire-records.ts';

/** How far the clocks of this machine and of the service may differ. */
const CLOCK_SKEW = 15 * 60_000;

/**
 * The place in a log that is being followed. The last part is read again each time, because records become visible out
 * of order; what has been read before is left out, and what is remembered for that is no more than the overlap holds.
 *
 * @internal
 */
export class FollowedLog {
  readonly #log: LogGroup;
  readonly #request: SourceRequest;
  readonly #query: string;
  readonly #overlap: number;
  /** Time of arrival of the newest record. */
  #newest: number;
  /** Up to when the log has been read, on the clock of this machine. */
  #readTo = Number.NEGATIVE_INFINITY;
  /** Records of the overlap by id, in the order of arrival. */
  #known = new Map<string, number>();

  constructor(log: LogGroup, request: SourceRequest, query: string, overlap: number) {
    this.#log = log;
    this.#request = request;
    this.#query = query;
    this.#overlap = overlap;
    this.#newest = Number.NEGATIVE_INFINITY;
  }

  /** Where the next reading begins. A quiet log is not read from its last record for ever, so time counts as well. */
  get start(): number {
    const first = this.#request.from?.getTime() ?? 0;
    return Math.max(first, Math.max(this.#newest, this.#readTo - CLOCK_SKEW) - this.#overlap);
  }

  /** Reads from `start` to now; pages with something new in them. */
  async *read(start = this.start): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { sink } = this.#request;
    const now = this.#log.clock.now();
    const known = new Map<string, number>();
    const stretch = { start, end: Math.max(now, this.#newest, start), fromHead: true };
    for await (const items of this.#log.pages(this.#request, this.#query, stretch)) {
      const fresh = items.filter(
        ({ eventId }) => eventId === undefined || !(this.#known.has(eventId) || known.has(eventId)),
      );
      sink.count('duplicates', items.length - fresh.length);
      for (const item of items) this.#remember(item, known);
      if (fresh.length > 0) yield decodeAll(fresh, this.#log.name, sink);
    }
    this.#readTo = Math.max(this.#readTo, now);
    this.#known = known;
    this.#forget(known);
  }

  /** Takes note of records that came another way. */
  saw(items: readonly LogItem[]): void {
    for (const { timestamp = Number.NEGATIVE_INFINITY } of items) this.#newest = Math.max(this.#newest, timestamp);
  }

  #remember(item: LogItem, known: Map<string, number>): void {
    const { eventId, timestamp } = item;
    if (timestamp === undefined) return;
    this.#newest = Math.max(this.#newest, timestamp);
    if (eventId !== undefined) known.set(eventId, timestamp);
    this.#forget(known);
  }

  /** Records before the overlap are not read again. They stand first, as the log is read forwards. */
  #forget(known: Map<string, number>): void {
    const { start } = this;
    for (const [id, timestamp] of known) {
      if (timestamp >= start) return;
      known.delete(id);
    }
  }
}

/**
 * Reads what is there, and then again and again what has come.
 *
 * @internal
 */
export async function* poll(
  followed: FollowedLog,
  log: LogGroup,
  request: SourceRequest,
  interval: number,
): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  for (;;) {
    yield* followed.read();
    yield [];
    await log.clock.sleep(interval, request.signal);
  }
}
