/** JSON that travels as text: a record inside a log line, parameters that an exporter turned into text. */
import { isObject, type JsonObject, member } from './record.ts';

/** What a text says as JSON; `undefined` when it is none. @internal */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object that a text holds; `undefined` when it holds something else or is no JSON. @internal */
export function parseObject(text: string): JsonObject | undefined {
  // Most texts are no JSON, and an error costs far more than a look at the first characters.
  if (text.charCodeAt(0) !== 0x7b && !/^\s*\{/.test(text)) return undefined;
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

/** The object under `key`, whether it stands there as one or as JSON text, as services and exporters make of it. @internal */
export function objectAt(record: unknown, key: string): JsonObject | undefined {
  const value = member(record, key);
  if (typeof value === 'string') return parseObject(value);
  return isObject(value) ? value : undefined;
}
