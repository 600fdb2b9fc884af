/** Neutral actions as names of events, those that the Vault Dedicated plan makes of paths included. */
import { ACTIONS } from '../../../catalog/entry.ts';
import { IBM_TABLE } from '../../../catalog/ibm-table.ts';
import { VAULT_PATTERNS } from '../../../catalog/ibm-vault.ts';
import type { Condition } from '../../../filter/condition.ts';
import { test } from '../../../filter/match.ts';
import { allOf, anyOf, type EventTree, endsWith, is, startsWith } from './event-test.ts';

/**
 * Lets through every event that has such an action, and some more: the name of a Vault path does not hold the operation,
 * and a path can make a name that the catalog knows.
 *
 * @internal
 */
export function namedFor(condition: Condition): EventTree {
  const holds = test(condition);
  const families = VAULT_PATTERNS.filter(({ actions }) => Object.values(actions).some(holds));
  const fixed = families.filter(({ name }) => !name.includes('<')).map(({ name }) => name);
  return anyOf(
    is('action', ...listedFor(condition), ...fixed),
    ...families.filter(({ name }) => name.includes('<')).map(({ name }) => ofFamily(name)),
  );
}

/** The names that the catalog lists under such an action. @internal */
export function listedFor(condition: Condition): readonly string[] {
  const entries = ACTIONS.filter(test(condition)).flatMap((action) => IBM_TABLE.meaning(action));
  return entries.filter(({ kind }) => kind === 'api').map(({ name }) => name);
}

/** `secrets-manager.data.<path>`, and what may stand behind the path. */
function ofFamily(name: string): EventTree {
  const [start = '', end = ''] = name.split(/<[a-z]+>/);
  return end === '' ? startsWith('action', start) : allOf(startsWith('action', start), endsWith('action', end));
}
