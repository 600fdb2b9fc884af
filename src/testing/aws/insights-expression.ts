/** Expressions of Logs Insights: fields, comparisons, `and`, `or`, `not`, `in`, `like`, functions. */
import { malformedQuery, type Token } from './insights-lexer.ts';
import { compare, equal, FUNCTIONS, flag, type Value } from './insights-value.ts';

/** One row of a query while it runs. @internal */
export interface Row {
  /** `undefined` when the row has no such field. */
  get(name: string): Value;
}

/** @internal */
export type Expression = (row: Row) => Value;

const DEEPEST = 100;

/** Walks the tokens of a query; the commands are read by its caller, the expressions here. @internal */
export class ExpressionParser {
  readonly tokens: readonly Token[];
  position = 0;
  readonly #missingFieldNotEqual: boolean;
  #depth = 0;

  constructor(tokens: readonly Token[], missingFieldNotEqual: boolean) {
    this.tokens = tokens;
    this.#missingFieldNotEqual = missingFieldNotEqual;
  }

  expression(): Expression {
    if (++this.#depth > DEEPEST) throw this.unexpected();
    const parts = [this.#both()];
    while (this.takeWord('or')) parts.push(this.#both());
    this.#depth--;
    if (parts.length === 1 && parts[0]) return parts[0];
    // What is not known stays unknown, unless the other side decides.
    return (row) => {
      const flags = parts.map((part) => flag(part(row)));
      return flags.includes(true) ? true : flags.includes(undefined) ? undefined : false;
    };
  }

  #both(): Expression {
    const parts = [this.#negated()];
    while (this.takeWord('and')) parts.push(this.#negated());
    if (parts.length === 1 && parts[0]) return parts[0];
    return (row) => {
      const flags = parts.map((part) => flag(part(row)));
      return flags.includes(false) ? false : flags.includes(undefined) ? undefined : true;
    };
  }

  #negated(): Expression {
    let times = 0;
    while (this.takeWord('not')) times++;
    const comparison = this.#comparison();
    if (times === 0) return comparison;
    return (row) => {
      const value = flag(comparison(row));
      return value === undefined ? undefined : value === (times % 2 === 0);
    };
  }

  #comparison(): Expression {
    const left = this.#operand();
    for (const operator of ['=', '!=', '<', '<=', '>', '>='] as const) {
      if (this.takeSymbol(operator)) return this.#compared(left, this.#operand(), operator);
    }
    if (this.takeSymbol('=~')) return this.#tested(left, this.#search(), false);
    const not = this.#peekWord() === 'not';
    const next = this.#peekWord(not ? 1 : 0);
    if (next !== 'in' && next !== 'like') return left;
    this.position += not ? 2 : 1;
    return this.#tested(left, next === 'in' ? this.#oneOf() : this.#search(), not);
  }

  #compared(left: Expression, right: Expression, operator: '=' | '!=' | '<' | '<=' | '>' | '>='): Expression {
    if (operator === '=' || operator === '!=') {
      return (row) => {
        const [a, b] = [left(row), right(row)];
        return this.#known(a !== undefined && b !== undefined, operator === '!=', () => equal(a, b));
      };
    }
    return (row) => {
      const [a, b] = [left(row), right(row)];
      return this.#known(a !== undefined && b !== undefined, false, () => {
        const order = compare(a, b);
        if (operator === '<') return order < 0;
        if (operator === '<=') return order <= 0;
        return operator === '>' ? order > 0 : order >= 0;
      });
    };
  }

  #tested(left: Expression, test: (value: Value) => boolean, not: boolean): Expression {
    return (row) => {
      const value = left(row);
      return this.#known(value !== undefined, not, () => test(value));
    };
  }

  /** A comparison with a missing field is neither true nor false; by the other reading, only `not` is true of it. */
  #known(known: boolean, negative: boolean, holds: () => boolean): Value {
    if (known) return holds() !== negative;
    return this.#missingFieldNotEqual ? negative : undefined;
  }

  #oneOf(): (value: Value) => boolean {
    this.expectSymbol('[');
    const values: Value[] = [];
    do {
      const token = this.next();
      if (token?.kind === 'text') values.push(token.text);
      else if (token?.kind === 'number') values.push(token.value);
      else throw this.unexpected(token);
    } while (this.takeSymbol(','));
    this.expectSymbol(']');
    return (value) => values.some((one) => equal(value, one));
  }

  #search(): (value: Value) => boolean {
    const token = this.next();
    if (token?.kind === 'text') return (value) => String(value).includes(token.text);
    if (token?.kind !== 'regex') throw this.unexpected(token);
    try {
      const insensitive = token.text.includes('(?i)');
      const regex = new RegExp(token.text.replaceAll('(?i)', ''), insensitive ? 'i' : '');
      return (value) => regex.test(String(value));
    } catch {
      throw malformedQuery('the regular expression is not valid', token.start, token.end);
    }
  }

  #operand(): Expression {
    if (this.takeSymbol('(')) {
      const inner = this.expression();
      this.expectSymbol(')');
      return inner;
    }
    const token = this.next();
    if (token?.kind === 'text') return () => token.text;
    if (token?.kind === 'number') return () => token.value;
    if (token?.kind !== 'name') throw this.unexpected(token);
    if (token.word === 'true' || token.word === 'false') return () => token.word === 'true';
    return this.takeSymbol('(') ? this.#call(token) : (row) => row.get(token.text);
  }

  #call(name: Token & { readonly kind: 'name' }): Expression {
    const run = FUNCTIONS.get(name.word);
    if (!run) throw this.unexpected(name);
    const values: Expression[] = [];
    if (!this.takeSymbol(')')) {
      do values.push(this.expression());
      while (this.takeSymbol(','));
      this.expectSymbol(')');
    }
    return (row) => run(values.map((value) => value(row)));
  }

  next(): Token | undefined {
    return this.tokens[this.position++];
  }

  #peekWord(ahead = 0): string | undefined {
    const token = this.tokens[this.position + ahead];
    return token?.kind === 'name' ? token.word : undefined;
  }

  takeWord(word: string): boolean {
    const taken = this.#peekWord() === word;
    if (taken) this.position++;
    return taken;
  }

  takeSymbol(symbol: string): boolean {
    const token = this.tokens[this.position];
    const taken = token?.kind === 'symbol' && token.text === symbol;
    if (taken) this.position++;
    return taken;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected(this.next());
  }

  unexpected(token?: Token) {
    const end = this.tokens.at(-1)?.end ?? 0;
    const seen = token === undefined ? 'end of query' : 'text' in token ? token.text : String(token.value);
    return malformedQuery(`unexpected symbol found ${seen}`, token?.start ?? end, token?.end ?? end);
  }
}
