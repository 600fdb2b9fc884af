/**
 * The one fold that turns a filter into a query of some other language. `not` is pushed down to the single conditions
 * here, and what a language cannot say becomes "everything" here, so a compiled query may let through more than its
 * filter and never less. A language itself only knows how to say one condition, a conjunction and a disjunction.
 */
import { AuditError } from '../model/error.ts';
import type { Condition, Tree } from './condition.ts';

/** How far a query reaches. The two ends need no words of the language. */
export type Reach<T> = 'everything' | 'nothing' | { readonly query: T };

/** What a language makes of one condition. Not `exact`: it lets through more than the condition does. */
export interface Said<T> {
  readonly reach: Reach<T>;
  readonly exact: boolean;
}

/** A query language. Each method may answer `undefined`: it cannot say that, or not within its limits. */
export interface Language<T, C = Condition> {
  /** Lets through at least what meets the condition or, `negated`, what does not. */
  leaf(condition: C, negated: boolean): Said<T> | undefined;
  /** Of two or more parts. `undefined`: parts are given up, the least worth first, until the rest can be said. */
  all(parts: readonly T[]): T | undefined;
  /** Of two or more parts. */
  any(parts: readonly T[]): T | undefined;
  /** Which part of a conjunction to keep when not all of it can be said; without it the first ones stay. */
  worth?(part: T): number;
}

/** A filter in another language. */
export interface CompiledQuery<Query> {
  /** Always a legal one, even if {@link CompiledQuery.nothing}. */
  readonly query: Query;
  /** Whether it lets through what the filter does. Else it lets through more, and never less. */
  readonly exact: boolean;
  /** The conditions that were dropped or loosened, for people: `actor.name startsWith "ci-"`. */
  readonly widened: readonly string[];
  /** The filter can match no event of this provider: there is nothing to ask for. */
  readonly nothing: boolean;
}

/** Part of a tree, as far as it stands under `not`. */
interface Part<C> {
  readonly tree: Tree<C>;
  readonly negated: boolean;
}

interface Folded<T, C> {
  readonly reach: Reach<T>;
  readonly widened: readonly Part<C>[];
}

/** A filter in a language, before it is a query. @internal */
export interface Compiled<T> {
  readonly reach: Reach<T>;
  readonly exact: boolean;
  readonly widened: readonly string[];
}

/**
 * What a language makes of a filter's tree.
 *
 * @throws AuditError `unsupported` with `exact: true` for a filter that can only be said more widely.
 * @internal
 */
export function compile<T>(
  tree: Tree,
  language: Language<T>,
  options: { readonly exact?: boolean | undefined } = {},
): Compiled<T> {
  const { reach, widened } = fold(tree, language);
  const words = [...new Set(widened.map(describe))];
  if (options.exact && words.length > 0) {
    throw new AuditError(
      'unsupported',
      `this query language cannot say exactly: ${words.join('; ')}. Without \`exact\` the query lets more through.`,
    );
  }
  return { reach, exact: words.length === 0, widened: words };
}

/** What a language made of a filter, as a query of its own: `say` has words for the two ends that have none. @internal */
export function finish<T, Query>(
  { reach, exact, widened }: Compiled<T>,
  say: (reach: Reach<T>) => Query,
): CompiledQuery<Query> {
  return { query: say(reach), exact, widened, nothing: reach === 'nothing' };
}

/**
 * The fold itself, for a language that makes a tree of its own out of one condition.
 *
 * @internal
 */
export function fold<T, C>(tree: Tree<C>, language: Language<T, C>, negated = false): Folded<T, C> {
  if (tree.type === 'not') return fold(tree.part, language, !negated);
  if (tree.type === 'leaf') {
    const said = language.leaf(tree.condition, negated);
    if (said === undefined) return { reach: 'everything', widened: [{ tree, negated }] };
    return { reach: said.reach, widened: said.exact ? [] : [{ tree, negated }] };
  }
  const kind = kindOf(tree.type, negated);
  const parts = [...flat({ tree, negated }, kind)].map((part) => ({
    part,
    ...fold(part.tree, language, part.negated),
  }));
  return kind === 'all' ? conjunction(parts, language) : disjunction(parts, language, { tree, negated });
}

