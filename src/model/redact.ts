/**
 * Takes values that may be secrets out of a record. Providers promise to leave them out; promises break, and a tool
 * that copies audit records into files and terminals must not be the one that spreads them.
 */

/** What stands where a value was. */
export const REDACTED = '[redacted]';

/** Below this nesting a record is no audit record any more; the rest is cut off so that nothing can overflow a stack. */
const MAX_DEPTH = 48;

// Key names without case, `_`, `-` and `.`. Whole names only: `passwordLength` is no password.
const SECRET_KEYS: ReadonlySet<string> = new Set(
  `secretstring secretbinary secretvalue secretdata payload plaintext plaintextsecret
  password passwd pwd passphrase masteruserpassword masterpassword newpassword oldpassword
  currentpassword previouspassword userpassword adminpassword randompassword dbpassword
  apikey xapikey iamapikey apitoken apisecret apikeysecret privatekey privatekeypem privatekeyplaintext keymaterial pkcs12
  secretaccesskey secretkey sessiontoken securitytoken accesstoken refreshtoken idtoken bearertoken
  authtoken rotationtoken clienttokensecret vaulttoken wrappingtoken xvaulttoken unsealkey roottoken
  clientsecret sharedsecret consumersecret webhooksecret signingsecret connectionstring hmacsecret
  authorization credentialspassword samlassertion webidentitytoken`.split(/\s+/),
);
// What people and services put before the word: `rdsMasterUserPassword`, `tls_private_key`.
const SECRET_ENDING = /(?:password|passphrase|privatekey|secretstring|secretbinary)$/;

/** Values that providers themselves put in place of a secret, and values that cannot be one. */
const HARMLESS =
  /^(?:\*+|x{3,}|\[?redacted\]?|\(?(?:sensitive|hidden)\)?|<(?:sensitive|redacted|hidden)[^<>]*>|sensitiveDataRemoved|HIDDEN_DUE_TO_SECURITY_REASONS|true|false|null|)$/i;

/** CloudTrail cuts a field at 100 KB; a longer broken text would overflow the stack of the expression below. */
const MAX_FRAGMENT = 1_000_000;

// One member of a JSON text that cannot be parsed, such as one that was cut short: its key, and its text as far as it goes.
const MEMBER = /"([\w .-]{1,64})"(\s*:\s*)"((?:[^"\\]|\\[\s\S])*)(?:"|\\?$)/g;

/** A record without secret values, and the paths of those that were taken out. */
export interface Redaction<T> {
  readonly value: T;
  readonly paths: readonly string[];
}

const NONE: readonly string[] = [];

/**
 * Copies only what it changes: without a finding the very same object comes back. A record nested deeper than any
 * audit record is cut off at that depth, so that nothing that walks it later can overflow a stack.
 *
 * @internal
 */
export function redact<T extends object>(record: T): Redaction<T> {
  const paths: string[] = [];
  const value = cleanObject(record as Record<string, unknown>, '', 0, paths) as T;
  return value === record ? { value, paths: NONE } : { value, paths };
}

function clean(value: unknown, path: string, depth: number, paths: string[]): unknown {
  if (typeof value === 'string') return cleanText(value, path, '', depth, paths);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) {
    paths.push(path);
    return REDACTED;
  }
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const before: unknown = value[i];
      if (typeof before === 'string' && !mayBeJson(before)) continue;
      const after = clean(before, `${path}[${i}]`, depth + 1, paths);
      if (after !== before) {
        copy ??= value.slice();
        copy[i] = after;
      }
    }
    return copy ?? value;
  }
  return cleanObject(value as Record<string, unknown>, `${path}.`, depth, paths);
}

