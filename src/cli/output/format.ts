/** The formats in which events are written. */
import type { OcsfVersion } from '../../formats/ocsf/version.ts';
import type { AuditEvent } from '../../model/event.ts';

/** Every format of `read`, the default first. */
export const FORMATS = ['table', 'jsonl', 'json', 'csv', 'raw', 'ocsf', 'ecs', 'cloudevents'] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** Makes text of events, page by page, and keeps none of them. */
export interface EventFormat {
  /** The text of one page. */
  page(events: readonly AuditEvent[]): string | Promise<string>;
  /** What follows the last page. */
  end(): string;
}

/** What a format may depend on. */
export interface FormatOptions {
  /** Characters in a line; for tables. */
  readonly width: number;
  readonly colour: boolean;
  /** Whether events carry the provider's record: by default `jsonl` and `json` do, and what is mapped does not. */
  readonly raw?: boolean | undefined;
  readonly ocsfVersion?: OcsfVersion | undefined;
}

/** Loads one format and no other: a script that wants JSON does not pay for tables. */
export async function formatOf(format: Format, options: FormatOptions): Promise<EventFormat> {
  switch (format) {
    case 'table':
      return (await import('./event-table.ts')).eventTable(options);
    case 'jsonl':
      return (await import('./json.ts')).jsonLines(options);
    case 'json':
      return (await import('./json.ts')).jsonArray(options);
    case 'csv':
      return (await import('./csv.ts')).csv();
    case 'raw':
      return (await import('./json.ts')).rawLines();
    case 'ocsf':
    case 'ecs':
    case 'cloudevents':
      return (await import('./mapped.ts')).mappedLines(format, options);
  }
}
