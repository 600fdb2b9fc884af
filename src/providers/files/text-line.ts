/** Lines around JSON that are no JSON: server-sent events, log prefixes, packed payloads. */

/** What a line that does not start as JSON does is good for. */
export type LineKind = 'ignored' | 'packed' | 'foreign';

// Server-sent events: a comment, or a field without records. An empty data field separates nothing that matters here.
const SSE_IGNORED = /^(?::|(?:event|id|retry):|data:\s*$)/;
const SSE_DATA = /^data:\s*$/;
// `2024-05-01T10:00:00Z stream ` before the record, as log tailing tools and container runtimes write it.
const STAMP = /^\d{4}-\d\d-\d\d[T ][^{"]*$/;
const BASE64 = /^H4sI[A-Za-z0-9+/]*={0,2}\s*$/;

/** The longest text that is taken for a prefix. */
export const MAX_PREFIX = 256;

/** Base64 of the first three bytes of every gzip stream. */
export const PACKED = 'H4sI';

/** Whether a whole line of server-sent events says nothing about records, by its start. @internal */
export function isIgnoredField(start: string): boolean {
  return SSE_IGNORED.test(start);
}

/** Whether JSON may follow behind this text on the same line. @internal */
export function isPrefix(text: string): boolean {
  return SSE_DATA.test(text) || STAMP.test(text);
}

/** What a whole line without JSON in it is. @internal */
export function kindOfLine(line: string): LineKind {
  if (isIgnoredField(line)) return 'ignored';
  return BASE64.test(line) ? 'packed' : 'foreign';
}
