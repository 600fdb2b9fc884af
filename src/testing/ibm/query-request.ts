/** Reading what a query asks: its text, its range of time, its limit. */
import { flagOf, isObject, type JsonObject, member } from '../../model/record.ts';
import type { IbmLogTier } from './log-row.ts';
import type { LogRules } from './log-rules.ts';
import { fromMilliseconds, nanosecondsOf } from './nanoseconds.ts';
import { badRequest } from './service-error.ts';

const LONGEST_QUERY = 4096;
const LARGEST_LIMIT = 50_000;
const DEFAULT_LIMIT = 2000;
const DEFAULT_RANGE = fromMilliseconds(15 * 60_000);
const DAY = 86_400_000;
const MOST_ROWS: Readonly<Record<IbmLogTier, number>> = { frequent_search: 12_000, archive: LARGEST_LIMIT };

/** @internal */
export interface QueryRequest {
  readonly query: string;
  readonly syntax: 'dataprime' | 'lucene';
  readonly tier: IbmLogTier;
  /** Nanoseconds since 1970. */
  readonly from: bigint;
  readonly to: bigint;
  readonly limit: number;
  /** Whether the limit is smaller than what was asked for, or was not asked for at all. */
  readonly limitImposed: boolean;
  readonly lowered: boolean;
  /** Whether the range is smaller than what was asked for. */
  readonly clamped: boolean;
  readonly strictFields: boolean;
}

/** @internal */
export function readQueryRequest(body: JsonObject, now: number, rules: LogRules): QueryRequest {
  const metadata = member(body, 'metadata') ?? {};
  if (!isObject(metadata)) throw badRequest('metadata must be an object');
  const tier = oneOf(metadata, 'tier', ['frequent_search', 'archive', 'unspecified']);
  const answering: IbmLogTier = tier === 'archive' ? 'archive' : 'frequent_search';
  const most = MOST_ROWS[answering];
  const asked = limitOf(metadata);
  return {
    ...queryOf(body, metadata),
    ...rangeOf(metadata, now, rules),
    tier: answering,
    limit: Math.min(asked ?? DEFAULT_LIMIT, most),
    limitImposed: asked === undefined || asked > most,
    lowered: asked !== undefined && asked > most,
    strictFields: strictFields(metadata),
  };
}

function queryOf(body: JsonObject, metadata: JsonObject): Pick<QueryRequest, 'query' | 'syntax'> {
  const query = member(body, 'query');
  if (typeof query !== 'string' || query === '') throw badRequest('query must be a text of at least 1 character');
  if (query.length > LONGEST_QUERY) throw badRequest(`query must have at most ${LONGEST_QUERY} characters`);
  const syntaxes = ['dataprime', 'lucene', 'dataprime_utf8_base64', 'lucene_utf8_base64', 'unspecified'];
  const syntax = oneOf(metadata, 'syntax', syntaxes) ?? 'unspecified';
  return {
    query: syntax.endsWith('_base64') ? Buffer.from(query, 'base64').toString('utf8') : query,
    // Which one `unspecified` is, is unverified.
    syntax: syntax.startsWith('lucene') ? 'lucene' : 'dataprime',
  };
}

function oneOf(metadata: JsonObject, name: string, words: readonly string[]): string | undefined {
  const value = member(metadata, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !words.includes(value))
    throw badRequest(`${name} must be one of ${words.join(', ')}`);
  return value;
}

function limitOf(metadata: JsonObject): number | undefined {
  const value = member(metadata, 'limit');
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > LARGEST_LIMIT) {
    throw badRequest(`limit must be a whole number from 0 to ${LARGEST_LIMIT}`);
  }
  return value;
}

function strictFields(metadata: JsonObject): boolean {
  const value = member(metadata, 'strict_fields_validation');
  if (value !== undefined && value !== null && typeof value !== 'boolean') {
    throw badRequest('strict_fields_validation must be a boolean');
  }
  return flagOf(metadata, 'strict_fields_validation') ?? false;
}

function rangeOf(
  metadata: JsonObject,
  present: number,
  rules: LogRules,
): Pick<QueryRequest, 'from' | 'to' | 'clamped'> {
  const now = timeOf(metadata, 'now_date') ?? fromMilliseconds(present);
  const start = timeOf(metadata, 'start_date');
  const end = timeOf(metadata, 'end_date');
  const to = end ?? (start === undefined ? now : start + DEFAULT_RANGE);
  const from = start ?? to - DEFAULT_RANGE;
  if (from > to) throw badRequest('start_date must be before end_date');
  const longest = fromMilliseconds(rules.maxRangeDays * DAY);
  if (to - from <= longest) return { from, to, clamped: false };
  return rules.clampTo === 'newest'
    ? { from: to - longest, to, clamped: true }
    : { from, to: from + longest, clamped: true };
}

/** RFC 3339: a zone has to be there. */
function timeOf(metadata: JsonObject, name: string): bigint | undefined {
  const value = member(metadata, name);
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'string' && /T.*(?:Z|[+-]\d\d:\d\d)$/i.test(value) ? nanosecondsOf(value) : undefined;
  if (time === undefined) throw badRequest(`${name} must be a time such as 2026-11-20T14:30:00Z`);
  return time;
}
