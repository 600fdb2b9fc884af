/** Filter patterns that are terms: `ERROR "exact phrase" -WARN`, `?either ?or`, `%regex%`. */
import { regexTest, type ValueTest } from './pattern-value.ts';
import { invalidPattern } from './service-error.ts';

const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|(\w+))(?=\s|$)/sy;

/** @internal */
export function compileTermPattern(text: string): { test(message: string): boolean; readonly regexes: number } {
  const included: ValueTest[] = [];
  const optional: ValueTest[] = [];
  const excluded: ValueTest[] = [];
  let regexes = 0;
  let position = 0;
  while (position < text.length) {
    TERM.lastIndex = position;
    const found = TERM.exec(text);
    if (!found) throw invalidPattern('quote a term that has other characters than letters and digits', position);
    const [, sign, quoted, regex, word] = found;
    const term = quoted?.replace(/\\(["\\])/g, '$1') ?? word ?? '';
    const test = regex === undefined ? contains(term) : regexTest(regex, position);
    if (regex !== undefined) regexes++;
    (sign === '?' ? optional : sign === '-' ? excluded : included).push(test);
    position = TERM.lastIndex;
    while (/\s/.test(text[position] ?? '')) position++;
  }
  // Beside other terms, those with a question mark are ignored.
  const either = included.length === 0 && excluded.length === 0 ? optional : [];
  const test = (message: string) =>
    included.every((term) => term(message)) &&
    !excluded.some((term) => term(message)) &&
    (either.length === 0 || either.some((term) => term(message)));
  return { test, regexes };
}

/** A term of nothing but space is in every message. */
function contains(term: string): ValueTest {
  return term.trim() === '' ? () => true : (message) => String(message).includes(term);
}
