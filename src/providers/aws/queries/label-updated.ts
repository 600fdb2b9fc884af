/** `Secret Label Updated`, which Secrets Manager puts on EventBridge itself, in the words of event patterns. */

import { NATIVE_EVENTS } from '../../../catalog/native.ts';
import type { Language } from '../../../filter/compile.ts';
import type { Condition, Tree } from '../../../filter/condition.ts';
import { couldPass } from '../../../filter/lower.ts';
import { test } from '../../../filter/match.ts';
import type { FieldName, FieldValue } from '../../../model/field.ts';
import { withoutBlanks } from '../fields.ts';
import { SECRETS_MANAGER } from '../secret-ids.ts';
import { matchersOf } from './matcher.ts';
import { type Alternatives, alternativesWithin } from './pattern-shape.ts';

const { name, action, kind, outcome } = NATIVE_EVENTS.SecretLabelUpdated;

/** Its `detail-type`, by which events of this kind go. @internal */
export const LABEL_UPDATED = name;

const SETTLED: Readonly<Partial<Record<FieldName, FieldValue>>> = {
  provider: 'aws',
  service: SECRETS_MANAGER,
  name: LABEL_UPDATED,
  action,
  kind,
  outcome,
  denied: false,
  readOnly: false,
  derived: false,
};

/**
 * Where its envelope holds the other fields; those that are nowhere it does not have.
 *
 * Source: Secrets Manager User Guide, `event-detail-secret-label-updated-secretsmanager`.
 */
const PLACES: Readonly<Partial<Record<FieldName, string>>> = {
  id: 'id',
  account: 'account',
  region: 'region',
  'secret.id': 'resources',
  'secret.name': 'detail.name',
  'secret.version': 'detail.versionId',
};
const OPEN: readonly FieldName[] = ['time', 'source'];

function settled(condition: Condition): boolean | undefined {
  const value = SETTLED[condition.field];
  if (value !== undefined) return test(condition)(value);
  return condition.field in PLACES || OPEN.includes(condition.field) ? undefined : false;
}

/** Whether the filter lets this event through, and not events of just any name. @internal */
export function asksForLabelUpdated(tree: Tree): boolean {
  const ofAnyName = (condition: Condition) => {
    if (condition.field === 'name' || condition.field === 'action') return false;
    return condition.field === 'kind' ? test(condition)('api') : undefined;
  };
  return couldPass(tree, settled) && !couldPass(tree, ofAnyName);
}

/** Characters that conditions on it may take. @internal */
export const LABEL_UPDATED_SIZE = 400;
const words = alternativesWithin(LABEL_UPDATED_SIZE);

/** @internal */
export const LABEL_UPDATED_LANGUAGE: Language<Alternatives> = {
  ...words,
  leaf(condition, negated) {
    const holds = settled(condition);
    if (holds !== undefined) return { reach: holds === negated ? 'nothing' : 'everything', exact: true };
    const place = PLACES[condition.field];
    return place === undefined
      ? undefined
      : words.field(place, matchersOf(withoutBlanks(condition), 'optional', negated));
  },
};
