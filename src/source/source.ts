/** The contract between the reader and everything that gives events. */
import type { Filter } from '../filter/filter.ts';
import type { ErrorCode } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';

/** `newest-first` or `oldest-first`, by {@link AuditEvent.time}. */
export type Order = 'newest-first' | 'oldest-first';

/** `secrets`: only the secrets managers' own events. `all`: whatever the source holds, KMS and IAM included. */
export type Scope = 'secrets' | 'all';

/** What the reader asks of a source. */
export interface SourceRequest {
  /** Inclusive. Missing: as far back as the source goes. */
  readonly from?: Date;
  /** Exclusive. Missing: no bound; a source that needs one takes `startedAt`, so that all pages share it. */
  readonly to?: Date;
  /** When the stream began; the one "now" of every source in it. */
  readonly startedAt: Date;
  readonly where?: Filter;
  readonly scope: Scope;
  readonly order: Order;
  /**
   * The most events the reader will take, after its own filter and removal of duplicates. A hint: a source may keep
   * less in memory for it, and must not count on anything else.
   */
  readonly limit?: number;
  /** Goes on with what comes, and never ends by itself; only asked of a source that {@link AuditSource.follows}. */
  readonly follow?: boolean;
  /** A source gives up on this as soon as it can, and rejects with `signal.reason` itself. */
  readonly signal: AbortSignal;
  readonly sink: SourceSink;
}

/** What a source tells beside its events. */
export interface SourceSink {
  /** Something that the user must know to judge the result. Notices of one code are shown once, with a count. */
  notice(notice: Notice): void;
  /** Adds to a counter of the report. */
  count(counter: Counter, by?: number): void;
}

/**
 * - `requests`, `retries`, `waitedMs`: the wire.
 * - `filtered`: records that the source itself dropped because filter, scope or window exclude them.
 * - `malformed`: records that could not become events. `duplicates`: copies the source itself removed.
 * - `files`, `bytes`: of log files; bytes after decompression.
 * - `scannedBytes`, `matchedRecords`: what the provider's own engine says that it went through and found.
 */
export type Counter =
  | 'requests'
  | 'retries'
  | 'waitedMs'
  | 'filtered'
  | 'malformed'
  | 'duplicates'
  | 'files'
  | 'bytes'
  | 'scannedBytes'
  | 'matchedRecords';

/** A word on a result that may not be the whole truth. */
export interface Notice {
  readonly code: NoticeCode;
  /** One sentence for a person. */
  readonly message: string;
  /** File and line, window, log group: where it was, when it was somewhere. */
  readonly place?: string;
  /** How many it stands for; 1 when left out. */
  readonly times?: number;
  /** Whether events may be missing because of it. */
  readonly incomplete: boolean;
}

/** What a {@link Notice} is about; the message says the rest. */
export type NoticeCode =
  | 'malformed-record'
  | 'not-a-record'
  | 'unreadable-file'
  | 'truncated-file'
  | 'size-limit'
  | 'out-of-order'
  | 'duplicates-possible'
  | 'clamped-to-90-days'
  | 'clamped-window'
  | 'not-final-yet'
  | 'sampled'
  | 'session-restarted'
  | 'source-resumed'
  | 'slow-consumer'
  | 'result-limit'
  | 'incomplete-answer'
  | 'archive-incomplete'
  | 'query-warning'
  | 'derived-history'
  | 'source-failed';

/** What a source would do for a request, without doing it. */
export interface SourcePlan {
  readonly source: string;
  /** One line for each request or file group, in the provider's own words. */
  readonly steps: readonly string[];
  /** What the provider's engine filters by; the reader applies the rest. */
  readonly pushedDown: readonly string[];
  readonly leftToReader: readonly string[];
}

/**
 * Anything that gives audit events. The reader alone re-checks filter and window, removes duplicates, counts the limit
 * and wraps errors, so a source may give more than was asked for and never less.
 */
export interface AuditSource {
  /** `aws.cloudtrail-lookup/us-east-1`, `files`. Unique in one stream. */
  readonly name: string;
  /** The orders it can give. */
  readonly order: Order | 'either';
  /**
   * Whether it can go on with what comes. It then gives pages in the order of arrival and holds none back; an empty page
   * says that it has read all there is.
   */
  readonly follows?: boolean;
  /**
   * How often a source that does not follow by itself may be asked again by whoever follows it, in milliseconds, so that
   * the provider's quota allows it. Missing: asking again is of no use.
   */
  readonly pollInterval?: number;
  /** How long after an act its record may still come, in milliseconds. Missing: what has been read is final. */
  readonly deliveryDelay?: number;
  /**
   * Pages of events in `request.order`, lazily: nothing is asked of the provider before the first pull, and nothing
   * after `return()`. Pages may be empty.
   */
  read(request: SourceRequest): AsyncIterable<readonly AuditEvent[]>;
  /** Makes no request. */
  explain?(request: SourceRequest): SourcePlan;
  /** What an error thrown by `read` means. */
  codeOf(error: unknown): ErrorCode;
}
