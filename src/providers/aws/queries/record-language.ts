/** What the query languages over CloudTrail records share: everything but their words. */

import { AWS_TABLE } from '../../../catalog/aws-table.ts';
import { type Compiled, compile, fold, type Language, type Reach, type Said } from '../../../filter/compile.ts';
import { type Condition, type Tree, treeOf } from '../../../filter/condition.ts';
import type { Filter } from '../../../filter/filter.ts';
import { couldPass, lower } from '../../../filter/lower.ts';
import { test } from '../../../filter/match.ts';
import type { Scope } from '../../../source/source.ts';
import { type Meaning, meaningOf, type Setting } from '../fields.ts';
import { SECRETS_MANAGER } from '../secret-ids.ts';
import type { RecordTest } from './record-test.ts';

/** What every query over CloudTrail records takes beside the filter. */
export interface QueryOptions {
  /** `secrets`, the default: only Secrets Manager's own events. `all`: those of every service. */
  readonly scope?: Scope | undefined;
  /** Throw rather than let through more than the filter does. */
  readonly exact?: boolean | undefined;
}

/** A query language in the words of records; it is told only of what {@link meaningOf} can say. */
export type RecordLanguage<T> = Language<T, RecordTest>;

/** The condition that holds a query to its scope. Told apart by identity: filters have conditions like it. */
const OWN: Condition = { field: 'service', op: 'in', values: [SECRETS_MANAGER] };
const OWN_TEST: RecordTest = { path: 'eventSource', op: 'in', values: [SECRETS_MANAGER] };

/** The filter within its scope. @internal */
export function treeWithin(filter: Filter, { scope = 'secrets' }: QueryOptions): Tree {
  const tree = treeOf(filter);
  return scope === 'all' ? tree : { type: 'all', parts: [{ type: 'leaf', condition: OWN }, tree] };
}

/**
 * A filter in a language of records.
 *
 * @throws AuditError `invalid-argument` for a filter that is none, `unsupported` with `exact: true`.
 * @internal
 */
export function compileRecords<T>(filter: Filter, language: RecordLanguage<T>, options: QueryOptions): Compiled<T> {
  const tree = treeWithin(filter, options);
  return compile(tree, overEvents(language, settingOf(tree, options)), options);
}

function settingOf(tree: Tree, { scope = 'secrets' }: QueryOptions): Setting {
  const couldBe = (name: string) => {
    const entry = AWS_TABLE.find(name);
    return couldPass(tree, (condition) => {
      if (condition.field === 'name') return test(condition)(name);
      if (condition.field === 'action') return entry !== undefined && test(condition)(entry.action);
      return undefined;
    });
  };
  return { scope, couldBe };
}

/** A language of records as one of events: what is Secrets Manager's is settled, what is neutral becomes native. */
function overEvents<T>(language: RecordLanguage<T>, setting: Setting): Language<T> {
  const self: Language<T> = {
    ...language,
    leaf(condition, negated) {
      if (condition === OWN) return language.leaf(OWN_TEST, negated);
      if (condition.field === 'service' && setting.scope === 'secrets') {
        return { reach: test(condition)(SECRETS_MANAGER) === negated ? 'nothing' : 'everything', exact: true };
      }
      const lowered = lower(condition, AWS_TABLE);
      if (lowered) return said(fold(lowered, self, negated), true);
      return sayMeaning(language, meaningOf(condition, setting), negated);
    },
  };
  return self;
}

function sayMeaning<T>(language: RecordLanguage<T>, meaning: Meaning, negated: boolean): Said<T> | undefined {
  if ('exactly' in meaning) return said(fold(meaning.exactly, language, negated), true);
  const tree = negated ? meaning.unless : meaning.when;
  return tree && said(fold(tree, language), false);
}

function said<T>(
  { reach, widened }: { readonly reach: Reach<T>; readonly widened: readonly unknown[] },
  exact: boolean,
): Said<T> {
  // Nothing in the net is nothing at all.
  return { reach, exact: reach === 'nothing' || (exact && widened.length === 0) };
}
