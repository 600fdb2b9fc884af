/** What the query languages over activity tracking events share: everything but their words. */
import { type Compiled, compile, fold, type Language, type Said } from '../../../filter/compile.ts';
import { treeOf } from '../../../filter/condition.ts';
import type { Filter } from '../../../filter/filter.ts';
import { test } from '../../../filter/match.ts';
import type { Scope } from '../../../source/source.ts';
import { type Meaning, meaningOf } from './event-fields.ts';
import type { EventTest } from './event-test.ts';
import { SECRETS_MANAGER } from './labels.ts';

/** What every query over activity tracking events takes beside the filter. */
export interface QueryOptions {
  /** `secrets`, the default: only Secrets Manager's own events. `all`: those of every service. */
  readonly scope?: Scope | undefined;
  /** Throw rather than let through more than the filter does. */
  readonly exact?: boolean | undefined;
}

/** A query language in the words of events; it is told only of what {@link meaningOf} can say. */
export type EventLanguage<T> = Language<T, EventTest>;

/**
 * A filter in a language of activity tracking events. The scope is not in it: each language has labels for that.
 *
 * @throws AuditError `invalid-argument` for a filter that is none, `unsupported` with `exact: true`.
 * @internal
 */
export function compileEvents<T>(
  filter: Filter,
  language: EventLanguage<T>,
  { scope = 'secrets', exact }: QueryOptions,
  meaning: typeof meaningOf = meaningOf,
): Compiled<T> {
  const words: Language<T> = {
    ...language,
    leaf(condition, negated) {
      if (condition.field === 'service' && scope === 'secrets') {
        return { reach: test(condition)(SECRETS_MANAGER) === negated ? 'nothing' : 'everything', exact: true };
      }
      return sayMeaning(language, meaning(condition), negated);
    },
  };
  return compile(treeOf(filter), words, { exact });
}

function sayMeaning<T>(language: EventLanguage<T>, meaning: Meaning, negated: boolean): Said<T> | undefined {
  const isExact = 'exactly' in meaning;
  const tree = isExact ? meaning.exactly : negated ? meaning.unless : meaning.when;
  if (tree === undefined) return undefined;
  const { reach, widened } = fold(tree, language, isExact && negated);
  // Nothing in the net is nothing at all.
  return { reach, exact: reach === 'nothing' || (isExact && widened.length === 0) };
}
