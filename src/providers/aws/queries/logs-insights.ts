/** CloudWatch Logs Insights queries. */

import { type Clause, clause, join } from '../../../filter/clause.ts';
import { type CompiledQuery, finish, type Reach, type Said } from '../../../filter/compile.ts';
import type { Filter } from '../../../filter/filter.ts';
import { AuditError } from '../../../model/error.ts';
import type { Order } from '../../../source/source.ts';
import { compileRecords, type QueryOptions, type RecordLanguage } from './record-language.ts';
import { RECORD_PATHS, type RecordPath, type RecordTest } from './record-test.ts';

/** Options of {@link toLogsInsights}. */
export interface LogsInsightsOptions extends QueryOptions {
  /** By the time of the log event; newest first by default. */
  readonly order?: Order | undefined;
  /** 1 to 10,000 rows, which is the default and the most that a query returns. */
  readonly limit?: number | undefined;
}

/** A query of CloudWatch Logs Insights. */
export interface LogsInsightsQuery extends CompiledQuery<string> {
  /** The condition alone, as it stands behind `filter`; empty: there is none. */
  readonly filter: string;
}

/** Characters of a query, and rows of its result. Source: CloudWatch Logs API Reference, `API_StartQuery`. */
const MAX_QUERY = 10_000;
const MAX_ROWS = 10_000;
/** Characters that the commands beside the condition take at most. */
const COMMANDS = 100;

/**
 * A filter as a CloudWatch Logs Insights query over CloudTrail records, of at most 10,000 characters, that returns the
 * time and the record. The window goes into the call that starts the query. Times and booleans are left out: how they
 * compare is not documented. Insights finds the first 200 fields of a record; what lies beyond, it takes for missing.
 *
 * Source: CloudWatch Logs User Guide, `CWL_QuerySyntax-Filter`, `CWL_AnalyzeLogData-discoverable-fields`.
 *
 * @throws AuditError `invalid-argument` for a filter or limit that is none; `unsupported` with `exact: true` for a
 * filter that can only be said more widely.
 * @example
 * ```ts
 * import { toLogsInsights } from 'secret-events/aws';
 *
 * const { filter } = toLogsInsights({ name: 'DeleteSecret', 'origin.agent': { startsWith: 'Boto3/' } });
 * console.log(filter);
 * // eventSource = "secretsmanager.amazonaws.com" and eventName = "DeleteSecret" and userAgent like /^Boto3\//
 * ```
 */
export function toLogsInsights(filter: Filter, options: LogsInsightsOptions = {}): LogsInsightsQuery {
  const { order = 'newest-first', limit = MAX_ROWS } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ROWS) {
    throw new AuditError('invalid-argument', `limit must be a whole number from 1 to ${MAX_ROWS}, not ${limit}`);
  }
  const compiled = finish(compileRecords(filter, LANGUAGE, options), conditionOf);
  const commands = [
    'fields @timestamp, @message',
    ...(compiled.query === '' ? [] : [`filter ${compiled.query}`]),
    `sort @timestamp ${order === 'newest-first' ? 'desc' : 'asc'}`,
    `limit ${limit}`,
  ];
  return { ...compiled, filter: compiled.query, query: commands.join(' | ') };
}

type InsightsClause = Clause<undefined>;

function conditionOf(reach: Reach<InsightsClause>): string {
  if (typeof reach === 'object') return reach.query.text;
  // Every record has a name.
  return reach === 'nothing' ? 'not ispresent(eventName)' : '';
}

const LANGUAGE: RecordLanguage<InsightsClause> = {
  leaf: (test, negated) => {
    const said = sayTest(test, negated);
    return typeof said?.reach === 'object' && !within(said.reach.query) ? undefined : said;
  },
  all: (parts) => within(allOf(parts)),
  any: (parts) => within(anyOf(parts)),
};

function within(query: InsightsClause): InsightsClause | undefined {
  return query.text.length <= MAX_QUERY - COMMANDS ? query : undefined;
}

