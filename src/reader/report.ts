/** What was asked, what came, and what may be missing. */
import type { AuditEvent } from '../model/event.ts';
import type { Counter, Notice, NoticeCode, Order, Scope, SourceSink } from '../source/source.ts';

/** Notices of one kind, taken together. */
export interface NoticeSummary {
  readonly code: NoticeCode;
  readonly message: string;
  readonly incomplete: boolean;
  readonly count: number;
  /** The first places, at most ten. */
  readonly places: readonly string[];
}

/**
 * The books of one source. They always add up:
 * `received = yielded + filtered + duplicates + malformed + beyondLimit`.
 */
export interface SourceReport {
  readonly source: string;
  /** Records that the source gave; what it had asked for ahead when it failed or was left is not in it. */
  readonly received: number;
  /** Events handed to the consumer. */
  readonly yielded: number;
  /** Left out by filter, scope or window. */
  readonly filtered: number;
  readonly duplicates: number;
  /** Records that could not become events; the notices say which. */
  readonly malformed: number;
  /** Fit, but not handed out: beyond `limit`, or the consumer has not asked for them. */
  readonly beyondLimit: number;
  readonly requests: number;
  readonly retries: number;
  /** Time spent waiting for the provider's pace, in milliseconds. */
  readonly waitedMs: number;
  readonly files: number;
  /** Bytes read from files, after decompression. */
  readonly bytes: number;
  /** What the provider's engine says it scanned and matched, where it says so. */
  readonly scannedBytes: number;
  readonly matchedRecords: number;
  /** Times of the oldest and newest event handed out. */
  readonly oldest?: Date;
  readonly newest?: Date;
  /**
   * The part of the window that has been read and taken; a missing bound is as open as the one that was asked for. Left
   * out when nothing is known of it.
   */
  readonly covered?: { readonly from?: Date; readonly to?: Date };
  /** The time before which nothing more is expected of this source; only where events come oldest first. */
  readonly watermark?: Date;
  /** Whether the source was read to its end. */
  readonly finished: boolean;
  readonly notices: readonly NoticeSummary[];
}

/** A snapshot of a stream's books; plain data, safe for JSON. */
export interface Report {
  readonly startedAt: Date;
  /** The window asked for, `[from, to)`; a missing bound is no bound. */
  readonly from?: Date;
  readonly to?: Date;
  readonly scope: Scope;
  readonly order: Order;
  readonly limit?: number;
  /** Whether the stream has ended by itself: the sources were read to the end, or the limit was reached. */
  readonly finished: boolean;
  /** `finished`, and no notice says that events may be missing. */
  readonly complete: boolean;
  /** The time before which nothing more is expected of any source that has not failed; only oldest first. */
  readonly watermark?: Date;
  readonly sources: readonly SourceReport[];
}

const MAX_PLACES = 10;
const MAX_NOTICES = 200;

/**
 * The open books of one source, kept by the reader and, through the sink, by the source itself.
 *
 * @internal
 */
export class SourceBooks implements SourceSink {
  readonly source: string;
  readonly #onNotice: ((notice: Notice & { readonly source: string }) => void) | undefined;
  readonly #counts: Record<Counter, number> = {
    requests: 0,
    retries: 0,
    waitedMs: 0,
    filtered: 0,
    malformed: 0,
    duplicates: 0,
    files: 0,
    bytes: 0,
    scannedBytes: 0,
    matchedRecords: 0,
  };
  readonly #notices = new Map<
    string,
    { code: NoticeCode; message: string; incomplete: boolean; count: number; places: string[] }
  >();
  #yielded = 0;
  #oldest = Number.POSITIVE_INFINITY;
  #newest = Number.NEGATIVE_INFINITY;
  /** Events that passed filter, scope and window and were no duplicates. */
  passed = 0;
  finished = false;

  constructor(source: string, onNotice?: (notice: Notice & { readonly source: string }) => void) {
    this.source = source;
    this.#onNotice = onNotice;
  }

  count(counter: Counter, by = 1): void {
    this.#counts[counter] += by;
  }

  notice(notice: Notice): void {
    const key = `${notice.code} ${notice.message}`;
    let summary = this.#notices.get(key);
    if (!summary) {
      // A hostile file must not fill memory with notices that are all different.
      if (this.#notices.size >= MAX_NOTICES) return;
      summary = { code: notice.code, message: notice.message, incomplete: notice.incomplete, count: 0, places: [] };
      this.#notices.set(key, summary);
    }
    summary.count += notice.times ?? 1;
    if (notice.place !== undefined && summary.places.length < MAX_PLACES) summary.places.push(notice.place);
    this.#onNotice?.({ ...notice, source: this.source });
  }

  handOut(event: AuditEvent): void {
    this.#yielded++;
    const time = event.time.getTime();
    if (time < this.#oldest) this.#oldest = time;
    if (time > this.#newest) this.#newest = time;
  }

  get incomplete(): boolean {
    for (const notice of this.#notices.values()) if (notice.incomplete) return true;
    return false;
  }

  report(): SourceReport {
    const { filtered, duplicates, malformed, ...wire } = this.#counts;
    const beyondLimit = this.passed - this.#yielded;
    return {
      source: this.source,
      received: this.#yielded + filtered + duplicates + malformed + beyondLimit,
      yielded: this.#yielded,
      filtered,
      duplicates,
      malformed,
      beyondLimit,
      ...wire,
      ...(this.#yielded > 0 && { oldest: new Date(this.#oldest), newest: new Date(this.#newest) }),
      finished: this.finished,
      notices: [...this.#notices.values()].map((notice) => ({ ...notice, places: [...notice.places] })),
    };
  }
}
