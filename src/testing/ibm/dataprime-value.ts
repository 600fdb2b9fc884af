/** Values of DataPrime, and what can be done with them. */
import { nanosecondsOf } from './nanoseconds.ts';

/** A time is nanoseconds in a bigint. `undefined` is what is not known. @internal */
export type Value = string | number | bigint | boolean | null | object | undefined;

/** @internal */
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Values of different kinds are not equal: a field of mixed kinds needs a cast. @internal */
export function compare(operator: Operator, left: Value, right: Value): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (left === null || right === null || typeof left !== typeof right || typeof left === 'object') return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

/** @internal */
export const CASTS: Readonly<Record<string, (value: Value) => Value>> = {
  string: (value) => (value === null || value === undefined ? value : textOf(value)),
  number: numberOf,
  num: numberOf,
  bool: (value) => (value === 'true' || value === true ? true : value === 'false' || value === false ? false : null),
  timestamp: (value) => (typeof value === 'string' ? (nanosecondsOf(value) ?? null) : value),
};

function numberOf(value: Value): Value {
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** @internal */
export function textOf(value: NonNullable<Value>): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
