/** Filters that come from outside the type system: a command line, a file, a request. */
import { ACTIONS } from '../catalog/entry.ts';
import { nearest } from '../catalog/nearest.ts';
import { AuditError } from '../model/error.ts';
import { type Condition, type Tree, treeOf } from './condition.ts';
import type { Filter } from './filter.ts';

// Fields with a closed set of values. A value outside can match nothing, so it is a slip and not a question.
const CLOSED: Readonly<Record<string, readonly string[]>> = {
  provider: ['aws', 'ibm'],
  action: ACTIONS,
  kind: ['api', 'service', 'notification', 'native', 'console', 'network', 'insight'],
  outcome: ['success', 'failure', 'pending', 'unknown'],
};

/**
 * Makes a filter of JSON text or of a value that is not typed as one.
 *
 * @throws AuditError `invalid-argument` that names the place and the nearest right word: an unknown field, operator or
 * action, a value of the wrong type, JSON that is none.
 * @example
 * ```ts
 * import { parseFilter } from 'secret-events';
 *
 * const where = parseFilter('{ "action": "secret.read", "actor.name": { "startsWith": "ci-" } }');
 * ```
 */
export function parseFilter(input: unknown): Filter {
  let value = input;
  if (typeof input === 'string') {
    try {
      value = JSON.parse(input);
    } catch (cause) {
      throw new AuditError('invalid-argument', `where is no JSON: ${(cause as Error).message}`, { cause });
    }
  }
  check(treeOf(value as Filter));
  return value as Filter;
}

function check(tree: Tree): void {
  if (tree.type === 'leaf') checkValues(tree.condition);
  else if (tree.type === 'not') check(tree.part);
  else tree.parts.forEach(check);
}

function checkValues(condition: Condition): void {
  const closed = CLOSED[condition.field];
  if (condition.op !== 'in' || !closed) return;
  for (const value of condition.values) {
    if (closed.includes(value)) continue;
    const near = nearest(value, closed);
    const remedy = near
      ? `did you mean ${JSON.stringify(near)}?`
      : `it takes ${closed.slice(0, 8).join(', ')}${closed.length > 8 ? ' ...' : ''}`;
    throw new AuditError(
      'invalid-argument',
      `where.${condition.field} has no value ${JSON.stringify(value)}; ${remedy}`,
    );
  }
}
