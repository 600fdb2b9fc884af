/// <reference lib="esnext.disposable" />
/** What `events()` returns: an async iterable with the few helpers that people reach for. */

import type { Filter } from '../filter/filter.ts';
import { predicateOf } from '../filter/match.ts';
import { AuditError } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';
import type { Report } from './report.ts';

/** What a stream reads from. @internal */
export interface Reader<T> {
  /** Opens the one reading; `limit` is a bound that a helper adds to the request's own. */
  open(limit: number): AsyncGenerator<readonly T[], void, undefined>;
  /** How many events of the page given last have gone to the consumer. */
  taken(count: number): void;
  /** Ends the reading between two events of one page as well. */
  readonly signal: AbortSignal | undefined;
  /** Ends requests that are under way, so that `return()` need not wait for them. */
  close(): void;
  report(): Report;
}

/**
 * A stream of events, read once, lazily: nothing is asked of a source before the first event is. Leaving a loop early
 * (`break`, an exception, `await using`) closes files and ends requests.
 *
 * Events come in pages inside; {@link EventStream.pages} gives them so to whoever counts nanoseconds.
 */
export class EventStream<T = AuditEvent> implements AsyncIterable<T>, AsyncDisposable {
  readonly #reader: Reader<T>;
  readonly #limit: number;
  #opened: AsyncGenerator<readonly T[], void, undefined> | undefined;

  /** @internal */
  constructor(reader: Reader<T>, limit = Number.POSITIVE_INFINITY) {
    this.#reader = reader;
    this.#limit = limit;
  }

  /** What was asked, what was covered, what is missing and why. May be read at any moment; each reading is a snapshot. */
  get report(): Report {
    return this.#reader.report();
  }

  /**
   * The events as they arrive, in pages of one and more.
   *
   * @throws AuditError `invalid-argument` when the stream has been opened before.
   */
  async *pages(): AsyncGenerator<readonly T[], void, undefined> {
    const pages = this.#open();
    try {
      for await (const page of pages) {
        this.#reader.taken(page.length);
        yield page;
      }
    } finally {
      this.#reader.close();
    }
  }

  /** The events one by one; leaving the loop closes the sources. */
  [Symbol.asyncIterator](): AsyncIterator<T, void, undefined> {
    const reader = this.#reader;
    let pages: AsyncGenerator<readonly T[], void, undefined> | undefined;
    let page: readonly T[] = [];
    let at = 0;
    return {
      next: async () => {
        pages ??= this.#open();
        if (reader.signal?.aborted) {
          page = [];
          reader.close();
          await pages.return();
          throw reader.signal.reason;
        }
        while (at >= page.length) {
          const result = await pages.next();
          if (result.done) return { done: true, value: undefined };
          page = result.value;
          at = 0;
        }
        const event = page[at++] as T;
        reader.taken(at);
        return { done: false, value: event };
      },
      return: async () => {
        page = [];
        reader.close();
        await pages?.return();
        return { done: true, value: undefined };
      },
    };
  }

  /** At most the first `count` events; the source is closed as soon as they are there. */
  take(count: number): EventStream<T> {
    if (!Number.isInteger(count) || count < 0) {
      throw new AuditError('invalid-argument', `take: ${count} is no whole number of events`);
    }
    return new EventStream(this.#reader, Math.min(this.#limit, count));
  }

  /** Only the events that pass: a {@link Filter}, or a function. A filter given to `events()` is better: sources help with it. */
  filter(test: Filter | ((event: T) => boolean)): EventStream<T> {
    const passes = typeof test === 'function' ? test : (predicateOf(test) as (event: T) => boolean);
    return this.#derive((page) => page.filter((event) => passes(event)));
  }

  /** Each event made into something else. */
  map<U>(change: (event: T) => U): EventStream<U> {
    return this.#derive((page) => page.map((event) => change(event)));
  }

  /** All of them in memory. Give `events()` a `limit` unless you know how many there are. */
  async toArray(): Promise<T[]> {
    const all: T[] = [];
    for await (const page of this.pages()) for (const event of page) all.push(event);
    return all;
  }

  /** Closes files and ends requests; the stream cannot be read any further. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#reader.close();
    await (this.#opened ?? this.#open()).return();
  }

  #open(): AsyncGenerator<readonly T[], void, undefined> {
    if (this.#opened) {
      throw new AuditError(
        'invalid-argument',
        'this stream has been read already; call events() again for a second reading',
      );
    }
    this.#opened = this.#reader.open(this.#limit);
    return this.#opened;
  }

  #derive<U>(change: (page: readonly T[]) => readonly U[]): EventStream<U> {
    return new EventStream<U>({
      open: async function* (this: EventStream<T>, limit: number): AsyncGenerator<readonly U[], void, undefined> {
        let left = limit;
        if (left === 0) return;
        for await (const page of this.pages()) {
          const changed = change(page);
          yield changed.length > left ? changed.slice(0, left) : changed;
          left -= changed.length;
          if (left <= 0) return;
        }
      }.bind(this),
      taken: () => {},
      signal: this.#reader.signal,
      close: () => this.#reader.close(),
      report: () => this.report,
    });
  }
}
