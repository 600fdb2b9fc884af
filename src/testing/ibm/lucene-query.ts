/** Lucene: `action.keyword:"secrets-manager.secret.read" AND NOT reason.reasonCode.numeric:[200 TO 299]`. */

import { anyField, existsTest, fieldTest, type RowTest, rangeTest, type ValueQuery } from './lucene-field.ts';
import { type LuceneToken, malformed, readLuceneTokens } from './lucene-lexer.ts';
import type { RowView } from './row-view.ts';

const DEEPEST = 200;

/** A part of a query, and whether it has to hold, must not hold, or is one of several. */
interface Clause {
  occurs: 'must' | 'should' | 'must-not';
  readonly test: RowTest;
}

/** @internal */
export function compileLucene(text: string): (row: RowView) => boolean {
  return new LuceneParser(text).parse();
}

class LuceneParser {
  readonly #tokens: readonly LuceneToken[];
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = readLuceneTokens(text);
  }

  parse(): RowTest {
    const test = this.#group(undefined);
    if (this.#peek()) throw this.#unexpected();
    return test;
  }

  /**
   * Clauses side by side, as Lucene's own parser takes them: AND makes the clauses at its sides necessary, OR leaves
   * them optional, and no operator binds more closely than another.
   */
  #group(field: string | undefined): RowTest {
    if (++this.#depth > DEEPEST) throw malformed('it is nested too deeply', this.#position);
    const clauses: Clause[] = [];
    do {
      const and = clauses.length > 0 && this.#takeWord('AND', '&&');
      if (clauses.length > 0 && !and) this.#takeWord('OR', '||');
      const last = clauses.at(-1);
      if (and && last?.occurs === 'should') last.occurs = 'must';
      const sign = this.#sign();
      const test = this.#clause(field);
      clauses.push({ occurs: sign ?? (and ? 'must' : 'should'), test });
    } while (this.#peek() && !this.#sees(')'));
    this.#depth--;
    return joined(clauses);
  }

  #sign(): Clause['occurs'] | undefined {
    if (this.#takeSymbol('+')) return 'must';
    if (this.#takeSymbol('-') || this.#takeSymbol('!') || this.#takeWord('NOT')) return 'must-not';
    return undefined;
  }

  #clause(field: string | undefined): RowTest {
    const name = this.#fieldName();
    if (name !== undefined) {
      if (name === '_exists_') return existsTest(this.#text());
      if (name === '*') {
        if (this.#text() !== '*') throw this.#unexpected(1);
        return () => true;
      }
      return this.#clauseOf(name);
    }
    return this.#clauseOf(field);
  }

  #clauseOf(field: string | undefined): RowTest {
    if (this.#takeSymbol('(')) {
      const test = this.#group(field);
      this.#expect(')');
      return test;
    }
    if (this.#sees('[') || this.#sees('{')) return this.#range(field);
    const token = this.#next();
    if (!token || token.kind === 'symbol' || isOperator(token)) throw this.#unexpected(1);
    const value: ValueQuery = token;
    return field === undefined ? anyField(value) : fieldTest(field, value);
  }

  #range(field: string | undefined): RowTest {
    if (field === undefined) throw this.#unexpected();
    const fromIncluded = this.#takeSymbol('[') || !this.#takeSymbol('{');
    const from = this.#bound();
    if (!this.#takeWord('TO')) throw this.#unexpected();
    const to = this.#bound();
    const toIncluded = this.#takeSymbol(']');
    if (!toIncluded) this.#expect('}');
    return rangeTest(field, { from, to, fromIncluded, toIncluded });
  }

  /** `undefined` where the range is open. */
  #bound(): string | undefined {
    const minus = this.#takeSymbol('-') ? '-' : '';
    const text = this.#text();
    return minus === '' && text === '*' ? undefined : minus + text;
  }

  #text(): string {
    const token = this.#next();
    if (token?.kind === 'phrase') return token.text;
    if (token?.kind !== 'term' || isOperator(token)) throw this.#unexpected(1);
    return token.pieces.map((piece) => (typeof piece === 'string' ? piece : piece.wildcard)).join('');
  }

  #fieldName(): string | undefined {
    const name = this.#peek();
    const colon = this.#tokens[this.#position + 1];
    if (name?.kind !== 'term' || colon?.kind !== 'symbol' || colon.text !== ':') return undefined;
    const text = this.#text();
    this.#position++;
    return text;
  }

  #peek(): LuceneToken | undefined {
    return this.#tokens[this.#position];
  }

  #next(): LuceneToken | undefined {
    return this.#tokens[this.#position++];
  }

  #takeWord(...words: readonly string[]): boolean {
    const token = this.#peek();
    const taken = token?.kind === 'term' && words.includes(token.raw);
    if (taken) this.#position++;
    return taken;
  }

  #sees(symbol: string): boolean {
    const token = this.#peek();
    return token?.kind === 'symbol' && token.text === symbol;
  }

  #takeSymbol(symbol: string): boolean {
    const taken = this.#sees(symbol);
    if (taken) this.#position++;
    return taken;
  }

  #expect(symbol: string): void {
    if (!this.#takeSymbol(symbol)) throw this.#unexpected();
  }

  #unexpected(back = 0) {
    const token = this.#tokens[this.#position - back];
    if (!token) return malformed('it ends too early', this.#tokens.at(-1)?.at ?? 0);
    const seen = token.kind === 'term' ? token.raw : token.text;
    return malformed(`unexpected ${JSON.stringify(seen.slice(0, 40))}`, token.at);
  }
}

function isOperator(token: LuceneToken): boolean {
  return token.kind === 'term' && ['AND', 'OR', 'NOT', '&&', '||'].includes(token.raw);
}

/** Nothing but exclusions lets everything else through. */
function joined(clauses: readonly Clause[]): RowTest {
  const of = (occurs: Clause['occurs']) => clauses.filter((clause) => clause.occurs === occurs);
  const [must, should, mustNot] = [of('must'), of('should'), of('must-not')];
  const optional = must.length > 0 || should.length === 0;
  return (row) =>
    must.every(({ test }) => test(row)) &&
    !mustNot.some(({ test }) => test(row)) &&
    (optional || should.some(({ test }) => test(row)));
}
