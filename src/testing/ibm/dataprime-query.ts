/** DataPrime: `source logs | filter ... | orderby $m.timestamp asc | limit 100`. */
import { ExpressionParser, type Meaning } from './dataprime-expression.ts';
import { type Expression, flag } from './dataprime-functions.ts';
import { readTokens } from './dataprime-lexer.ts';
import { compare, textOf, type Value } from './dataprime-value.ts';
import type { Item } from './log-store.ts';
import { compileLucene } from './lucene-query.ts';
import { below, type RowView } from './row-view.ts';

type Stage = (items: readonly Item[]) => readonly Item[];

/** @internal */
export interface CompiledQuery {
  run(items: Iterable<Item>): readonly Item[];
  /** The fields it names, from `d`, `l` or `m` on. */
  readonly fields: readonly (readonly string[])[];
}

/** @internal */
export function compileDataPrime(text: string, meaning: Meaning): CompiledQuery {
  const parser = new ExpressionParser(readTokens(text), meaning);
  const stages: Stage[] = [];
  if (parser.tokens.length === 0) throw parser.unexpected(undefined);
  if (parser.takeWord('source')) stages.push(...source(parser));
  else stages.push(operator(parser));
  while (parser.takeSymbol('|')) stages.push(operator(parser));
  const rest = parser.next();
  if (rest) throw parser.unexpected(rest);
  const run = (items: Iterable<Item>) => stages.reduce<readonly Item[]>((seen, stage) => stage(seen), [...items]);
  return { run, fields: parser.fields };
}

/** `source logs`, and `source logs between @'...' and @'...'`. */
function source(parser: ExpressionParser): Stage[] {
  const name = parser.next();
  if (name?.kind !== 'name' || name.text !== 'logs') throw parser.unexpected(name);
  if (!parser.takeWord('between')) return [];
  const from = time(parser);
  expectWord(parser, 'and');
  const to = time(parser);
  const inside = ({ m }: RowView) => compare('>=', m['timestamp'], from) && compare('<', m['timestamp'], to);
  return [(items) => items.filter(({ view }) => inside(view))];
}

function time(parser: ExpressionParser): bigint {
  const token = parser.next();
  if (token?.kind !== 'time') throw parser.unexpected(token);
  return token.value ?? parser.meaning.now;
}

function expectWord(parser: ExpressionParser, word: string): void {
  if (!parser.takeWord(word)) throw parser.unexpected(parser.next());
}

function operator(parser: ExpressionParser): Stage {
  if (parser.takeWord('filter', 'where', 'f')) return filter(parser.expression());
  if (parser.takeWord('orderby', 'sortby')) return order(parser);
  if (parser.takeWord('order', 'sort')) {
    expectWord(parser, 'by');
    return order(parser);
  }
  if (parser.takeWord('limit')) return limit(parser);
  if (parser.takeWord('choose')) return choose(parser);
  if (parser.takeWord('countby')) return countBy(parser);
  if (parser.takeWord('lucene')) return lucene(parser);
  throw parser.unexpected(parser.next());
}

function filter(condition: Expression): Stage {
  return (items) => items.filter(({ view }) => flag(condition(view)) === true);
}

function order(parser: ExpressionParser): Stage {
  const keys: { readonly value: Expression; readonly sign: 1 | -1 }[] = [];
  do {
    const value = parser.expression();
    const descending = !parser.takeWord('asc') && parser.takeWord('desc');
    keys.push({ value, sign: descending ? -1 : 1 });
  } while (parser.takeSymbol(','));
  return (items) =>
    items.toSorted((a, b) => {
      for (const { value, sign } of keys) {
        const [left, right] = [value(a.view), value(b.view)];
        if (compare('<', left, right)) return -sign;
        if (compare('>', left, right)) return sign;
      }
      return 0;
    });
}

function limit(parser: ExpressionParser): Stage {
  const count = parser.next();
  if (count?.kind !== 'number' || !Number.isInteger(count.value) || count.value < 0) throw parser.unexpected(count);
  return (items) => items.slice(0, count.value);
}

function choose(parser: ExpressionParser): Stage {
  const first = parser.fields.length;
  do parser.expression();
  while (parser.takeSymbol(','));
  const named = parser.fields.slice(first).filter(([root]) => root === 'd');
  // What lies below another one is in it.
  const kept = named.filter((path) => !named.some((other) => other.length < path.length && isAbove(other, path)));
  return (items) => items.map((item) => replaced(item, chosen(item.view, kept)));
}

function isAbove(path: readonly string[], other: readonly string[]): boolean {
  return path.every((step, index) => step === other[index]);
}

function chosen(view: RowView, paths: readonly (readonly string[])[]): object {
  const record: Record<string, unknown> = Object.create(null);
  for (const [, ...steps] of paths) {
    const value = steps.reduce<unknown>(below, view.d);
    const last = steps.at(-1);
    if (value === undefined || last === undefined) continue;
    let place = record;
    for (const step of steps.slice(0, -1)) {
      place[step] ??= Object.create(null);
      place = place[step] as Record<string, unknown>;
    }
    place[last] = value;
  }
  return { ...record };
}

function countBy(parser: ExpressionParser): Stage {
  const first = parser.fields.length;
  const value = parser.expression();
  const name = parser.fields[first]?.at(-1) ?? 'value';
  return (items) => {
    const groups = new Map<string, { readonly item: Item; readonly value: Value; count: number }>();
    for (const item of items) {
      const of = value(item.view) ?? null;
      const key = of === null ? 'null' : `${typeof of} ${textOf(of)}`;
      const group = groups.get(key);
      if (group) group.count++;
      else groups.set(key, { item, value: of, count: 1 });
    }
    return [...groups.values()].map((group) => replaced(group.item, { [name]: group.value, _count: group.count }));
  };
}

function lucene(parser: ExpressionParser): Stage {
  const text = parser.next();
  if (text?.kind !== 'text') throw parser.unexpected(text);
  const test = compileLucene(text.text);
  return (items) => items.filter(({ view }) => test(view));
}

function replaced(item: Item, record: object): Item {
  return { row: item.row, view: { ...item.view, d: record }, userData: JSON.stringify(record) };
}
