/** `events()`: sources in, one stream out. */
import { predicateOf } from '../filter/match.ts';
import { AuditError } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';
import { byArrival } from '../source/by-arrival.ts';
import { merge, type OwnedPage } from '../source/merge.ts';
import { inScope } from '../source/scope.ts';
import type { AuditSource, Notice, SourceRequest } from '../source/source.ts';
import { type Report, SourceBooks } from './report.ts';
import {
  type Asked,
  askedNow,
  type CheckedRequest,
  checkRequest,
  type EventsRequest,
  type Sources,
} from './request.ts';
import { Seen } from './seen.ts';
import { EventStream, type Reader } from './stream.ts';

/**
 * Reads one source or several as one stream, in order of time, without duplicates.
 *
 * @throws AuditError `invalid-argument` at once for a request that cannot be meant; everything else when the stream is read.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { logFiles } from 'secret-events/files';
 *
 * const stream = events(logFiles(['trail/', 'activity.log.gz']), { from: '7d', where: { action: 'secret.read', denied: true } });
 * for await (const event of stream) console.log(event.time, event.provider, event.name, event.actor.name, event.secret?.name);
 * console.log(stream.report.complete);
 * ```
 */
export function events(source: Sources, request: EventsRequest = {}): EventStream {
  return new EventStream(new Reading(checkRequest(source, request)));
}

/** One reading of one request: the books, the window, and the way of an event from page to consumer. */
class Reading implements Reader<AuditEvent> {
  readonly #checked: CheckedRequest;
  readonly #books: readonly SourceBooks[];
  readonly #passes: (event: AuditEvent) => boolean;
  #asked: Asked;
  #finished = false;
  /** Ends requests that are under way; a generator's return() alone would wait for them. */
  readonly #leave = new AbortController();
  /** The page handed out last, and how much of it is in the books. */
  #page: OwnedPage = { events: [], owners: 0 };
  #booked = 0;

  constructor(checked: CheckedRequest) {
    this.#checked = checked;
    this.#passes = predicateOf(checked.request.where);
    this.#books = checked.sources.map(({ name }) => new SourceBooks(name, checked.request.onNotice));
    this.#asked = askedNow(checked);
  }

  report(): Report {
    const { startedAt, from, to, scope, order } = this.#asked;
    const { limit } = this.#checked.request;
    return {
      startedAt,
      ...(from && { from }),
      ...(to && { to }),
      scope,
      order,
      ...(limit !== undefined && { limit }),
      finished: this.#finished,
      complete: this.#finished && !this.#books.some((books) => books.incomplete),
      sources: this.#books.map((books) => books.report()),
    };
  }

  get signal(): AbortSignal | undefined {
    return this.#checked.request.signal;
  }

  close(): void {
    this.#leave.abort(new Error('the stream was closed'));
  }

  taken(count: number): void {
    const { events: page, owners } = this.#page;
    for (; this.#booked < count; this.#booked++)
      this.#owner(owners, this.#booked).handOut(page[this.#booked] as AuditEvent);
  }

  async *open(most: number): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { sources, request, order, follow } = this.#checked;
    const { limit = Number.POSITIVE_INFINITY, signal } = request;
    signal?.throwIfAborted();
    this.#asked = askedNow(this.#checked);
    let left = Math.min(limit, most);
    const joined = signal ? AbortSignal.any([signal, this.#leave.signal]) : this.#leave.signal;
    const seen = new Seen();
    const pages = sources.map((source, i) => this.#read(source, this.#books[i] as SourceBooks, left, joined));
    const merged = follow ? byArrival(pages) : merge(pages, order);
    try {
      while (left > 0) {
        const next = await merged.next();
        if (next.done) break;
        signal?.throwIfAborted();
        this.#page = this.#unseen(next.value, seen, left);
        this.#booked = 0;
        left -= this.#page.events.length;
        if (this.#page.events.length > 0) yield this.#page.events;
      }
      if (seen.mayHaveMissed) this.#books[0]?.notice(REPEATS);
      this.#finished = true;
    } catch (error) {
      // Closed while a page was on its way: whoever closed the stream wants no error for it.
      if (signal?.aborted || !this.#leave.signal.aborted || AuditError.is(error)) throw error;
    } finally {
      this.close();
      await merged.return();
    }
  }

  #owner(owners: OwnedPage['owners'], i: number): SourceBooks {
    return this.#books[typeof owners === 'number' ? owners : (owners[i] as number)] as SourceBooks;
  }

  /** The page without copies, counted, and no longer than `left`. */
  #unseen({ events: page, owners }: OwnedPage, seen: Seen, left: number): OwnedPage {
    const fresh: AuditEvent[] = [];
    const freshOwners: number[] = [];
    for (let i = 0; i < page.length; i++) {
      const event = page[i] as AuditEvent;
      const books = this.#owner(owners, i);
      if (!seen.add(event)) {
        books.count('duplicates');
        continue;
      }
      books.passed++;
      if (fresh.length === left) continue;
      fresh.push(event);
      if (typeof owners !== 'number') freshOwners.push(owners[i] as number);
    }
    return { events: fresh, owners: typeof owners === 'number' ? owners : freshOwners };
  }

  /** One source's pages without what was not asked for; its errors in our words. */
  async *#read(
    source: AuditSource,
    books: SourceBooks,
    limit: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const request: SourceRequest = { ...this.#asked, ...(Number.isFinite(limit) && { limit }), signal, sink: books };
    const { scope } = request;
    const from = request.from?.getTime() ?? Number.NEGATIVE_INFINITY;
    const to = request.to?.getTime() ?? Number.POSITIVE_INFINITY;
    try {
      for await (const page of source.read(request)) {
        signal.throwIfAborted();
        const kept = page.filter((event) => {
          const time = event.time.getTime();
          return time >= from && time < to && inScope(event, scope) && this.#passes(event);
        });
        books.count('filtered', page.length - kept.length);
        yield kept;
      }
      books.finished = true;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const wrapped = wrap(error, source);
      if (this.#checked.request.onSourceError !== 'continue') {
        // The other sources must not go on behind a stream that has failed.
        this.close();
        throw wrapped;
      }
      books.notice({
        code: 'source-failed',
        message: `${source.name} failed and was left out from here on: ${wrapped.message}`,
        incomplete: true,
      });
    }
  }
}

const REPEATS: Notice = {
  code: 'duplicates-possible',
  message: 'events came out of order in large numbers; copies of one event that stood far apart may have come twice',
  incomplete: false,
};

function wrap(error: unknown, source: AuditSource): AuditError {
  if (AuditError.is(error)) {
    if (error.source !== undefined) return error;
    return new AuditError(error.code, error.message, {
      source: source.name,
      ...('cause' in error && { cause: error.cause }),
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new AuditError(source.codeOf(error), `${source.name}: ${message}`, { source: source.name, cause: error });
}
