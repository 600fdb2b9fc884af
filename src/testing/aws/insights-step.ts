/** What the commands of a Logs Insights query do to its rows. */
import type { Expression, Row } from './insights-expression.ts';
import { naturalCompare, type Value } from './insights-value.ts';

/** @internal */
export type Step = (rows: readonly Row[]) => readonly Row[];

/** A column of the result; without a value it is a field of the row. @internal */
export interface Column {
  readonly name: string;
  readonly value?: Expression;
}

/** @internal */
export interface SortKey {
  readonly value: Expression;
  readonly sign: 1 | -1;
}

/** The number of rows, or of those that have a value. @internal */
export interface Count {
  readonly name: string;
  readonly of: Expression | undefined;
}

/** Adds the columns that are more than a field, under their names. @internal */
export function computing(columns: readonly Column[]): Step {
  const computed = columns.flatMap(({ name, value }) => (value ? [{ name, value }] : []));
  const extend = (row: Row): Row => {
    const values = new Map(computed.map(({ name, value }) => [name, value(row)]));
    return { get: (name) => (values.has(name) ? values.get(name) : row.get(name)) };
  };
  return (rows) => rows.map(extend);
}

/** @internal */
export function sorting(keys: readonly SortKey[]): Step {
  return (rows) => {
    const keyed = rows.map((row) => ({ row, values: keys.map((key) => key.value(row)) }));
    keyed.sort((a, b) => {
      for (const [index, { sign }] of keys.entries()) {
        const order = naturalCompare(a.values[index], b.values[index]);
        if (order !== 0) return order * sign;
      }
      return 0;
    });
    return keyed.map((one) => one.row);
  };
}

/** @internal */
export function counting(by: readonly Column[], counts: readonly Count[]): Step {
  return (rows) => {
    const groups = new Map<string, { readonly first: Row; readonly rows: Row[] }>();
    for (const row of rows) {
      const key = JSON.stringify(by.map((column) => row.get(column.name) ?? null));
      const group = groups.get(key) ?? { first: row, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
    return [...groups.values()].map((group) => {
      const values = new Map<string, Value>(by.map((column) => [column.name, group.first.get(column.name)]));
      for (const { name, of } of counts) {
        values.set(name, of ? group.rows.filter((row) => of(row) !== undefined).length : group.rows.length);
      }
      return { get: (name) => values.get(name) };
    });
  };
}
