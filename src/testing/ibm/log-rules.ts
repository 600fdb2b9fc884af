/** How the simulated Cloud Logs behaves where the documentation leaves it open or an instance may differ. */
import type { IbmTimestampForm } from './log-row.ts';

/** What of Cloud Logs can be adjusted. */
export interface IbmLogOptions {
  /** The longest range of time one query may ask for; 8 days by default. Of more, only a part is answered. */
  readonly maxRangeDays?: number;
  /** Which part of too long a range is answered: its newest days by default. */
  readonly clampTo?: 'newest' | 'oldest';
  /**
   * Whether an answer that is cut at the limit which the client itself has set says so. `always` by default; with
   * `never`, only what the service cuts is told.
   */
  readonly limitWarning?: 'always' | 'never';
  /** Which of the bounds of a range belong to it; `[)`, the first and not the last, by default. */
  readonly bounds?: '[)' | '[]' | '()' | '(]';
  /** The order of rows that a query does not order; newest first by default. */
  readonly unordered?: 'newest-first' | 'oldest-first';
  /** Rows in one item of the stream; 100 by default. */
  readonly batchSize?: number;
  /** Whether rows carry their `logid`; they do by default. */
  readonly logIds?: boolean;
  /** How the time of a row is written; `zone` by default. */
  readonly timestamps?: IbmTimestampForm;
  /** How the lines of the stream end; `\n` by default. */
  readonly lineEnd?: '\n' | '\r\n';
  /** The bytes of one chunk of the stream; an item at a time by default. */
  readonly chunkBytes?: number;
  /** Whether a query on a field that no row has comes with a warning; not by default. */
  readonly compileWarnings?: boolean;
  /** Whether a missing field in DataPrime is null, a value like others (by default), or neither equal nor unequal. */
  readonly missingFields?: 'null' | 'unknown';
  /** How a query that is one too many is refused: a status of 429 by default, or an error in a stream of status 200. */
  readonly rateLimitAs?: 'status' | 'stream';
}

/** @internal */
export type LogRules = Required<Omit<IbmLogOptions, 'chunkBytes'>> & { readonly chunkBytes: number | undefined };

/** @internal */
export function logRules(options: IbmLogOptions): LogRules {
  return {
    maxRangeDays: options.maxRangeDays ?? 8,
    clampTo: options.clampTo ?? 'newest',
    limitWarning: options.limitWarning ?? 'always',
    bounds: options.bounds ?? '[)',
    unordered: options.unordered ?? 'newest-first',
    batchSize: Math.max(1, options.batchSize ?? 100),
    logIds: options.logIds ?? true,
    timestamps: options.timestamps ?? 'zone',
    lineEnd: options.lineEnd ?? '\n',
    chunkBytes: options.chunkBytes,
    compileWarnings: options.compileWarnings ?? false,
    missingFields: options.missingFields ?? 'null',
    rateLimitAs: options.rateLimitAs ?? 'status',
  };
}
