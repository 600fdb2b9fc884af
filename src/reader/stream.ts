/// <reference lib="esnext.disposable" />
/** What `events()` returns: an async iterable with the few helpers that people reach for. */

import type { Filter } from '../filter/filter.ts';
import { predicateOf } from '../filter/match.ts';
import { AuditError } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';
import type { Cursor } from '../source/cursor.ts';
import type { Report } from './report.ts';

/** What a stream reads from. @internal */
export interface Reader<T> {
  /** Opens the one reading; `limit` is a bound that a helper adds to the request's own. */
  open(limit: number): AsyncGenerator<readonly T[], void, undefined>;
  /** How many events of the page given last have gone to the consumer. */
  taken(count: number): void;
  /** How many of them the consumer has come back from; resolves when that is safe, if it is made safe just now. */
  done(count: number): Promise<void> | undefined;
  /** Ends the reading between two events of one page as well. */
  readonly signal: AbortSignal | undefined;
  /** Ends requests that are under way, so that `return()` need not wait for them. */
  close(): void;
  report(): Report;
  cursor(): Cursor;
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
   * Where the stream stands: behind the last event that was handed out. Plain JSON; give it to `events()` as `resume`,
   * in this process or another. Whoever stores it in one transaction with what was made of the event gets each event
   * exactly once. It lists the events that will be read again, so it costs more than a property: with
   * {@link EventStream.pages} take it once a page.
   */
  get cursor(): Cursor {
    return this.#reader.cursor();
  }

  /**
   * The events as they arrive, in pages of one and more, and of no more than `most`.
   *
   * @throws AuditError `invalid-argument` when the stream has been opened before.
   */
  async *pages(most = Number.POSITIVE_INFINITY): AsyncGenerator<readonly T[], void, undefined> {
    const reader = this.#reader;
    try {
      for await (const page of this.#open()) {
        for (let start = 0, end = 0; start < page.length; start = end) {
          end = Math.min(page.length, start + Math.max(1, most));
          reader.taken(end);
          yield start === 0 && end === page.length ? page : page.slice(start, end);
          await reader.done(end);
        }
      }
    } finally {
      reader.close();
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
        if (at > 0) {
          const saving = reader.done(at);
          if (saving) await saving;
        }
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
    return this.#derive((page) => {
      const origins = [...page.keys()].filter((i) => passes(page[i] as T));
      return { items: origins.map((i) => page[i] as T), origins };
    });
  }

  /** Each event made into something else. */
  map<U>(change: (event: T) => U): EventStream<U> {
    return this.#derive((page) => ({ items: page.map((event) => change(event)), origins: [...page.keys()] }));
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

  /** A change of pages that keeps the order, and says of each item from which event it was made. */
  #derive<U>(change: (page: readonly T[]) => Changed<U>): EventStream<U> {
    const reader = this.#reader;
    let origins: readonly number[] = [];
    // Of an item that was handed out, the events up to the one that it was made from.
    const upTo = (count: number) => (count === 0 ? 0 : (origins[count - 1] as number) + 1);
    const open = async function* (this: EventStream<T>, limit: number) {
      let left = limit;
      if (left === 0) return;
      for await (const page of this.#open()) {
        const changed = change(page);
        const items = changed.items.length > left ? changed.items.slice(0, left) : changed.items;
        left -= items.length;
        ({ origins } = changed);
        if (items.length > 0) yield items;
        if (left <= 0) {
          await reader.done(upTo(items.length));
          return;
        }
        // What made no item has been looked at all the same.
        reader.taken(page.length);
      }
    }.bind(this);
    return new EventStream<U>({
      open,
      taken: (count) => reader.taken(upTo(count)),
      done: (count) => reader.done(upTo(count)),
      signal: reader.signal,
      close: () => reader.close(),
      report: () => reader.report(),
      cursor: () => reader.cursor(),
    });
  }
}

interface Changed<U> {
  readonly items: readonly U[];
  /** For each item the index of the event that it was made of. */
  readonly origins: readonly number[];
}
