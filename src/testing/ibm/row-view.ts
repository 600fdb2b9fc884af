/** What a query sees of a row. */
import { isObject } from '../../model/record.ts';

/** The record, the labels and the metadata. @internal */
export interface RowView {
  readonly d: unknown;
  readonly l: Readonly<Record<string, string>>;
  readonly m: Readonly<Record<string, string | number | bigint>>;
}

/** One step down: to a member of an object, or to an element of a list. @internal */
export function below(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? value[Number(step)] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
