/** One reading of one request: from the pages of the sources to the consumer, and the places from where to go on. */
import { predicateOf } from '../filter/match.ts';
import { AuditError } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';
import { type Cursor, type CursorOwner, readCursor, sealCursor } from '../source/cursor.ts';
import { joinSignals } from '../source/join-signals.ts';
import type { Notice } from '../source/source.ts';
import { type Asked, askedNow } from './asked.ts';
import { Page } from './page.ts';
import type { Report } from './report.ts';
import type { CheckedRequest } from './request.ts';
import type { Saving } from './saving.ts';
import { delayOf, SourceReading } from './source-reading.ts';
import type { Reader } from './stream.ts';

/** @internal */
export class Reading implements Reader<AuditEvent> {
  readonly #checked: CheckedRequest;
  readonly #owner: CursorOwner;
  /** Known once the stream is opened. */
  #saving: Saving | undefined;
  #asked: Asked;
  #parts: readonly SourceReading[];
  #resumed = false;
  #finished = false;
  #watermark = Number.NEGATIVE_INFINITY;
  /** Time of the newest event taken, of any source, as of the last page. */
  #latest = Number.NEGATIVE_INFINITY;
  /** Ends requests that are under way; a generator's return() alone would wait for them. */
  readonly #leave = new AbortController();
  #page = new Page();
  /** How many events of the page the consumer has come back from. */
  #done = 0;

