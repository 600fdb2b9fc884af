/** A filter's neutral words in the words of one provider. */
import { ACTIONS } from '../catalog/entry.ts';
import type { EntryTable } from '../catalog/entry-table.ts';
import { fold } from './compile.ts';
import type { Condition, Tree } from './condition.ts';
import { test } from './match.ts';

/** The tree that every event passes. @internal */
export const EVERYTHING: Tree<never> = { type: 'all', parts: [] };
/** The tree that no event passes. @internal */
export const NOTHING: Tree<never> = { type: 'any', parts: [] };

/**
 * One condition in the words of the provider whose names are given: `provider` is settled, `action` becomes the native
 * names that have it, each list of names beside the service that records them. `undefined`: the condition is in the
 * provider's words already.
 *
 * @internal
 */
export function lower(condition: Condition, table: EntryTable): Tree | undefined {
  if (condition.field === 'provider') return test(condition)(table.provider) ? EVERYTHING : NOTHING;
  if (condition.field !== 'action') return undefined;
  const names = new Map<string, string[]>();
  for (const entry of ACTIONS.filter(test(condition)).flatMap((action) => table.meaning(action))) {
    const known = names.get(entry.service);
    if (known) known.push(entry.name);
    else names.set(entry.service, [entry.name]);
  }
  return {
    type: 'any',
    parts: [...names].map(([service, values]) => ({
      type: 'all',
      parts: [leaf({ field: 'service', op: 'in', values: [service] }), leaf({ field: 'name', op: 'in', values })],
    })),
  };
}

const leaf = (condition: Condition): Tree => ({ type: 'leaf', condition });

/**
 * Whether an event of which some things are settled could pass: `settled` answers a condition where it is decided, and
 * `undefined` where it is open.
 *
 * @internal
 */
export function couldPass(tree: Tree, settled: (condition: Condition) => boolean | undefined): boolean {
  const { reach } = fold<never, Condition>(tree, {
    leaf(condition, negated) {
      const holds = settled(condition);
      return holds === undefined ? undefined : { reach: holds === negated ? 'nothing' : 'everything', exact: true };
    },
    all: () => undefined,
    any: () => undefined,
  });
  return reach !== 'nothing';
}
