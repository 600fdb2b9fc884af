/** Reading values out of a record that may be hostile: own properties only, and only of the expected type. */

/** An object of unknown content, as JSON.parse makes it. */
export type JsonObject = { readonly [key: string]: unknown };

/** @internal */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member `key` if the record itself has it; what it inherits does not count. @internal */
export function member(record: unknown, key: string): unknown {
  if (typeof record !== 'object' || record === null) return undefined;
  const value = (record as JsonObject)[key];
  // Most of what is looked for is missing, and to find that out twice costs twice.
  return value !== undefined && Object.hasOwn(record, key) && !Array.isArray(record) ? value : undefined;
}

/** A non-empty string under `key`, else `undefined`. @internal */
export function textOf(record: unknown, key: string): string | undefined {
  const value = member(record, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An object under `key`, else `undefined`. @internal */
export function objectOf(record: unknown, key: string): JsonObject | undefined {
  const value = member(record, key);
  return isObject(value) ? value : undefined;
}

/** An array under `key`, else an empty one. @internal */
export function listOf(record: unknown, key: string): readonly unknown[] {
  const value = member(record, key);
  return Array.isArray(value) ? value : [];
}

/** A boolean under `key`, whether written as one or as the text "true" / "false". @internal */
export function flagOf(record: unknown, key: string): boolean | undefined {
  const value = member(record, key);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Drops the keys whose value is `undefined`, so that a missing field is missing and not there with no value. @internal */
export function compact<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    const value = (fields as Record<string, unknown>)[key];
    if (value !== undefined) out[key] = value;
  }
  return out as T;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
// Groups of hexadecimal digits; how many there may be depends on the `::`, which is counted below.
const IPV6_GROUPS = /^(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?$/i;

/** Whether a text is an IP address; providers put service names into the same field. @internal */
export function isAddress(value: string): boolean {
  return value.length <= 45 && (IPV4.test(value) || isIpv6(value));
}

function isIpv6(value: string): boolean {
  const last = value.lastIndexOf(':');
  if (last < 0) return false;
  // ::ffff:192.0.2.1 ends in an IPv4 address, which stands for two groups.
  const dotted = value.includes('.', last);
  if (dotted && !IPV4.test(value.slice(last + 1))) return false;
  const [before = '', after, ...more] = (dotted ? `${value.slice(0, last)}:0:0` : value).split('::');
  if (more.length > 0 || !IPV6_GROUPS.test(before) || !IPV6_GROUPS.test(after ?? '')) return false;
  const groups = count(before) + count(after ?? '');
  return after === undefined ? groups === 8 : groups < 8;
}

function count(groups: string): number {
  return groups === '' ? 0 : groups.split(':').length;
}