const word = (text: string): InsightsClause => clause(text, undefined);
const allOf = (parts: readonly InsightsClause[]) => join('all', parts, 'and', () => undefined);
const anyOf = (parts: readonly InsightsClause[]) => join('any', parts, 'or', () => undefined);

function sayTest(test: RecordTest, negated: boolean): Said<InsightsClause> | undefined {
  const { path } = test;
  if (path.includes('[]')) return negated ? undefined : sayElement(test);
  const presence = RECORD_PATHS[path];
  const missing = word(`not ispresent(${path})`);
  const said = (query: InsightsClause): Said<InsightsClause> => ({ reach: { query }, exact: true });
  switch (test.op) {
    case 'exists': {
      if (presence === 'always') return { reach: negated ? 'nothing' : 'everything', exact: true };
      if (presence === 'optional') return said(negated ? missing : word(`ispresent(${path})`));
      return said(
        negated ? anyOf([missing, word(`${path} = ""`)]) : allOf([word(`ispresent(${path})`), word(`${path} != ""`)]),
      );
    }
    case 'in':
    case 'startsWith':
    case 'endsWith':
    case 'contains': {
      const tests = test.op === 'in' ? equals(path, test.values, negated) : [like(path, test.op, test.value, negated)];
      if (tests.length === 0) return { reach: negated ? 'everything' : 'nothing', exact: true };
      if (!negated) return said(anyOf(tests));
      // What a comparison makes of a missing field is not documented.
      return said(presence === 'always' ? allOf(tests) : anyOf([missing, allOf(tests)]));
    }
    default:
      return undefined;
  }
}

/** How quotes, backslashes and control characters stand in a quoted text is not documented; a regular expression has codes for them. */
const UNQUOTABLE = /["\\\p{Cc}]/u;

function equals(path: RecordPath, values: readonly string[], negated: boolean): InsightsClause[] {
  const quoted = values.filter((value) => !UNQUOTABLE.test(value)).map((value) => `"${value}"`);
  const coded = values.filter((value) => UNQUOTABLE.test(value)).map((value) => like(path, 'in', value, negated));
  if (quoted.length === 0) return coded;
  const list =
    quoted.length === 1
      ? `${negated ? '!=' : '='} ${quoted[0]}`
      : `${negated ? 'not in' : 'in'} [${quoted.join(', ')}]`;
  return [word(`${path} ${list}`), ...coded];
}

function like(
  path: RecordPath,
  op: 'in' | 'startsWith' | 'endsWith' | 'contains',
  value: string,
  negated: boolean,
): InsightsClause {
  const start = op === 'in' || op === 'startsWith' ? '^' : '';
  const end = op === 'in' || op === 'endsWith' ? '$' : '';
  return word(`${path} ${negated ? 'not like' : 'like'} /${start}${literal(value)}${end}/`);
}

/** A text as a regular expression (RE2) that stands for itself. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/["\p{Cc}]/gu, hex);
}

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/**
 * A list has one field for each position, so its elements can only be looked for in the text of the record. There a
 * character may stand as itself or as an escape of JSON.
 */
function sayElement(test: RecordTest): Said<InsightsClause> | undefined {
  if (test.op !== 'in' && test.op !== 'startsWith' && test.op !== 'endsWith' && test.op !== 'contains')
    return undefined;
  const values = test.op === 'in' ? test.values : [test.value];
  if (values.length === 0) return { reach: 'nothing', exact: true };
  const start = test.op === 'in' || test.op === 'startsWith' ? '\\x22' : '';
  const end = test.op === 'in' || test.op === 'endsWith' ? '\\x22' : '';
  const texts = values.map((value) => word(`@message like /${start}${inJson(value)}${end}/`));
  return { reach: { query: anyOf(texts) }, exact: false };
}

function inJson(text: string): string {
  return text.replace(/[^A-Za-z0-9]/gsu, (character) =>
    /[-_.:@ ,+=]/.test(character) ? literal(character) : '.{1,12}',
  );
}
