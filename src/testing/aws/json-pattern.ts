/** The JSON kind of filter pattern: `{ ($.a = "b*" || $.c NOT EXISTS) && $.d >= 5 }`. */
import type { PatternOptions } from './filter-pattern.ts';
import { parseSelector, type Selector } from './json-selector.ts';
import {
  numberOf,
  numberTest,
  type Operator,
  orderTest,
  regexTest,
  textTest,
  type ValueTest,
} from './pattern-value.ts';
import { invalidPattern } from './service-error.ts';

type Condition = (root: unknown) => boolean;

const MOST_WILDCARDS = 3;

/** @internal */
export function compileJsonPattern(text: string, options: PatternOptions) {
  const parser = new JsonPatternParser(text, options);
  const test = parser.parse();
  return { test, regexes: parser.regexes };
}

class JsonPatternParser {
  regexes = 0;
  readonly #text: string;
  readonly #options: PatternOptions;
  #position = 0;
  #wildcards = 0;

  constructor(text: string, options: PatternOptions) {
    this.#text = text;
    this.#options = options;
  }

  parse(): Condition {
    this.#expect('{');
    const condition = this.#either();
    this.#expect('}');
    if (this.#position < this.#text.length) throw this.#error('nothing may follow the closing brace');
    return condition;
  }

  #either(): Condition {
    const parts = [this.#both()];
    while (this.#take('||')) parts.push(this.#both());
    return parts.length === 1 && parts[0] ? parts[0] : (root) => parts.some((part) => part(root));
  }

  #both(): Condition {
    const parts = [this.#primary()];
    while (this.#take('&&')) parts.push(this.#primary());
    return parts.length === 1 && parts[0] ? parts[0] : (root) => parts.every((part) => part(root));
  }

  #primary(): Condition {
    if (!this.#take('(')) return this.#condition();
    const condition = this.#either();
    this.#expect(')');
    return condition;
  }

  #condition(): Condition {
    const selector = this.#selector();
    if (this.#takeWords('NOT', 'EXISTS')) return (root) => selector.resolve(root).length === 0;
    for (const [word, wanted] of [['NULL', null] as const, ['TRUE', true] as const, ['FALSE', false] as const]) {
      if (this.#takeWords('IS', word)) return (root) => selector.resolve(root).some((value) => value === wanted);
    }
    const operator = this.#operator();
    const test = operator === '=' || operator === '!=' ? this.#equality() : this.#order(operator);
    // A selector that reaches an object, an array, a boolean or null does not apply, whatever the operator.
    if (operator !== '!=') return (root) => selector.resolve(root).some((value) => isPlain(value) && test(value));
    return (root) => {
      const values = selector.resolve(root);
      if (values.length === 0) return this.#options.missingFieldNotEqual;
      return values.some((value) => isPlain(value) && !test(value));
    };
  }

  #selector(): Selector {
    this.#skipSpace();
    const selector = parseSelector(this.#text, this.#position);
    this.#wildcards += selector.wildcards;
    if (selector.wildcards > 1) throw this.#error('a selector has more than one wildcard');
    if (this.#wildcards > MOST_WILDCARDS) throw this.#error(`it has more than ${MOST_WILDCARDS} wildcard selectors`);
    this.#position = selector.end;
    return selector;
  }

  #operator(): Operator {
    for (const operator of ['!=', '<=', '>=', '=', '<', '>'] as const) if (this.#take(operator)) return operator;
    throw this.#error('an operator is expected');
  }

  #equality(): ValueTest {
    const quoted = this.#match(/"((?:[^"\\]|\\.)*)"/sy);
    if (quoted) return textTest((quoted[1] ?? '').replace(/\\(["\\])/g, '$1'));
    const regex = this.#match(/%([^%]*)%/y);
    if (regex) {
      this.regexes++;
      return regexTest(regex[1] ?? '', this.#position);
    }
    const word = this.#word();
    const number = numberOf(word);
    return number === undefined ? textTest(word) : numberTest(word, number);
  }

  #order(operator: Exclude<Operator, '=' | '!='>): ValueTest {
    this.#skipSpace();
    const start = this.#position;
    const number = this.#text[start] === '"' ? undefined : numberOf(this.#word());
    if (number === undefined) throw invalidPattern(`${operator} takes a number`, start);
    return orderTest(operator, number);
  }

  /** A number with its sign, or letters, digits and underscores; dots and asterisks as the examples have them. */
  #word(): string {
    const word = this.#match(/[+-]?[\d.]+(?:[eE][+-]?\d+)?(?![\w.*])|[\w.*]+/y);
    if (!word) throw this.#error('a value is expected; quote what has other characters than letters and digits');
    return word[0];
  }

  #match(regex: RegExp): RegExpExecArray | undefined {
    this.#skipSpace();
    regex.lastIndex = this.#position;
    const found = regex.exec(this.#text) ?? undefined;
    if (found) this.#position = regex.lastIndex;
    return found;
  }

  #takeWords(first: string, second: string): boolean {
    return this.#match(new RegExp(`${first}\\s+${second}(?!\\w)`, 'y')) !== undefined;
  }

  #take(symbol: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(symbol, this.#position)) return false;
    this.#position += symbol.length;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw this.#error(`${symbol} is expected`);
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#position] ?? '')) this.#position++;
  }

  #error(why: string) {
    return invalidPattern(why, this.#position);
  }
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
