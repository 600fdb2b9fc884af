/** The values of Logs Insights: how they compare, what functions make of them, and the fields of a message. */

/** `undefined` is a field that is not there, or a condition that is neither true nor false. @internal */
export type Value = string | number | boolean | undefined;

/** A value as the answer to a condition. @internal */
export function flag(value: Value): boolean | undefined {
  if (value === undefined) return undefined;
  return value === true || value === 1;
}

/** A boolean of the log equals `true` and `1`, or `false` and `0`, as text or not. @internal */
export function equal(a: Value, b: Value): boolean {
  if (typeof a === 'boolean') return typeof b === 'boolean' ? a === b : spelled(a).includes(String(b));
  if (typeof b === 'boolean') return equal(b, a);
  if (typeof a === typeof b) return a === b;
  return numeric(a) !== undefined && numeric(a) === numeric(b);
}

function spelled(value: boolean): readonly string[] {
  return value ? ['true', '1'] : ['false', '0'];
}

/** Order: numbers by value, everything else as text. @internal */
export function compare(a: Value, b: Value): number {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined) return x - y;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function numeric(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return undefined;
  return Number(value);
}

/** The order of `sort`: missing first, then texts with their digits by value, then numbers. @internal */
export function naturalCompare(a: Value, b: Value): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return x !== undefined ? 1 : -1;
  const [left, right] = [chunks(String(a)), chunks(String(b))];
  for (const [index, chunk] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = /^\d/.test(chunk) && /^\d/.test(other) ? chunk.length - other.length || compare(chunk, other) : 0;
    if (order !== 0) return order;
    if (chunk !== other) return chunk < other ? -1 : 1;
  }
  return left.length - right.length;
}

function chunks(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

/** By name in lower case. @internal */
export const FUNCTIONS: ReadonlyMap<string, (values: readonly Value[]) => Value> = new Map([
  ['ispresent', ([value]) => value !== undefined],
  ['isempty', ([value]) => value === undefined || value === ''],
  ['isblank', ([value]) => value === undefined || String(value).trim() === ''],
  ['strcontains', ([text, part]) => onText(text, (seen) => Number(seen.includes(String(part))))],
  ['tolower', ([text]) => onText(text, (seen) => seen.toLowerCase())],
  ['toupper', ([text]) => onText(text, (seen) => seen.toUpperCase())],
  ['strlen', ([text]) => onText(text, (seen) => [...seen].length)],
  ['coalesce', (values) => values.find((value) => value !== undefined)],
  ['tomillis', ([time]) => time],
] as [string, (values: readonly Value[]) => Value][]);

function onText(value: Value, make: (text: string) => Value): Value {
  return value === undefined ? undefined : make(String(value));
}

const MOST_FIELDS = 200;

/** The fields that are discovered in a message: its leaves by dotted path, the first 200 of them. @internal */
export function discoverFields(json: unknown): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  const visit = (value: unknown, path: string): void => {
    if (fields.size >= MOST_FIELDS) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') fields.set(path, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? named(key) : `${path}.${key}`);
    }
  };
  if (typeof json === 'object' && json !== null) visit(json, '');
  return fields;
}

/** A field whose name begins with `@` gets a second one, to tell it from those of the service. */
function named(key: string): string {
  return key.startsWith('@') ? `@${key}` : key;
}
