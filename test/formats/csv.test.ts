import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CSV_COLUMNS, toCsv, toCsvRow } from '../../src/formats/index.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { auditEvent } from '../support/arbitraries.ts';
import { AWS_SHAPES } from './shapes.ts';

/** A reader of CSV by RFC 4180, and no more. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== '\n') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

describe('csv', () => {
  test('has the columns that the documentation promises, in that order', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../docs/formats.md'), 'utf8');
    const section = /\n## CSV\n([\s\S]*?)\n\nTimes are/.exec(docs)?.[1] ?? '';
    const listed = section.slice(section.indexOf('`time`')).matchAll(/`([^`]+)`/g);
    expect([...listed].map(([, name]) => name)).toEqual([...CSV_COLUMNS]);
  });

  test('has a header, unless it is not wanted', () => {
    expect(toCsv([])).toBe(`${CSV_COLUMNS.join(',')}\n`);
    expect(toCsv([], { header: false })).toBe('');
  });

  test('comes out as it went in, whatever the event holds', () => {
    fc.assert(
      fc.property(fc.array(auditEvent(), { maxLength: 4 }), (events) => {
        const [header, ...rows] = parseCsv(toCsv(events));
        expect(header).toEqual([...CSV_COLUMNS]);
        // An apostrophe in front of what would be a formula, and nothing else.
        expect(rows).toEqual(
          events.map((event) => toCsvRow(event).map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))),
        );
      }),
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('%j is no formula', (name) => {
    const event: AuditEvent = { ...(AWS_SHAPES['create'] as AuditEvent), actor: { name } };
    const [row] = parseCsv(toCsv([event], { header: false }));
    expect(row?.[CSV_COLUMNS.indexOf('actor.name')]).toBe(`'${name}`);
  });
});
