import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toAthenaSql } from '../../../../src/providers/aws/queries/athena-sql.ts';
import { filter } from '../../../support/arbitraries.ts';
import { CASES } from '../../../support/language-laws.ts';

const trino = new TrinoSQL();
const errorsOf = (sql: string) => trino.validate(sql).map(({ message }) => message);

test('the grammar knows what is no SQL', () => {
  expect(errorsOf('SELECT * FROM t WHERE a = = b')).not.toEqual([]);
  expect(errorsOf("SELECT * FROM t WHERE a = 'b")).not.toEqual([]);
});

test.each(Object.entries(CASES))('Trino reads the query for %s', (_, where) => {
  expect(errorsOf(toAthenaSql(where).query)).toEqual([]);
});

test('Trino reads the query for any filter', () => {
  const table = fc.constantFrom('cloudtrail_logs', 'a.b', 'select.from."where"', "it's", '--');
  fc.assert(
    fc.property(filter(), table, fc.constantFrom('secrets', 'all'), (where, name, scope) => {
      const { query } = toAthenaSql(where, { table: name, scope, from: new Date(0), to: new Date(1), limit: 10 });
      expect(errorsOf(query)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
