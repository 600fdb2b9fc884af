/** The right side of a comparison in a filter pattern: a text with wildcards at its ends, a number, or a regex. */
import { invalidPattern } from './service-error.ts';

/** @internal */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Whether a value of a log event equals what the pattern says. @internal */
export type ValueTest = (value: string | number) => boolean;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that an unquoted word is, or `undefined`. @internal */
export function numberOf(word: string): number | undefined {
  return NUMBER.test(word) ? Number(word) : undefined;
}

/** Equality with a quoted text, or with an unquoted word that is no number. @internal */
export function textTest(text: string): ValueTest {
  const open = text.startsWith('*');
  const close = text.length > 1 && text.endsWith('*');
  const core = text.slice(open ? 1 : 0, close ? -1 : undefined);
  return (value) => {
    const seen = String(value);
    if (open && close) return seen.includes(core);
    if (open) return seen.endsWith(core);
    return close ? seen.startsWith(core) : seen === core;
  };
}

/** Equality with an unquoted number: by value with a number, by its text with a text. @internal */
export function numberTest(word: string, number: number): ValueTest {
  return (value) => (typeof value === 'number' ? value === number : value === word);
}

/** Order; only numbers have one. @internal */
export function orderTest(operator: Exclude<Operator, '=' | '!='>, bound: number): ValueTest {
  return (value) => {
    if (typeof value !== 'number') return false;
    if (operator === '<') return value < bound;
    if (operator === '<=') return value <= bound;
    return operator === '>' ? value > bound : value >= bound;
  };
}

// One character of a regex: an escape, or one of those that need none. The space is not on the list of the
// documentation, but in its examples.
const REGEX = /^(?:\\x[0-9A-Fa-f]{2}|\\[dDsSwW]|\\[^A-Za-z0-9]|[A-Za-z0-9:_#=@/;, ^$?[\]{}|*+.-])*$/;

/** A search for a regex; `source` is what stands between the percent signs. @internal */
export function regexTest(source: string, position: number): ValueTest {
  if (source === '') throw invalidPattern('a regular expression is empty', position);
  if (!REGEX.test(source)) {
    throw invalidPattern('a regular expression has characters that are not supported', position);
  }
  try {
    // Either bound of {m,n} may be left out.
    const regex = new RegExp(source.replace(/\{\s*,/g, '{0,').replace(/\{(\d+),\s+/g, '{$1,'));
    return (value) => regex.test(String(value));
  } catch {
    throw invalidPattern(`%${source}% is no regular expression`, position);
  }
}
