/** What is left of a record once the rest of it has found its place. */
import { isObject, type JsonObject } from '../model/record.ts';

/** A copy under construction. */
export type Leftovers = Record<string, unknown>;

/** Whether a member says anything. */
export function says(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Sets a member, also one that a record calls `__proto__`, without running a setter. */
export function put(target: Leftovers, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

/**
 * The members of an object that say something and that `isPlaced` does not know; `undefined` where none is left. What is
 * no object is left as it is.
 */
export function leftOf(value: unknown, isPlaced: (key: string, value: unknown) => boolean): unknown {
  if (!isObject(value)) return says(value) ? value : undefined;
  let left: Leftovers | undefined;
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const member = value[key];
    if (!says(member) || isPlaced(key, member)) continue;
    left ??= {};
    put(left, key, member);
  }
  return left;
}

/** {@link leftOf}, set under a key where something is left. */
export function putLeft(
  target: Leftovers,
  key: string,
  value: unknown,
  isPlaced: (key: string, value: unknown) => boolean,
): void {
  const left = leftOf(value, isPlaced);
  if (left !== undefined) put(target, key, left);
}

/** Sets every member that says something. */
export function putAll(target: Leftovers, record: JsonObject): void {
  for (const key in record) {
    if (Object.hasOwn(record, key) && says(record[key])) put(target, key, record[key]);
  }
}
