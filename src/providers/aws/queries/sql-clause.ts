/** The words of SQL conditions on the CloudTrail table of the Athena documentation. */

import { type Clause, clause, join } from '../../../filter/clause.ts';
import { fold, type Said } from '../../../filter/compile.ts';
import { AuditError } from '../../../model/error.ts';
import { NAMELESS } from './nets.ts';
import type { RecordLanguage } from './record-language.ts';
import { RECORD_PATHS, type RecordPath, type RecordTest } from './record-test.ts';

/** Part of a SQL condition; what stands beside it are the values of its placeholders. */
export type SqlClause = Clause<readonly string[]>;

/** @internal */
export const sql = (text: string, ...parameters: readonly string[]): SqlClause => clause(text, parameters);
/** @internal */
export const allOf = (parts: readonly SqlClause[]) => join('all', parts, 'AND', (lists) => lists.flat());
const anyOf = (parts: readonly SqlClause[]) => join('any', parts, 'OR', (lists) => lists.flat());

/** @internal */
export const SQL: RecordLanguage<SqlClause> = { leaf: sayTest, all: allOf, any: anyOf };

function sayTest(test: RecordTest, negated: boolean): Said<SqlClause> | undefined {
  const { path } = test;
  if (test.op === 'at' || test.op === 'gt' || test.op === 'gte' || test.op === 'lt' || test.op === 'lte') {
    return sayTime(test.op, test.value, negated);
  }
  // The documented table has no column for it.
  if (path === 'userIdentity.sessionContext.sourceIdentity') {
    const { reach } = fold(NAMELESS, SQL);
    return negated ? undefined : { reach, exact: false };
  }
  if (test.op === 'exists' && RECORD_PATHS[path] === 'always') {
    return { reach: negated ? 'nothing' : 'everything', exact: true };
  }
  if (test.op === 'in' && test.values.length === 0) return { reach: negated ? 'everything' : 'nothing', exact: true };
  const list = LISTS[path];
  if (list) return negated ? undefined : { reach: { query: within(list, test) }, exact: true };
  const column = columnOf(path);
  const holds = compare(column, test, negated);
  // Nothing compares with NULL, so a missing value meets the opposite of no condition by itself.
  const query = negated && RECORD_PATHS[path] !== 'always' ? anyOf([sql(`${column} IS NULL`), holds]) : holds;
  return { reach: { query }, exact: true };
}

function compare(column: string, test: RecordTest, negated: boolean): SqlClause {
  switch (test.op) {
    case 'exists':
      return sql(negated ? `${column} = ''` : `${column} <> ''`);
    case 'flag':
      return sql(`${column} = ?`, String(test.value !== negated));
    case 'in': {
      if (test.values.length === 1) return sql(`${column} ${negated ? '<>' : '='} ?`, ...test.values);
      const marks = test.values.map(() => '?').join(', ');
      return sql(`${column} ${negated ? 'NOT IN' : 'IN'} (${marks})`, ...test.values);
    }
    case 'startsWith':
    case 'endsWith':
    case 'contains': {
      const text = test.value.replace(/[\\%_]/g, '\\$&');
      const pattern = `${test.op === 'startsWith' ? '' : '%'}${text}${test.op === 'endsWith' ? '' : '%'}`;
      return sql(`${column} ${negated ? 'NOT LIKE' : 'LIKE'} ? ESCAPE '\\'`, pattern);
    }
    default:
      throw new TypeError(`no comparison of texts: ${test.op}`);
  }
}

/** Columns that hold an object as JSON text. */
const JSON_COLUMNS = /^(requestParameters|responseElements|additionalEventData|serviceEventDetails)\.(.+)$/;

function columnOf(path: RecordPath): string {
  const [, column, member] = JSON_COLUMNS.exec(path) ?? [];
  return column && member ? `json_extract_scalar(${column.toLowerCase()}, '$.${member}')` : path.toLowerCase();
}

/** Lists, and what an element is called in a condition on it. */
const LISTS: Readonly<Partial<Record<RecordPath, { readonly list: string; readonly element: string }>>> = {
  'requestParameters.secretIdList[]': {
    list: "TRY_CAST(json_extract(requestparameters, '$.secretIdList') AS array(varchar))",
    element: 'e',
  },
  'resources[].ARN': { list: 'resources', element: 'e.arn' },
  // Column names have no case.
  'resources[].arn': { list: 'resources', element: 'e.arn' },
};

function within({ list, element }: { readonly list: string; readonly element: string }, test: RecordTest): SqlClause {
  const { text, rest } = compare(element, test, false);
  return sql(`any_match(${list}, e -> ${text})`, ...rest);
}

/** Records give whole seconds of UTC in ISO 8601, so texts are in the order of times. */
function sayTime(op: 'at' | 'gt' | 'gte' | 'lt' | 'lte', value: number, negated: boolean): Said<SqlClause> | undefined {
  const time = new Date(value);
  const opposite = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt', at: undefined } as const;
  const asked = negated ? opposite[op] : op;
  if (asked === undefined || secondOf(time) === undefined) return undefined;
  const exact = value % 1000 === 0 && (asked === 'gte' || asked === 'lt');
  const after = asked === 'lte' || asked === 'at' ? new Date(value + 1) : time;
  const bounds = [
    ...(asked === 'lt' || asked === 'lte' ? [] : [since(time, op)]),
    ...(asked === 'gt' || asked === 'gte' ? [] : [before(after, op)]),
  ];
  return { reach: { query: allOf(bounds) }, exact };
}

/** From the second of a time on. Without the `Z`, which sorts behind a fraction of a second. @internal */
export function since(time: Date, field: string): SqlClause {
  return sql('eventtime >= ?', checked(secondOf(time), field));
}

/** Up to the next full second of a time. @internal */
export function before(time: Date, field: string): SqlClause {
  return sql('eventtime < ?', checked(secondOf(new Date(Math.ceil(time.getTime() / 1000) * 1000)), field));
}

function secondOf(time: Date): string | undefined {
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9998 ? time.toISOString().slice(0, 19) : undefined;
}

function checked(second: string | undefined, field: string): string {
  if (second === undefined) throw new AuditError('invalid-argument', `${field} must be a time before the year 9999`);
  return second;
}