type FoldedPart<T, C> = Folded<T, C> & { readonly part: Part<C> };
type SaidPart<T, C> = FoldedPart<T, C> & { readonly reach: { readonly query: T } };

function conjunction<T, C>(parts: readonly FoldedPart<T, C>[], language: Language<T, C>): Folded<T, C> {
  if (parts.some(({ reach }) => reach === 'nothing')) return { reach: 'nothing', widened: [] };
  const kept = parts.filter(isSaid);
  const givenUp = new Set<unknown>();
  while (kept.length > 0) {
    const queries = kept.map(({ reach }) => reach.query);
    const query = queries.length === 1 ? queries[0] : language.all(queries);
    if (query !== undefined) return { reach: { query }, widened: widenedOf(parts, givenUp) };
    const worth = queries.map((part) => language.worth?.(part) ?? 0);
    const [least] = kept.splice(worth.lastIndexOf(Math.min(...worth)), 1);
    givenUp.add(least);
  }
  return { reach: 'everything', widened: widenedOf(parts, givenUp) };
}

function disjunction<T, C>(parts: readonly FoldedPart<T, C>[], language: Language<T, C>, whole: Part<C>): Folded<T, C> {
  const possible = parts.filter(({ reach }) => reach !== 'nothing');
  if (possible.length === 0) return { reach: 'nothing', widened: [] };
  if (possible.some(({ reach, widened }) => reach === 'everything' && widened.length === 0)) {
    return { reach: 'everything', widened: [] };
  }
  const said = possible.filter(isSaid);
  if (said.length === possible.length) {
    const queries = said.map(({ reach }) => reach.query);
    const query = queries.length === 1 ? queries[0] : language.any(queries);
    if (query !== undefined) return { reach: { query }, widened: possible.flatMap(({ widened }) => widened) };
  }
  return { reach: 'everything', widened: [whole] };
}

function isSaid<T, C>(part: FoldedPart<T, C>): part is SaidPart<T, C> {
  return typeof part.reach === 'object';
}

function widenedOf<T, C>(parts: readonly FoldedPart<T, C>[], givenUp: ReadonlySet<unknown>): Part<C>[] {
  return parts.flatMap((part) => (givenUp.has(part) ? [part.part] : part.widened));
}

/** What a list of parts is once `not` is pushed into it. */
function kindOf(type: 'all' | 'any', negated: boolean): 'all' | 'any' {
  return (type === 'all') !== negated ? 'all' : 'any';
}

/** The parts of nested lists of one kind as one list: giving up a part must not mean giving up its whole list. */
function* flat<C>({ tree, negated }: Part<C>, kind: 'all' | 'any'): Generator<Part<C>> {
  if (tree.type === 'not') yield* flat({ tree: tree.part, negated: !negated }, kind);
  else if (tree.type !== 'leaf' && kindOf(tree.type, negated) === kind) {
    for (const part of tree.parts) yield* flat({ tree: part, negated }, kind);
  } else yield { tree, negated };
}

/** More values than this are counted, not listed. */
const SHOWN = 3;

function describe({ tree, negated }: Part<Condition>): string {
  if (tree.type === 'not') return describe({ tree: tree.part, negated: !negated });
  if (tree.type === 'leaf') return negated ? `not ${words(tree.condition)}` : words(tree.condition);
  const kind = kindOf(tree.type, negated);
  return `${kind} of (${[...flat({ tree, negated }, kind)].map(describe).join(', ')})`;
}

function words(condition: Condition): string {
  const { field, op } = condition;
  switch (op) {
    case 'exists':
      return `${field} exists`;
    case 'flag':
      return `${field} = ${condition.value}`;
    case 'in': {
      const shown = condition.values.slice(0, SHOWN).map((value) => JSON.stringify(value));
      if (shown.length === 1 && condition.values.length === 1) return `${field} = ${shown[0]}`;
      const more = condition.values.length - shown.length;
      return `${field} in [${[...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')}]`;
    }
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return `${field} ${op} ${JSON.stringify(condition.value)}`;
    default:
      return `${field} ${op === 'at' ? 'is' : op} ${new Date(condition.value).toISOString()}`;
  }
}
