/** Expressions of DataPrime: fields, comparisons, `&&`, `||`, `!`, casts, functions and methods. */
import { callOf, type Expression, flag, joined, regexOf } from './dataprime-functions.ts';
import { type Token, unexpected } from './dataprime-lexer.ts';
import { CASTS, compare, type Operator, type Value } from './dataprime-value.ts';
import { below } from './row-view.ts';
import { badRequest } from './service-error.ts';

/** What a query is compiled with. @internal */
export interface Meaning {
  /** What a field is that is not there. */
  readonly missing: null | undefined;
  /** Nanoseconds since 1970. */
  readonly now: bigint;
}

type Named = Token & { readonly kind: 'name' };

const DEEPEST = 200;
const OPERATORS: readonly Operator[] = ['==', '!=', '<=', '>=', '<', '>'];
const ROOTS: Readonly<Record<string, 'd' | 'l' | 'm'>> = { $d: 'd', $l: 'l', $m: 'm' };

/** Walks the tokens of a query; the operators of the pipeline are read by its caller, the expressions here. @internal */
export class ExpressionParser {
  readonly tokens: readonly Token[];
  readonly meaning: Meaning;
  /** The fields that the query names, each as `d`, `l` or `m` and the steps below it. */
  readonly fields: string[][] = [];
  position = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], meaning: Meaning) {
    this.tokens = tokens;
    this.meaning = meaning;
  }

  expression(): Expression {
    if (++this.#depth > DEEPEST) throw badRequest('Compilation errors: the query is nested too deeply');
    const parts = [this.#both()];
    while (this.takeSymbol('||')) parts.push(this.#both());
    this.#depth--;
    return joined(parts, true);
  }

  #both(): Expression {
    const parts = [this.#negated()];
    while (this.takeSymbol('&&')) parts.push(this.#negated());
    return joined(parts, false);
  }

  #negated(): Expression {
    let times = 0;
    while (this.takeSymbol('!')) times++;
    const inner = this.#comparison();
    if (times === 0) return inner;
    return (row) => {
      const value = flag(inner(row));
      return value === undefined ? undefined : value === (times % 2 === 0);
    };
  }

  #comparison(): Expression {
    const left = this.#operand();
    for (const operator of OPERATORS) {
      if (!this.takeSymbol(operator)) continue;
      const right = this.#operand();
      return (row) => compare(operator, left(row), right(row));
    }
    return left;
  }

  /** A value with the casts and the methods behind it. */
  #operand(): Expression {
    let value = this.#primary();
    for (;;) {
      if (this.takeSymbol(':')) value = this.#cast(value);
      else if (this.takeSymbol('.')) value = this.#call(this.#name(), [value]);
      else return value;
    }
  }

  #cast(value: Expression): Expression {
    const name = this.#name();
    const cast = Object.hasOwn(CASTS, name.text) ? CASTS[name.text] : undefined;
    if (!cast) throw unexpected(name.text, name.at);
    return (row) => cast(value(row));
  }

  #primary(): Expression {
    if (this.takeSymbol('(')) {
      const inner = this.expression();
      this.expectSymbol(')');
      return inner;
    }
    const token = this.next();
    if (token?.kind === 'text') return () => token.text;
    if (token?.kind === 'number') return () => token.value;
    if (token?.kind === 'regex') {
      const regex = regexOf(token.text);
      return () => regex;
    }
    if (token?.kind === 'time') return () => token.value ?? this.meaning.now;
    if (token?.kind !== 'name') throw this.unexpected(token);
    if (token.text === 'true' || token.text === 'false') return () => token.text === 'true';
    if (token.text === 'null') return () => null;
    if (this.#sees('(')) return this.#call(token, []);
    return this.#field(token);
  }

  /** `$d.a.b`, `$d['a'].b`, `$l.applicationname`, and `a.b` for `$d.a.b`. */
  #field(first: Named): Expression {
    const root = first.text.startsWith('$') ? ROOTS[first.text] : 'd';
    if (root === undefined) throw unexpected(first.text, first.at);
    const steps = first.text.startsWith('$') ? [] : [first.text];
    for (;;) {
      const step = this.#step();
      if (step === undefined) break;
      steps.push(step);
    }
    this.fields.push([root, ...steps]);
    const { missing } = this.meaning;
    return (row) => {
      let value: unknown = row[root];
      for (const step of steps) value = below(value, step);
      return value === undefined || value === null ? missing : (value as Value);
    };
  }

  #step(): string | undefined {
    const [one, two, three] = this.tokens.slice(this.position, this.position + 3);
    if (isSymbol(one, '.') && two?.kind === 'name' && !isSymbol(three, '(')) {
      this.position += 2;
      return two.text;
    }
    if (!isSymbol(one, '[')) return undefined;
    if (!isSymbol(three, ']') || (two?.kind !== 'text' && two?.kind !== 'number')) throw this.unexpected(two);
    this.position += 3;
    return two.kind === 'text' ? two.text : String(two.value);
  }

  #call(name: Named, before: readonly Expression[]): Expression {
    this.expectSymbol('(');
    const values = [...before];
    if (!this.takeSymbol(')')) {
      do values.push(this.expression());
      while (this.takeSymbol(','));
      this.expectSymbol(')');
    }
    const call = callOf(name.text, values);
    if (!call) throw unexpected(name.text, name.at);
    return call;
  }

  #name(): Named {
    const token = this.next();
    if (token?.kind !== 'name') throw this.unexpected(token);
    return token;
  }

  next(): Token | undefined {
    return this.tokens[this.position++];
  }

  takeWord(...words: readonly string[]): boolean {
    const token = this.tokens[this.position];
    const taken = token?.kind === 'name' && words.includes(token.text.toLowerCase());
    if (taken) this.position++;
    return taken;
  }

  #sees(symbol: string): boolean {
    return isSymbol(this.tokens[this.position], symbol);
  }

  takeSymbol(symbol: string): boolean {
    const taken = this.#sees(symbol);
    if (taken) this.position++;
    return taken;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected(this.next());
  }

  unexpected(token: Token | undefined) {
    if (token === undefined) return unexpected('the end', this.tokens.at(-1)?.at ?? 0);
    return unexpected('text' in token ? token.text : String(token.value), token.at);
  }
}

function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}
