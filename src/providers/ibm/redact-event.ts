/** Takes out of an activity tracking event what may be the value of a secret. */
import { type JsonObject, member } from '../../model/record.ts';
import { REDACTED, type Redaction, redact } from '../../model/redact.ts';

/**
 * Members that hold a secret's value in the Secrets Manager API and nothing else in a request or an answer of it, but
 * are everyday words elsewhere, so that the general list cannot have them: `data` of a key-value secret and of Vault's
 * key-value engine, `credentials` of service and custom credentials.
 *
 * Source: IBM Cloud API docs, `secrets-manager-v2`.
 */
const CONTENT_KEYS: ReadonlySet<string> = new Set(['data', 'credentials', 'credentials_content', 'credentialsContent']);
const CONTENT_IN_TEXT = /"(?:data|credentials|credentials_content|credentialsContent)\\*"\s*:/;
const JSON_START = /^\s*[[{]/;
/** Where {@link redact} cuts a record off. */
const MAX_DEPTH = 48;

/**
 * {@link redact}, and for Secrets Manager also the content of secrets in `requestData` and `responseData`. IBM says
 * that its events hold no secret values; this is for the day on which one does.
 */
export function redactEvent(record: JsonObject): Redaction<JsonObject> {
  const action = member(record, 'action');
  const own = typeof action === 'string' && action.startsWith('secrets-manager.');
  const paths: string[] = [];
  let value = record;
  if (own) {
    value = replaced(value, 'requestData', paths);
    value = replaced(value, 'responseData', paths);
  }
  const general = redact(value);
  return paths.length === 0 ? general : { value: general.value, paths: [...paths, ...general.paths] };
}

/**
 * The same for an event in its old wrapping. `payload` is the name of a secret's value everywhere else, so the event in
 * it is cleaned by itself and put back.
 */
export function redactWrapped(record: JsonObject, payload: JsonObject): Redaction<JsonObject> {
  const inner = redactEvent(payload);
  const { payload: _, ...around } = record;
  const outer = redact(around);
  if (inner.value === payload && outer.value === around) return { value: record, paths: [] };
  const paths = [...inner.paths.map((path) => `payload.${path}`), ...outer.paths];
  return { value: { ...record, ...outer.value, payload: inner.value }, paths };
}

/** The same for an object of the Secrets Manager API, whose `custom_metadata` may hold anything. */
export function redactAnswer(answer: JsonObject): Redaction<JsonObject> {
  const paths: string[] = [];
  const value = hide(answer, '', 0, paths) as JsonObject;
  const general = redact(value);
  return paths.length === 0 ? general : { value: general.value, paths: [...paths, ...general.paths] };
}

function replaced(record: JsonObject, key: string, paths: string[]): JsonObject {
  const before = member(record, key);
  const after = hide(before, key, 0, paths);
  return after === before ? record : { ...record, [key]: after };
}

function hideInText(text: string, path: string, depth: number, paths: string[]): string {
  if (!JSON_START.test(text)) return text;
  let before: unknown;
  try {
    before = JSON.parse(text);
  } catch {
    // Cut off or broken, so it cannot be cleaned inside: with such a member in it, it goes as a whole.
    if (!CONTENT_IN_TEXT.test(text)) return text;
    paths.push(path);
    return REDACTED;
  }
  const after = hide(before, path, depth + 1, paths);
  return after === before ? text : JSON.stringify(after);
}

function hide(value: unknown, path: string, depth: number, paths: string[]): unknown {
  if (typeof value === 'string') return hideInText(value, path, depth, paths);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, index) => hide(item, `${path}[${index}]`, depth + 1, paths));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const members = value as JsonObject;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(members)) {
    const before = members[key];
    const where = path === '' ? key : `${path}.${key}`;
    const content = CONTENT_KEYS.has(key) && before !== REDACTED && hasContent(before);
    const after = content ? REDACTED : hide(before, where, depth + 1, paths);
    if (content) paths.push(where);
    if (after === before) continue;
    copy ??= { ...members };
    // Not an assignment: a record may hold a key named __proto__, and an assignment would run its setter.
    Object.defineProperty(copy, key, { value: after, enumerable: true, writable: true, configurable: true });
  }
  return copy ?? value;
}

function hasContent(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