function cleanObject(value: Record<string, unknown>, prefix: string, depth: number, paths: string[]): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const before = value[key];
    const kind = kindOfKey(key);
    // Nearly all there is in a record leaves here, and this is asked for each of its members.
    if (kind === 'plain') {
      if (typeof before === 'string' ? !mayBeJson(before) : typeof before !== 'object') continue;
    }
    if (before === null || typeof before === 'boolean' || !Object.hasOwn(value, key)) continue;
    let after: unknown;
    if ((kind === 'secret' || (kind === 'paired' && isValueOfSecret(value))) && mayBeSecret(before)) {
      after = REDACTED;
      paths.push(prefix + key);
    } else if (typeof before === 'string') {
      after = cleanText(before, prefix, key, depth, paths);
    } else if (typeof before === 'object') {
      after = clean(before, prefix + key, depth + 1, paths);
    } else continue;
    if (after === before) continue;
    copy ??= { ...value };
    // The copy owns every key of the record, __proto__ too, so this never runs a setter.
    copy[key] = after;
  }
  return copy ?? value;
}

/** A text may be JSON (IBM's requestData, request bodies, policies), and the secret in it. */
function cleanText(text: string, prefix: string, key: string, depth: number, paths: string[]): string {
  if (!mayBeJson(text)) return text;
  let inner: unknown;
  try {
    inner = JSON.parse(text);
  } catch {
    return cleanFragment(text, prefix + key, paths);
  }
  const after = clean(inner, prefix + key, depth + 1, paths);
  return after === inner ? text : JSON.stringify(after);
}

/** JSON text that is cut short or otherwise broken still shows its members. */
function cleanFragment(text: string, path: string, paths: string[]): string {
  if (text.length > MAX_FRAGMENT) {
    paths.push(path);
    return REDACTED;
  }
  return text.replace(MEMBER, (found: string, key: string, colon: string, value: string) => {
    if (!isSecretKey(key) || !mayBeSecret(value)) return found;
    paths.push(`${path}.${key}`);
    return `"${key}"${colon}"${REDACTED}"`;
  });
}

// How JSON with members begins, be it text inside text. The second character spares a try at `[S3Console/0.4]`, and an
// attempt that fails costs as much as everything else that is done to a record.
const JSON_START = /^\s*(?:"\s*)?(?:\{\s*\\?"|\[\s*[{["\d\-tfn])/;

function mayBeJson(text: string): boolean {
  if (text.length < 8) return false;
  const first = text.charCodeAt(0);
  // { or [, else white space, a quotation mark or a byte order mark before it.
  return (first === 0x7b || first === 0x5b || first <= 0x22 || first === 0xfeff) && JSON_START.test(text);
}

/** What a key says of its value: that it is a secret, that the name beside it tells, or nothing. */
type KeyKind = 'secret' | 'paired' | 'plain';

const keyCache = new Map<string, KeyKind>();

function kindOfKey(key: string): KeyKind {
  const known = keyCache.get(key);
  if (known !== undefined) return known;
  const word = key.length <= 64 ? key.toLowerCase().replace(/[_\-. ]/g, '') : '';
  const isSecret = SECRET_KEYS.has(word) || SECRET_ENDING.test(word);
  const isPaired = key === 'value' || key === 'Value' || key === 'parameterValue';
  const kind = isSecret ? 'secret' : isPaired ? 'paired' : 'plain';
  // Keys come from records, so the cache must not grow with them.
  if (keyCache.size < 2000 && key.length <= 64) keyCache.set(key, kind);
  return kind;
}

function isSecretKey(key: string): boolean {
  return kindOfKey(key) === 'secret';
}

/** `{ name: 'DB_PASSWORD', value: '...' }`: environment variables and parameters are lists of such pairs. */
function isValueOfSecret(pair: Record<string, unknown>): boolean {
  const name = pair['name'] ?? pair['key'] ?? pair['parameterKey'] ?? pair['Name'] ?? pair['Key'];
  return typeof name === 'string' && isSecretKey(name);
}

function mayBeSecret(value: unknown): boolean {
  if (typeof value === 'string') return !HARMLESS.test(value);
  if (typeof value === 'number') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
