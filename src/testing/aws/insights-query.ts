/** Logs Insights queries: a pipe of commands over the events of log groups. A subset, refused where it ends. */
import { ExpressionParser, type Row } from './insights-expression.ts';
import { readTokens, type Token } from './insights-lexer.ts';
import { type Column, type Count, computing, counting, type SortKey, type Step, sorting } from './insights-step.ts';
import { flag, type Value } from './insights-value.ts';

/** @internal */
export interface ResultField {
  readonly field: string;
  readonly value: string;
}

/** @internal */
export interface InsightsQuery {
  /** How many rows it asks for, if it says so. */
  readonly limit: number | undefined;
  /** Runs over rows that are newest first. `matched` is the number of rows that passed all filters. */
  run(rows: readonly Row[]): { readonly results: readonly (readonly ResultField[])[]; readonly matched: number };
}

const MOST_ROWS = 100_000;
const DEFAULT_COLUMNS = ['@timestamp', '@message'];

/**
 * Parses a query.
 *
 * @throws ServiceError `MalformedQueryException` for what the subset does not know.
 * @internal
 */
export function parseInsightsQuery(query: string, options: { readonly missingFieldNotEqual: boolean }): InsightsQuery {
  return new QueryParser(readTokens(query), options.missingFieldNotEqual).parse();
}

class QueryParser extends ExpressionParser {
  #limit: number | undefined;
  #shown: string[] = [];
  #display: string[] | undefined;
  #grouped = false;
  readonly #steps: { readonly step: Step; readonly filters: boolean }[] = [];

  parse(): InsightsQuery {
    // An empty query shows everything.
    if (this.tokens.length > 0) {
      do this.#command();
      while (this.takeSymbol('|'));
      if (this.position < this.tokens.length) throw this.unexpected(this.next());
    }
    const columns = this.#display ?? (this.#shown.length > 0 ? this.#shown : DEFAULT_COLUMNS);
    const names = this.#grouped ? columns : [...columns, '@ptr'];
    return { limit: this.#limit, run: (rows) => this.#run(rows, [...new Set(names)]) };
  }

  #run(rows: readonly Row[], names: readonly string[]): ReturnType<InsightsQuery['run']> {
    let matched = rows.length;
    let current = rows;
    for (const { step, filters } of this.#steps) {
      current = step(current);
      if (filters) matched = current.length;
    }
    const results = current.map((row) =>
      names.flatMap((name) => {
        const value = row.get(name);
        return value === undefined ? [] : [{ field: name, value: shown(name, value) }];
      }),
    );
    return { results, matched };
  }

  #command(): void {
    const token = this.next();
    const word = token?.kind === 'name' ? token.word : '';
    if (word === 'fields') this.#fields();
    else if (word === 'display') this.#display = this.#columns().map((column) => column.name);
    else if (word === 'filter' || word === 'where') this.#filter();
    else if (word === 'sort') this.#sort();
    else if (word === 'limit') this.#limited();
    else if (word === 'stats') this.#stats();
    else throw this.unexpected(token);
  }

  #fields(): void {
    this.#shown.push(...this.#columns().map((column) => column.name));
  }

  /** Columns that are more than a field are computed here and kept under their name. */
  #columns(): readonly Column[] {
    const columns = [this.#column()];
    while (this.takeSymbol(',')) columns.push(this.#column());
    if (columns.some((column) => column.value)) this.#steps.push({ step: computing(columns), filters: false });
    return columns;
  }

  #column(): Column {
    const start = this.position;
    const value = this.expression();
    const tokens = this.tokens.slice(start, this.position);
    if (this.takeWord('as')) return { name: this.#name(), value };
    const name = tokens.map(spelling).join('');
    return tokens.length === 1 && tokens[0]?.kind === 'name' ? { name } : { name, value };
  }

  #name(): string {
    const token = this.next();
    if (token?.kind !== 'name') throw this.unexpected(token);
    return token.text;
  }

  #filter(): void {
    const condition = this.expression();
    this.#steps.push({ step: (rows) => rows.filter((row) => flag(condition(row)) === true), filters: true });
  }

  #sort(): void {
    const keys: SortKey[] = [];
    do {
      const value = this.expression();
      const descending = this.takeWord('desc');
      if (!descending) this.takeWord('asc');
      keys.push({ value, sign: descending ? -1 : 1 });
    } while (this.takeSymbol(','));
    this.#steps.push({ step: sorting(keys), filters: false });
  }

  #limited(): void {
    this.takeWord('any');
    const token = this.next();
    if (token?.kind !== 'number' || token.value < 1 || token.value > MOST_ROWS) throw this.unexpected(token);
    this.#limit = token.value;
    this.#steps.push({ step: (rows) => rows.slice(0, token.value), filters: false });
  }

  /** `count(*)` and `count(field)`, each by any number of fields. */
  #stats(): void {
    const counts: Count[] = [];
    do {
      const start = this.position;
      const token = this.next();
      if (token?.kind !== 'name' || token.word !== 'count') throw this.unexpected(token);
      this.expectSymbol('(');
      const of = this.takeSymbol('*') ? undefined : this.expression();
      this.expectSymbol(')');
      const plain = this.tokens.slice(start, this.position).map(spelling).join('');
      counts.push({ name: this.takeWord('as') ? this.#name() : plain, of });
    } while (this.takeSymbol(','));
    const by = this.takeWord('by') ? this.#columns() : [];
    this.#shown = [...by, ...counts].map((column) => column.name);
    this.#grouped = true;
    this.#steps.push({ step: counting(by, counts), filters: false });
  }
}

function spelling(token: Token): string {
  return token.kind === 'number' ? String(token.value) : token.text;
}

/** Times are shown as people read them, booleans as numbers. */
function shown(name: string, value: Value): string {
  if ((name === '@timestamp' || name === '@ingestionTime') && typeof value === 'number') {
    return new Date(value).toISOString().replace('T', ' ').replace('Z', '');
  }
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}
