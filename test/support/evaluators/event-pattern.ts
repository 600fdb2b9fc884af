/**
 * EventBridge event patterns, read from the EventBridge User Guide (`eb-create-pattern`, `eb-create-pattern-operators`,
 * `eb-event-patterns-arrays`) and, for lists of objects, from github.com/aws/event-ruler. Knows nothing of the compiler.
 */
import { every, opposite, some, type Verdict } from './verdict.ts';

type Json = Readonly<Record<string, unknown>>;

const LIMIT = { characters: 2048, combinations: 1000 };
const OPERATORS = ['exists', 'prefix', 'suffix', 'wildcard', 'equals-ignore-case', 'anything-but', 'numeric', 'cidr'];

/** @throws SyntaxError for a pattern that EventBridge would refuse. */
export function readEventPattern(pattern: unknown): (event: unknown) => Verdict {
  const text = JSON.stringify(pattern);
  if (text.length > LIMIT.characters) throw new SyntaxError(`${text.length} characters`);
  if (combinations(asObject(pattern)) > LIMIT.combinations) throw new SyntaxError('too many combinations');
  return (event) => matchesObject(asObject(pattern), event);
}

function combinations(pattern: Json): number {
  let product = 1;
  for (const [key, value] of Object.entries(pattern)) {
    if (key === '$or') {
      if (!Array.isArray(value) || value.length < 2) throw new SyntaxError('$or takes two patterns or more');
      product *= value.reduce((sum, part) => sum + combinations(asObject(part)), 0);
    } else if (Array.isArray(value)) {
      if (value.length === 0) throw new SyntaxError(`${key} matches nothing`);
      value.forEach(check);
    } else product *= combinations(asObject(value));
  }
  if (Object.keys(pattern).length === 0) throw new SyntaxError('an empty pattern');
  return product;
}

function check(matcher: unknown): void {
  if (typeof matcher !== 'object' || matcher === null) return;
  const [[operator, operand] = [], more] = Object.entries(matcher);
  if (operator === undefined || more || !OPERATORS.includes(operator)) throw new SyntaxError(JSON.stringify(matcher));
  if (operator === 'anything-but' && typeof operand === 'object' && !Array.isArray(operand)) check(operand);
  if (operator === 'anything-but' && Array.isArray(operand) && operand.length === 0)
    throw new SyntaxError('anything-but nothing');
  if (operator === 'prefix' || operator === 'suffix') if (operand === '') throw new SyntaxError(`an empty ${operator}`);
  if (operator === 'wildcard') wildcard(String(operand));
}

function matchesObject(pattern: Json, event: unknown): Verdict {
  if (Array.isArray(event)) return some(event.map((element) => matchesObject(pattern, element)));
  return every(
    Object.entries(pattern).map(([key, value]) => {
      if (key === '$or') return some((value as unknown[]).map((part) => matchesObject(asObject(part), event)));
      const found = isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
      if (!Array.isArray(value)) return matchesObject(asObject(value), found ?? {});
      return some(value.map((matcher) => matchesField(matcher, found)));
    }),
  );
}

function matchesField(matcher: unknown, found: unknown): Verdict {
  const values = (Array.isArray(found) ? found.flat(9) : [found]).filter(
    (value) => value !== undefined && !isObject(value),
  );
  if (isObject(matcher) && 'exists' in matcher) return values.length > 0 === matcher['exists'];
  return some(values.map((value) => matchesValue(matcher, value)));
}

function matchesValue(matcher: unknown, value: unknown): Verdict {
  if (!isObject(matcher)) return matcher === value;
  const [[operator, operand] = []] = Object.entries(matcher);
  if (operator === 'anything-but') {
    if (typeof value !== 'string') return undefined;
    if (Array.isArray(operand)) return !operand.includes(value);
    return opposite(matchesValue(operand, value));
  }
  if (typeof value !== 'string') return false;
  const text = String(operand);
  if (operator === 'prefix') return value.startsWith(text);
  if (operator === 'suffix') return value.endsWith(text);
  if (operator === 'equals-ignore-case') return value.toLowerCase() === text.toLowerCase();
  return operator === 'wildcard' ? wildcard(text).test(value) : undefined;
}

/** `*` stands for any characters; a backslash makes it, or another backslash, literal. */
function wildcard(text: string): RegExp {
  const parts = text.match(/\\[\\*]|[^\\]/gsu) ?? [];
  if (parts.join('') !== text) throw new SyntaxError(`a backslash before something else in ${text}`);
  if (parts.some((part, i) => part === '*' && parts[i + 1] === '*')) throw new SyntaxError(`** in ${text}`);
  return new RegExp(`^${parts.map((part) => (part === '*' ? '.*' : literal(part))).join('')}$`, 'su');
}

function literal(part: string): string {
  return `\\u{${[...part].at(-1)?.codePointAt(0)?.toString(16)}}`;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Json {
  if (!isObject(value)) throw new SyntaxError(`an object expected, not ${JSON.stringify(value)}`);
  return value;
}
