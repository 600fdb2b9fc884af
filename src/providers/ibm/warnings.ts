/** What the warnings in a Cloud Logs answer mean for it. */
import { isObject, type JsonObject, member, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import type { Span } from '../../source/windows.ts';
import { words } from '../../source/words.ts';

/**
 * - `row-limit`: rows were left out because there are too many; what is there may be told apart by time.
 * - `range`: only a part of the time that was asked for was searched.
 * - `scan-limit`: the engine gave up before the end; a shorter time may be searched whole.
 * - `archive`: the bucket has nothing, or could not be read.
 * - `harmless`: nothing is missing because of it.
 * - `unknown`: a warning of tomorrow, which may mean anything.
 */
type WarningMeaning = 'row-limit' | 'range' | 'scan-limit' | 'archive' | 'harmless' | 'unknown';

/** One warning. @internal */
export interface QueryWarning {
  /** IBM's own word, safe for a message. */
  readonly name: string;
  readonly meaning: WarningMeaning;
  /** IBM's sentence, or what it gave in place of one, safe for a message. */
  readonly text: string;
  /** The time that was searched, of a `range`. */
  readonly range?: Span;
  /** The rows that were allowed, of a `row-limit`. */
  readonly rows?: number;
}

// IBM/logs-go-sdk, `ApisDataprimeV1DataprimeWarning`.
const MEANINGS: Readonly<Record<string, WarningMeaning>> = {
  number_of_results_limit_warning: 'row-limit',
  time_range_warning: 'range',
  bytes_scanned_limit_warning: 'scan-limit',
  blocks_limit_warning: 'scan-limit',
  files_read_limit_warning: 'scan-limit',
  scroll_timeout_warning: 'scan-limit',
  shuffle_file_size_limit_reached_warning: 'scan-limit',
  archive_warning: 'archive',
  compile_warning: 'harmless',
  deprecation_warning: 'harmless',
  field_count_limit_warning: 'harmless',
  aggregation_buckets_limit_warning: 'harmless',
  sidebar_filter_cardinality_limit_warning: 'harmless',
};

/** The warnings of `{ warning: {...} }`, whose members are the warnings by name; an empty one warns of nothing. @internal */
export function warningsIn(warning: JsonObject): readonly QueryWarning[] {
  return Object.keys(warning).map((name) => {
    const value = warning[name];
    const meaning = Object.hasOwn(MEANINGS, name) ? (MEANINGS[name] as WarningMeaning) : 'unknown';
    const range = meaning === 'range' ? rangeOf(value) : undefined;
    const rows = member(value, 'number_of_results_limit');
    return {
      name: words(name, 64),
      meaning,
      text: textIn(value),
      ...(range && { range }),
      ...(typeof rows === 'number' && { rows }),
    };
  });
}

function rangeOf(value: unknown): Span | undefined {
  const start = parseTime(member(value, 'start_date'))?.getTime();
  const end = parseTime(member(value, 'end_date'))?.getTime();
  return start !== undefined && end !== undefined && start < end ? { start, end } : undefined;
}

function textIn(value: unknown): string {
  if (!isObject(value)) return typeof value === 'string' ? words(value, 200) : '';
  for (const key of ['warning_message', 'message', 'text']) {
    const text = textOf(value, key);
    if (text !== undefined) return words(text, 200);
  }
  return words(JSON.stringify(value), 200);
}
