/** Events as rows, for spreadsheets. */
import { stringify } from 'csv-stringify/sync';
import type { AuditEvent } from '../model/event.ts';
import type { FieldName } from '../model/field.ts';
import { fieldText } from './field-text.ts';

/**
 * The columns, named as filters name the fields. The order is a promise: scripts count columns, so a new field goes to
 * the end.
 */
export const CSV_COLUMNS: readonly FieldName[] = [
  'time',
  'provider',
  'account',
  'region',
  'service',
  'name',
  'action',
  'kind',
  'outcome',
  'denied',
  'error.code',
  'error.message',
  'readOnly',
  'severity',
  'actor.id',
  'actor.name',
  'actor.type',
  'actor.account',
  'actor.role',
  'actor.credential',
  'secret.id',
  'secret.name',
  'secret.version',
  'secret.group',
  'origin.ip',
  'origin.agent',
  'origin.service',
  'origin.vpcEndpoint',
  'source',
  'derived',
  'id',
  'mentions',
];

/**
 * The cells of one event, in the order of {@link CSV_COLUMNS}: times as ISO 8601 in UTC, `true` and `false`, nothing for
 * a field that the event does not have, and several values of one field with `; ` between. Nothing is escaped yet;
 * {@link toCsv} makes text of it.
 *
 * @example
 * ```ts
 * import type { AuditEvent } from 'secret-events';
 * import { CSV_COLUMNS, toCsvRow } from 'secret-events/formats';
 *
 * declare const event: AuditEvent;
 * const row = toCsvRow(event);
 * console.log(row[CSV_COLUMNS.indexOf('actor.name')]);
 * ```
 */
export function toCsvRow(event: AuditEvent): readonly string[] {
  return CSV_COLUMNS.map((name) => fieldText(event, name));
}

/** How {@link toCsv} writes. */
export interface CsvOptions {
  /** Whether the first line names the columns; yes by default. */
  readonly header?: boolean;
}

/**
 * Writes events as CSV (RFC 4180, but with `\n` behind each line). A cell that a spreadsheet would run as a formula gets
 * an apostrophe in front. Control characters stay as they are, within quotation marks where CSV needs them; the command
 * line shows them as escapes.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { events } from 'secret-events';
 * import { logFiles } from 'secret-events/files';
 * import { toCsv } from 'secret-events/formats';
 *
 * const found = await events(logFiles(['AWSLogs/']), { where: { denied: true } }).toArray();
 * await writeFile('denied.csv', toCsv(found));
 * ```
 */
export function toCsv(events: Iterable<AuditEvent>, { header = true }: CsvOptions = {}): string {
  const rows: (readonly string[])[] = header ? [CSV_COLUMNS] : [];
  for (const event of events) rows.push(toCsvRow(event));
  return csvLines(rows);
}

/** Rows as CSV, with formulas defused. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );
}
