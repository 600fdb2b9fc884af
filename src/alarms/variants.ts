/** Recipes made to measure: another threshold, the actors that are usual, the versions that are old. */
import { AuditError } from '../model/error.ts';
import type { AnyOfFilters, EventRecipe } from './recipe.ts';
import { findRecipe } from './recipes.ts';

/** Who is usual. */
export interface UsualActors {
  /** Names of IAM roles. */
  readonly roles?: readonly string[];
  /** Ids as events have them under `actor.id`: ARNs of users, `IBMid-...`, `iam-ServiceId-...`. */
  readonly ids?: readonly string[];
}

/**
 * `root-or-unusual-actor` with the actors that are usual: everybody else who reads a secret sets it off, in either cloud,
 * and the root user whatever it does.
 *
 * @throws AuditError `invalid-argument` when nobody is named.
 * @example
 * ```ts
 * import { toCloudFormation, unusualActor } from 'secret-events/alarms';
 *
 * const recipe = unusualActor({ roles: ['app-server'], ids: ['arn:aws:iam::111122223333:user/ci'] });
 * toCloudFormation(recipe, { logGroup: 'CloudTrail/logs', emails: ['security@example.com'] });
 * ```
 */
export function unusualActor({ roles = [], ids = [] }: UsualActors): EventRecipe {
  if (roles.length + ids.length === 0) {
    throw new AuditError('invalid-argument', 'unusualActor needs at least one usual actor: roles, or ids');
  }
  const recipe = eventRecipe('root-or-unusual-actor');
  const known = [
    ...(roles.length > 0 ? [{ 'actor.role': roles }] : []),
    ...(ids.length > 0 ? [{ 'actor.id': ids }] : []),
  ];
  const aws: AnyOfFilters = [
    { 'actor.type': 'Root' },
    { action: 'secret.read', not: { any: [{ 'actor.type': 'Root' }, ...known] } },
  ];
  const ibm: AnyOfFilters = [
    {
      name: ['secrets-manager.secret.read', 'secrets-manager.secret-version.read'],
      ...(ids.length > 0 && { not: { 'actor.id': ids } }),
    },
  ];
  return { ...recipe, events: { aws, ...(ids.length > 0 && { ibm }) } };
}

/**
 * `deprecated-version-used` with the ids of versions that nobody should read any more, beside AWSPREVIOUS.
 *
 * @example
 * ```ts
 * import { deprecatedVersionUsed, toEventBridge } from 'secret-events/alarms';
 *
 * const recipe = deprecatedVersionUsed({ versions: ['EXAMPLE1-90ab-cdef-fedc-ba987SECRET1'] });
 * toEventBridge(recipe, { emails: ['security@example.com'] });
 * ```
 */
export function deprecatedVersionUsed({ versions }: { readonly versions: readonly string[] }): EventRecipe {
  const recipe = eventRecipe('deprecated-version-used');
  const { aws, ...events } = recipe.events;
  const [filter = {}] = aws ?? [];
  return { ...recipe, events: { ...events, aws: [{ ...filter, 'secret.version': ['AWSPREVIOUS', ...versions] }] } };
}

function eventRecipe(name: 'root-or-unusual-actor' | 'deprecated-version-used'): EventRecipe {
  return findRecipe(name) as EventRecipe;
}
