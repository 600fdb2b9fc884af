/** Events as CSV that is safe to print. */
import { CSV_COLUMNS, csvLines as textOf, toCsvRow } from '../../formats/csv.ts';
import { printable } from '../printable.ts';
import type { EventFormat } from './format.ts';

/** One header line, then one line an event; a field with several values holds them with `; ` between. */
export function csv(): EventFormat {
  let header = `${CSV_COLUMNS.join(',')}\n`;
  return {
    page(events) {
      const text = header + csvLines(events.map(toCsvRow));
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
