/** The formats in which events are written. */
import type { OcsfVersion } from '../../formats/ocsf/version.ts';
import type { AuditEvent } from '../../model/event.ts';
import type { ColumnName } from './event-columns.ts';
import type { GroupKey } from './event-counts.ts';
import type { TimeForm } from './time-text.ts';
import type { Wish } from './with-histogram.ts';

/** Every format of `read`, the default first. */
export const FORMATS = ['table', 'jsonl', 'json', 'csv', 'raw', 'ocsf', 'ecs', 'cloudevents'] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** Makes text of events, page by page, and keeps none of them. */
export interface EventFormat {
  /** The text of one page. */
  page(events: readonly AuditEvent[]): string | Promise<string>;
  /** What follows the last page. */
  end(): string | Promise<string>;
  /** Text that is held back and need not be, when somebody has waited for a while. */
  hurry?(): string | Promise<string>;
}

/** What a format may depend on. */
export interface FormatOptions {
  /** Characters in a line; for tables. */
  readonly width: number;
  readonly colour: boolean;
  /** Whether events carry the provider's record: by default `jsonl` and `json` do, and what is mapped does not. */
  readonly raw?: boolean | undefined;
  readonly ocsfVersion?: OcsfVersion | undefined;
  /** Of tables. */
  readonly time?: TimeForm | undefined;
  readonly histogram?: Wish | undefined;
  /** Of tables and CSV. */
  readonly columns?: readonly ColumnName[] | undefined;
  /** Counts in place of events; of tables, JSON and CSV. */
  readonly groupBy?: readonly GroupKey[] | undefined;
}

/** Loads one format and no other: a script that wants JSON does not pay for tables. */
export async function formatOf(format: Format, options: FormatOptions): Promise<EventFormat> {
  const { groupBy, histogram, time = 'utc' } = options;
  const shown = groupBy ? await countsOf(format, groupBy, options) : await eventsOf(format, options);
  if (format !== 'table' || histogram === undefined) return shown;
  return (await import('./with-histogram.ts')).withHistogram(shown, histogram, { ...options, time });
}

async function countsOf(format: Format, keys: readonly GroupKey[], options: FormatOptions): Promise<EventFormat> {
  return (await import('./event-counts.ts')).eventCounts(keys, format, options);
}

async function eventsOf(format: Format, options: FormatOptions): Promise<EventFormat> {
  switch (format) {
    case 'table':
      return (await import('./event-table.ts')).eventTable(options);
    case 'jsonl':
      return (await import('./json.ts')).jsonLines(options);
    case 'json':
      return (await import('./json.ts')).jsonArray(options);
    case 'csv':
      return (await import('./csv.ts')).csv(options);
    case 'raw':
      return (await import('./json.ts')).rawLines();
    case 'ocsf':
    case 'ecs':
    case 'cloudevents':
      return (await import('./mapped.ts')).mappedLines(format, options);
  }
}
