/** One source within a stream: what is asked of it, what of that passes, its books, and how far it has been read. */
import type { AuditEvent } from '../model/event.ts';
import type { Clock } from '../source/clock.ts';
import type { Position } from '../source/cursor.ts';
import { inScope } from '../source/scope.ts';
import { publish } from '../source/signals.ts';
import type { AuditSource, Notice, SourceRequest } from '../source/source.ts';
import { sourceError } from '../source/source-error.ts';
import type { Asked } from './asked.ts';
import type { FollowOptions } from './follow.ts';
import { type Manner, Progress } from './progress.ts';
import { SourceBooks, type SourceReport } from './report.ts';
import { within } from './within.ts';

/** What all sources of a stream share. @internal */
export interface Sharing {
  readonly asked: Asked;
  readonly passes: (event: AuditEvent) => boolean;
  readonly clock: Clock;
  readonly follow: FollowOptions;
  /** How far back a source may still give copies of what another one gave, when that one is at `at`. */
  readonly floor: (at: number, latest: number, delay: number) => number;
  readonly onNotice?: ((notice: Notice & { readonly source: string }) => void) | undefined;
}

/** @internal */
export class SourceReading {
  readonly source: AuditSource;
  readonly books: SourceBooks;
  readonly progress: Progress;
  readonly #sharing: Sharing;
  #failed = false;

  constructor(source: AuditSource, sharing: Sharing, start?: Position) {
    this.source = source;
    this.#sharing = sharing;
    this.books = new SourceBooks(source.name, sharing.onNotice);
    const { asked, floor } = sharing;
    const delay = delayOf(source, sharing.follow);
    const manner = mannerOf(source, asked);
    this.progress = new Progress(
      { manner, delay, from: asked.from?.getTime(), floor: (at, latest) => floor(at, latest, delay) },
      start,
    );
  }

  /** The time before which nothing more is expected of it; `undefined` when nothing is known of that. */
  get watermark(): number | undefined {
    return this.#sharing.asked.order === 'oldest-first' ? this.progress.at : undefined;
  }

  /** Whether it was given up. */
  get failed(): boolean {
    return this.#failed;
  }

  report(): SourceReport {
    const { watermark } = this;
    const covered = this.#covered();
    return {
      ...this.books.report(),
      ...(covered && { covered }),
      ...(watermark !== undefined && { watermark: new Date(watermark) }),
    };
  }

  /** The part of the window that has been read. */
  #covered(): SourceReport['covered'] {
    const { from, to, startedAt, order } = this.#sharing.asked;
    const { at } = this.progress;
    if (this.books.finished) return { ...(from && { from }), to: to ?? startedAt };
    if (at === undefined) return undefined;
    const edge = new Date(at);
    return order === 'oldest-first' ? { ...(from && { from }), to: edge } : { from: edge, to: to ?? startedAt };
  }

  /**
   * Pages without what was not asked for; the source's errors in our words.
   *
   * @param fail - Called before an error is thrown; without it, the error becomes a notice and the pages end.
   */
  async *pages(
    limit: number,
    signal: AbortSignal,
    fail?: () => void,
  ): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { asked, passes } = this.#sharing;
    const { source, books, progress } = this;
    if (progress.done) return this.#finish();
    const { scope } = asked;
    const from = asked.from?.getTime() ?? Number.NEGATIVE_INFINITY;
    try {
      for await (const page of await this.#read(limit, signal)) {
        signal.throwIfAborted();
        publish('secret-events:page', { source: source.name, events: page.length });
        const kept = page.filter((event) => event.time.getTime() >= from && inScope(event, scope) && passes(event));
        books.count('filtered', page.length - kept.length);
        yield kept;
      }
      this.#finish();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      this.#failed = true;
      const wrapped = sourceError(error, source);
      if (fail) {
        fail();
        throw wrapped;
      }
      const message = `${source.name} failed and was left out from here on: ${wrapped.message}`;
      books.notice({ code: 'source-failed', message, incomplete: true });
    }
  }

  #finish(): void {
    this.books.finished = true;
    this.progress.caughtUp(this.#sharing.asked.to?.getTime());
  }

  async #read(limit: number, signal: AbortSignal): Promise<AsyncIterable<readonly AuditEvent[]>> {
    const { asked, clock, follow } = this.#sharing;
    const { source, books, progress } = this;
    const request: SourceRequest = { ...asked, ...(Number.isFinite(limit) && { limit }), signal, sink: books };
    if (asked.follow) {
      const { following } = await import('./follow.ts');
      return following(source, request, progress, follow, clock);
    }
    progress.asked(asked.startedAt.getTime());
    const rest: SourceRequest = { ...request, ...this.#rest() };
    return within(rest, source.read(rest));
  }

  /** What is left of the window after what a cursor says has been read. */
  #rest(): { readonly from?: Date; readonly to?: Date } {
    const { at } = this.progress;
    if (at === undefined) return {};
    return this.#sharing.asked.order === 'oldest-first' ? { from: new Date(at) } : { to: new Date(at + 1) };
  }
}

/** How long a source's records may take to arrive, as far as a reader is asked to mind. @internal */
export function delayOf({ deliveryDelay = 0, follows }: AuditSource, { overlap }: FollowOptions): number {
  // What follows by itself has an overlap of its own; its records are as late as they are.
  return follows ? deliveryDelay : (overlap ?? deliveryDelay);
}

function mannerOf({ follows }: AuditSource, { order, follow }: Asked): Manner {
  return follow && follows ? 'by-arrival' : order;
}
