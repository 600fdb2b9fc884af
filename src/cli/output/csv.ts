/** Events as CSV that is safe to print. */
import { CSV_COLUMNS, csvLines as textOf, toCsvRow } from '../../formats/csv.ts';
import type { AuditEvent } from '../../model/event.ts';
import { printable } from '../printable.ts';
import { type ColumnName, columnText } from './event-columns.ts';
import type { EventFormat } from './format.ts';

/** One header line, then one line an event; a field with several values holds them with `; ` between. */
export function csv({ columns }: { readonly columns?: readonly ColumnName[] | undefined }): EventFormat {
  let header = `${(columns ?? CSV_COLUMNS).join(',')}\n`;
  const rowOf = columns ? (event: AuditEvent) => columns.map((name) => columnText(event, name)) : toCsvRow;
  return {
    page(events) {
      const text = header + csvLines(events.map(rowOf));
      header = '';
      return text;
    },
    end: () => header,
  };
}

/**
 * Rows as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front, and control characters are
 * shown as escapes, so that neither a spreadsheet nor a terminal acts on what a stranger wrote.
 */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return textOf(rows.map((row) => row.map(printable)));
}
