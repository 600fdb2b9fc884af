/** Events as CSV. */
import { stringify } from 'csv-stringify/sync';
import type { AuditEvent } from '../../model/event.ts';
import { FIELDS, type FieldName } from '../../model/field.ts';
import { printable } from '../printable.ts';
import type { EventFormat } from './format.ts';

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
];

/** One header line, then one line an event; a field with several values holds them with `; ` between. */
export function csv(): EventFormat {
  let header = `${CSV_COLUMNS.join(',')}\n`;
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
  return stringify(
    rows.map((row) => row.map(printable)),
    { escape_formulas: true },
  );
}

function rowOf(event: AuditEvent): string[] {
  return CSV_COLUMNS.map((name) => {
    const value = FIELDS[name].of(event);
    if (value === undefined) return '';
    if (value instanceof Date) return value.toISOString();
    return typeof value === 'object' ? value.map(String).join('; ') : String(value);
  });
}
