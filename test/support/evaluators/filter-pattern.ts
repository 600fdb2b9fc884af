/**
 * CloudWatch Logs filter patterns for JSON, read from the grammar of the CloudWatch Logs User Guide
 * (`FilterAndPatternSyntax`) and, for wildcards within texts, from its edition of 2020. Knows nothing of the compiler.
 */
import { Scanner } from './scanner.ts';
import { every, opposite, some, type Verdict } from './verdict.ts';

export type PatternEvaluator = (record: unknown) => Verdict;

const LIMIT = { characters: 1024, wildcards: 3, regexes: 2 };
const MISSING = Symbol('missing');

interface Tally {
  wildcards: number;
  regexes: number;
}

/** @throws SyntaxError with the position for a pattern that CloudWatch Logs would refuse. */
export function readFilterPattern(pattern: string): PatternEvaluator {
  if (pattern.length > LIMIT.characters) throw new SyntaxError(`${pattern.length} characters`);
  if (/\p{Cc}/u.test(pattern)) throw new SyntaxError('a control character, of which nothing is documented');
  if (pattern.trim() === '') return () => true;
  const scanner = new Scanner(pattern);
  const tally: Tally = { wildcards: 0, regexes: 0 };
  scanner.need(/\{/, '{');
  const evaluate = either(scanner, tally);
  scanner.need(/\}/, '}');
  scanner.end();
  if (tally.wildcards > LIMIT.wildcards) throw new SyntaxError(`${tally.wildcards} wildcards`);
  if (tally.regexes > LIMIT.regexes) throw new SyntaxError(`${tally.regexes} regular expressions`);
  return evaluate;
}

function either(scanner: Scanner, tally: Tally): PatternEvaluator {
  const parts = [both(scanner, tally)];
  while (scanner.take(/\|\|/)) parts.push(both(scanner, tally));
  return (record) => some(parts.map((part) => part(record)));
}

function both(scanner: Scanner, tally: Tally): PatternEvaluator {
  const parts = [condition(scanner, tally)];
  while (scanner.take(/&&/)) parts.push(condition(scanner, tally));
  return (record) => every(parts.map((part) => part(record)));
}

function condition(scanner: Scanner, tally: Tally): PatternEvaluator {
  if (scanner.take(/\(/)) {
    const inner = either(scanner, tally);
    scanner.need(/\)/, ')');
    return inner;
  }
  const [, path = ''] = scanner.need(/\$((?:\.[\w-]+|\.\*|\[\d+\]|\[\*\]|\.\['[^']+'\])+)/, 'selector');
  const steps = [...path.matchAll(/\.\['([^']+)'\]|\.([\w-]+|\*)|\[(\d+|\*)\]/g)].map(
    ([, a, b, c]) => a ?? b ?? c ?? '',
  );
  const stars = steps.filter((step) => step === '*').length;
  if (stars > 1) throw new SyntaxError(`${stars} wildcards in $${path}`);
  const holds = test(scanner, tally, stars > 0);
  // A wildcard selects several values, of which one must meet the condition.
  return (record) => some(select(record, steps).map(holds));
}

function test(scanner: Scanner, tally: Tally, wild: boolean): (value: unknown) => Verdict {
  const postfix = scanner.take(/IS\s+(NULL|TRUE|FALSE)\b|NOT\s+EXISTS\b/);
  if (postfix) {
    const literal = { NULL: null, TRUE: true, FALSE: false }[postfix[1] ?? ''];
    return (value) => (postfix[1] === undefined ? value === MISSING : value === literal);
  }
  const operator = scanner.need(/!=|<=|>=|=|<|>/, 'operator')[0];
  const [, regex, quoted, bare] = scanner.need(/%([^%]+)%|"((?:[^"\\]|\\.)*)"|([^\s()&|"%{}=!<>]+)/s, 'value');
  if (regex !== undefined) tally.regexes++;
  const text = bare ?? quoted?.replace(/\\(["\\])/g, '$1');
  if (wild || (text !== undefined && /^\*|\*$/.test(text))) tally.wildcards++;
  const equals = regex === undefined ? comparison(text ?? '', bare !== undefined, operator) : expression(regex);
  return operator === '!=' ? (value) => differs(value, equals) : equals;
}

function comparison(text: string, bare: boolean, operator: string): (value: unknown) => Verdict {
  const number = bare && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
  if (operator === '=' || operator === '!=') return (value) => equal(value, text, number);
  if (number === undefined) throw new SyntaxError(`${operator} takes a number, not ${text}`);
  const ordered = { '<': (a: number) => a < number, '<=': (a: number) => a <= number, '>': (a: number) => a > number };
  const holds = ordered[operator as '<'] ?? ((a: number) => a >= number);
  return (value) => (typeof value === 'number' ? holds(value) : isPlain(value) ? undefined : false);
}

function equal(value: unknown, text: string, number: number | undefined): Verdict {
  // The filter does not apply where its selector meets no value.
  if (!isPlain(value)) return false;
  if (typeof value === 'number' && number !== undefined) return value === number;
  if (typeof value !== 'string') return value === null && text !== '*' ? false : undefined;
  if (value === '' && text === '*') return undefined;
  const [, start, middle = '', end] = /^(\*?)(.*?)(\*?)$/s.exec(text) ?? [];
  if (text === '*') return true;
  if (start && end) return value.includes(middle);
  if (start) return value.endsWith(middle);
  return end ? value.startsWith(middle) : value === text;
}

function expression(regex: string): (value: unknown) => Verdict {
  if (!/^(?:[A-Za-z0-9:_#=@/;,\-^$?[\]{}|*+.]|\\(?:x[0-9A-Fa-f]{2}|[dDsSwW]|[^A-Za-z0-9]))+$/.test(regex)) {
    throw new SyntaxError(`unsupported regular expression %${regex}%`);
  }
  const pattern = new RegExp(regex);
  return (value) => (typeof value === 'string' ? pattern.test(value) : isPlain(value) ? undefined : false);
}

/** What `!=` makes of a missing value is not documented; of a list or an object it never holds. */
function differs(value: unknown, equals: (value: unknown) => Verdict): Verdict {
  if (value === MISSING || value === null) return undefined;
  return isPlain(value) ? opposite(equals(value)) : false;
}

function isPlain(value: unknown): boolean {
  return value !== MISSING && (typeof value !== 'object' || value === null);
}

function select(value: unknown, steps: readonly string[]): unknown[] {
  const [step, ...others] = steps;
  if (step === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [MISSING];
  if (step === '*') return Object.values(value).flatMap((one) => select(one, others));
  return Object.hasOwn(value, step) ? select((value as Record<string, unknown>)[step], others) : [MISSING];
}