  constructor(checked: CheckedRequest) {
    const { request, sources, scope, order } = checked;
    this.#checked = checked;
    this.#owner = { scope, order, where: request.where ?? {}, sources: sources.map(({ name }) => name) };
    const cursor = request.resume === undefined ? undefined : readCursor(request.resume, this.#owner);
    this.#asked = askedNow(checked, cursor);
    this.#parts = this.#begin(cursor);
  }

  get signal(): AbortSignal | undefined {
    return this.#checked.request.signal;
  }

  report(): Report {
    const { startedAt, from, to, scope, order } = this.#asked;
    const { limit } = this.#checked.request;
    const watermark = this.#watermarkNow();
    return {
      startedAt,
      ...(from && { from }),
      ...(to && { to }),
      scope,
      order,
      ...(limit !== undefined && { limit }),
      finished: this.#finished,
      complete: this.#finished && !this.#parts.some(({ books }) => books.incomplete),
      ...(watermark !== undefined && { watermark: new Date(watermark) }),
      sources: this.#parts.map((part) => part.report()),
    };
  }

  cursor(): Cursor {
    const copies = new Map(this.#parts.map((part) => [part, part.progress.copy()]));
    for (const { reading, key, time } of this.#page.inHand()) copies.get(reading)?.take(key, time);
    return this.#seal((part) => copies.get(part) ?? part.progress);
  }

  close(): void {
    this.#leave.abort(new Error('the stream was closed'));
  }

  taken(count: number): void {
    this.#page.handOut(count);
  }

  done(count: number): Promise<void> | undefined {
    this.#done = count;
    return this.#saving?.due ? this.#save() : undefined;
  }

  async *open(most: number): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { request, order, follow } = this.#checked;
    const { limit = Number.POSITIVE_INFINITY, signal } = request;
    signal?.throwIfAborted();
    await this.#restart();
    let left = Math.min(limit, most);
    const joined = signal ? joinSignals(signal, this.#leave.signal) : this.#leave.signal;
    // The other sources must not go on behind a stream that has failed.
    const fail = request.onSourceError === 'continue' ? undefined : () => this.close();
    const pages = this.#parts.map((part) => part.pages(left, joined, fail));
    const { gather } = await import('./gather.ts');
    const { merged, sieve } = gather(this.#parts, pages, { order, follow, resumed: this.#resumed });
    let failure: { readonly error: unknown } | undefined;
    try {
      while (left > 0) {
        const next = await merged.next();
        if (next.done) break;
        signal?.throwIfAborted();
        this.#page = sieve.sift(next.value, left);
        this.#done = 0;
        const { events } = this.#page;
        left -= events.length;
        if (events.length > 0) yield events;
        this.#done = events.length;
        this.#takeDone();
        if (this.#saving?.due) await this.#save();
        this.#tellWatermark();
      }
      if (sieve.mayHaveMissed) this.#parts[0]?.books.notice(REPEATS);
      this.#saving?.touch();
      this.#finished = true;
      for (const { progress } of this.#parts) progress.forget();
      this.#tellWatermark();
    } catch (error) {
      // Closed while a page was on its way: whoever closed the stream wants no error for it.
      if (signal?.aborted || !this.#leave.signal.aborted || AuditError.is(error)) failure = { error };
    } finally {
      this.close();
      await merged.return();
      await this.#save().catch((error: unknown) => {
        failure ??= { error };
      });
    }
    if (failure) throw failure.error;
  }

  /** The books and places of a reading that begins, or goes on, now. */
  #begin(cursor: Cursor | undefined): readonly SourceReading[] {
    const { sources, request, followOptions, clock } = this.#checked;
    this.#resumed = cursor !== undefined;
    const sharing = {
      asked: this.#asked,
      passes: predicateOf(request.where),
      clock,
      follow: followOptions,
      floor: this.#floor(),
      onNotice: request.onNotice,
    };
    return sources.map((source) => new SourceReading(source, sharing, cursor?.sources[source.name]));
  }

  /**
   * Ordered streams come by a moment together: one that has ended waits for the others to come by the last one. Beyond
   * that only what may arrive late is of concern. Of those that are followed, each has its own pace.
   */
  #floor(): (at: number, latest: number, delay: number) => number {
    const { sources, followOptions, follow } = this.#checked;
    const longest = Math.max(...sources.map((source) => delayOf(source, followOptions)));
    if (!follow) {
      return (at, latest, delay) =>
        Math.min(at - (longest - delay), this.#finished ? at : Math.max(latest, this.#latest));
    }
    return () => this.#watermarkNow() ?? Number.NEGATIVE_INFINITY;
  }

  /** "Now" is the first pull and not the call; what a checkpoint holds is known only now. */
  async #restart(): Promise<void> {
    const { request, clock } = this.#checked;
    const { checkpoint, checkpointInterval = EVERY, resume } = request;
    if (checkpoint) {
      const { Saving } = await import('./saving.ts');
      this.#saving = new Saving(checkpoint, checkpointInterval, clock);
    }
    const saved = await this.#saving?.load();
    const found = saved ?? resume;
    const cursor = found === undefined || found === null ? undefined : readCursor(found, this.#owner);
    this.#asked = askedNow(this.#checked, cursor);
    this.#parts = this.#begin(cursor);
  }

  #takeDone(): void {
    this.#page.take(this.#done);
    for (const { progress } of this.#parts) this.#latest = Math.max(this.#latest, progress.latest);
    this.#saving?.touch();
  }

  /** What the consumer is done with is safe from here on. */
  async #save(): Promise<void> {
    if (!this.#saving) return;
    this.#takeDone();
    await this.#saving.save(() => this.#seal(({ progress }) => progress));
  }

  #seal(progressOf: (part: SourceReading) => SourceReading['progress']): Cursor {
    const { from, to, startedAt, order } = this.#asked;
    const places = this.#parts.map((part) => [part.source.name, progressOf(part).position] as const);
    const window = { from, to: order === 'newest-first' ? (to ?? startedAt) : undefined };
    return sealCursor(this.#owner, window, Object.fromEntries(places));
  }

  /** What failed is in the report; nothing will come of it any more. */
  #watermarkNow(): number | undefined {
    let least: number | undefined = Number.POSITIVE_INFINITY;
    for (const part of this.#parts) {
      if (!part.failed) least = Math.min(least, part.watermark ?? Number.NEGATIVE_INFINITY);
    }
    return Number.isFinite(least) ? least : undefined;
  }

  #tellWatermark(): void {
    const now = this.#watermarkNow();
    if (now === undefined || now <= this.#watermark) return;
    this.#watermark = now;
    this.#checked.request.onWatermark?.(new Date(now));
  }
}

/** How often a cursor is saved at most, in milliseconds, unless asked otherwise. */
const EVERY = 1000;

const REPEATS: Notice = {
  code: 'duplicates-possible',
  message: 'events came out of order in large numbers; copies of one event that stood far apart may have come twice',
  incomplete: false,
};
