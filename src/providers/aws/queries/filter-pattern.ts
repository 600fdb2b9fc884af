/** CloudWatch Logs filter patterns, for metric filters, subscription filters, FilterLogEvents and Live Tail. */
import { type CompiledQuery, finish } from '../../../filter/compile.ts';
import type { Filter } from '../../../filter/filter.ts';
import { allOf, anyOf, isLegal, type PatternClause, patternLanguage, patternOf, tooMuchOf } from './pattern-clause.ts';
import { compileRecords, type QueryOptions } from './record-language.ts';

/** Each query reads the whole window once more; beyond this, one wider query asks for less. */
const MAX_QUERIES = 4;

/** A filter in one legal pattern, and in one that knows no limits. */
const LEGAL = patternLanguage(isLegal);
const UNLIMITED = patternLanguage(() => true);

/**
 * A filter as one CloudWatch Logs filter pattern over CloudTrail records, of at most 1,024 characters. What the syntax
 * cannot say is left out, and so is what goes beyond its limits. Times are: it compares no texts. The empty pattern lets
 * everything through.
 *
 * Names with `Secret` in them are Secrets Manager's alone, so they stand without its event source beside them.
 *
 * Source: CloudWatch Logs User Guide, `FilterAndPatternSyntax`.
 *
 * @throws AuditError `invalid-argument` for a filter that is none; `unsupported` with `exact: true` for one that can
 * only be said more widely.
 * @example
 * ```ts
 * import { toFilterPattern } from 'secret-events/aws';
 *
 * const pending = toFilterPattern({
 *   name: 'GetSecretValue',
 *   'error.message': { contains: 'secret because it was marked for deletion' },
 * });
 * console.log(pending.query);
 * // { $.eventName = "GetSecretValue" && $.errorMessage = "*secret because it was marked for deletion*" }
 * ```
 */
export function toFilterPattern(filter: Filter, options: QueryOptions = {}): CompiledQuery<string> {
  return finish(compileRecords(filter, LEGAL, options), patternOf);
}

/**
 * What of a filter goes beyond the limits of one pattern, in words; `undefined` where nothing does. An alarm must not be
 * loosened in silence, as a query may be.
 *
 * @internal
 */
export function filterPatternExcess(filter: Filter, options: QueryOptions = {}): string | undefined {
  const whole = compileRecords(filter, UNLIMITED, { ...options, exact: false });
  if (typeof whole.reach !== 'object') return undefined;
  const legal = toFilterPattern(filter, { ...options, exact: false });
  return legal.query === patternOf(whole.reach) ? undefined : tooMuchOf(whole.reach.query);
}

/** Filter patterns that belong together. */
export interface FilterPatterns extends Omit<CompiledQuery<string>, 'query'> {
  /** Each lets a part through, and one event may pass several. Empty: there is nothing to ask for. */
  readonly queries: readonly string[];
}

/**
 * A filter as filter patterns that together let through what it does: one or, where one has no room, at most four that
 * say it better. Names of the catalog are never split: all events of Secrets Manager in one query ask for less.
 *
 * @throws AuditError as {@link toFilterPattern}.
 * @example
 * ```ts
 * import { toFilterPatterns } from 'secret-events/aws';
 *
 * const keys = Array.from({ length: 30 }, (_, i) => `AKIAIOSFODNN7EXAMP${String(i).padStart(2, '0')}`);
 * console.log(toFilterPatterns({ 'actor.credential': keys }).queries.length); // 2
 * ```
 */
export function toFilterPatterns(filter: Filter, options: QueryOptions = {}): FilterPatterns {
  const { reach, exact, widened } = compileRecords(filter, UNLIMITED, { ...options, exact: false });
  const parts = typeof reach === 'object' ? split(reach.query) : undefined;
  // One pattern is said as such, also for its errors.
  if (parts === undefined || parts.length === 1 || (options.exact && !exact)) {
    const { query, ...rest } = toFilterPattern(filter, options);
    return { queries: rest.nothing ? [] : [query], ...rest };
  }
  return { queries: parts.map((query) => patternOf({ query })), exact, widened, nothing: false };
}

/** Legal clauses that together say what one does; `undefined` where they would be too many, or there are none. */
function split(whole: PatternClause): readonly PatternClause[] | undefined {
  if (isLegal(whole)) return [whole];
  const lists = whole.form === 'any' ? [whole] : whole.parts.filter(({ form }) => form === 'any');
  const [longest] = lists.toSorted((a, b) => b.text.length - a.text.length);
  if (longest === undefined) return undefined;
  const beside = whole.parts.filter((part) => whole !== longest && part !== longest);
  const middle = Math.ceil(longest.parts.length / 2);
  const legal: PatternClause[] = [];
  for (const half of [longest.parts.slice(0, middle), longest.parts.slice(middle)]) {
    const more = split(allOf([...beside, anyOf(half)]));
    if (more === undefined || legal.length + more.length > MAX_QUERIES) return undefined;
    legal.push(...more);
  }
  return legal;
}
