/** SQL over CloudTrail's log files, as Athena and Trino speak it. */
import type { CompiledQuery } from '../../../filter/compile.ts';
import type { Filter } from '../../../filter/filter.ts';
import { AuditError } from '../../../model/error.ts';
import type { Order } from '../../../source/source.ts';
import { compileRecords, type QueryOptions } from './record-language.ts';
import { allOf, before, SQL, since, sql } from './sql-clause.ts';

/** Options of {@link toAthenaSql}. */
export interface AthenaSqlOptions extends QueryOptions {
  /**
   * The table, `cloudtrail_logs` by default, with its schema and catalog before it where they are needed:
   * `security.cloudtrail_logs`. Any characters but control characters; a dot separates.
   */
  readonly table?: string | undefined;
  /** Inclusive, rounded down to the second. */
  readonly from?: Date | undefined;
  /** Exclusive, rounded up to the second. */
  readonly to?: Date | undefined;
  /** By the time of the event; newest first by default. */
  readonly order?: Order | undefined;
  /** At least 1; all rows by default. */
  readonly limit?: number | undefined;
}

/** A query with placeholders. */
export interface AthenaSqlQuery extends CompiledQuery<string> {
  /** The values of the placeholders, in their order, as Trino's drivers take them. */
  readonly parameters: readonly string[];
  /** The same as Athena's `ExecutionParameters`, where a text is a literal in quotes. */
  readonly executionParameters: readonly string[];
}

/**
 * A filter as SQL for the CloudTrail table of the Athena documentation, with every value of the filter as a parameter.
 * It returns whole rows. The size of the archive does not matter to it: a table that is partitioned, by projection or
 * by hand, wants a condition on its partition columns besides, a day later than `to` at the far end, since a record lies
 * under the day of its delivery.
 *
 * Source: Athena User Guide, `create-cloudtrail-table`, `create-cloudtrail-table-partition-projection`,
 * `querying-with-prepared-statements`.
 *
 * @throws AuditError `invalid-argument` for a filter, table, time or limit that is none; `unsupported` with
 * `exact: true` for a filter that can only be said more widely.
 * @example
 * ```ts
 * import { toAthenaSql } from 'secret-events/aws';
 *
 * const { query, executionParameters } = toAthenaSql(
 *   { name: 'GetSecretValue', 'actor.credential': 'AKIAIOSFODNN7EXAMPLE' },
 *   { table: 'security.cloudtrail_logs', from: new Date('2026-11-01T00:00:00Z') },
 * );
 * console.log({ QueryString: query, ExecutionParameters: executionParameters });
 * ```
 */
export function toAthenaSql(filter: Filter, options: AthenaSqlOptions = {}): AthenaSqlQuery {
  const { table = 'cloudtrail_logs', order = 'newest-first', limit } = options;
  const { reach, exact, widened } = compileRecords(filter, SQL, options);
  const conditions = [
    ...(options.from ? [since(options.from, 'from')] : []),
    ...(options.to ? [before(options.to, 'to')] : []),
    ...(typeof reach === 'object' ? [reach.query] : reach === 'nothing' ? [sql('false')] : []),
  ];
  const where = conditions.length === 0 ? undefined : allOf(conditions);
  const query = [
    `SELECT * FROM ${identifier(table)}`,
    ...(where ? [`WHERE ${where.text}`] : []),
    `ORDER BY eventtime ${order === 'newest-first' ? 'DESC' : 'ASC'}`,
    ...(limit === undefined ? [] : [`LIMIT ${wholeNumber(limit)}`]),
  ].join(' ');
  const parameters = where?.rest ?? [];
  const executionParameters = parameters.map((value) => `'${value.replaceAll("'", "''")}'`);
  return { query, parameters, executionParameters, exact, widened, nothing: reach === 'nothing' };
}

function wholeNumber(limit: number): number {
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new AuditError('invalid-argument', `limit must be a whole number from 1, not ${limit}`);
}

function identifier(table: string): string {
  const parts = table.split('.');
  if (parts.length > 3 || parts.some((part) => part === '' || /\p{Cc}/u.test(part))) {
    throw new AuditError(
      'invalid-argument',
      `table must be a name such as "cloudtrail_logs" or "security.cloudtrail_logs", not ${JSON.stringify(table)}`,
    );
  }
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
}
