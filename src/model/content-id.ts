/** An id for records that bring none. */
// The subpath import of package.json: in Node its own hash, elsewhere the portable one.
import { sha256 } from '#sha256';

/**
 * `sha256:` and 32 hexadecimal digits over the record's content, whatever the order of its keys, so that one record read
 * from two places gets one id. A cryptographic hash, because parts of a record (a user agent) are chosen by strangers.
 *
 * @internal
 */
export function contentId(record: unknown): string {
  return `sha256:${sha256(canonical(record, 0)).slice(0, 32)}`;
}

// Nesting is bounded by redaction before a decoder asks for an id; the bound here is for callers that come first.
function canonical(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth > 64) return '"..."';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  const record = value as Record<string, unknown>;
  const members = Object.keys(record).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(record[key], depth + 1)}`).join(',')}}`;
}
