/**
 * Which places of an activity tracking event a field of an audit event comes from, for query languages that see
 * the record. It mirrors the decoder: where a field is one place, word for word, its meaning is exact; where the decoder
 * picks from several or takes a text apart, it is a net that lets through every record that could give such an event; and
 * where even that cannot be told, nothing is said.
 *
 * `requestData` and `responseData` are never asked: services write them as they like, and by IBM's own word their fields
 * may be missing from the index.
 *
 * Sources: IBM Cloud docs, `atracker` / `event`; `cloud-logs`, on mapping exceptions.
 */

import { AWS_TABLE } from '../../../catalog/aws-table.ts';
import type { Condition } from '../../../filter/condition.ts';
import { EVERYTHING, NOTHING } from '../../../filter/lower.ts';
import { test } from '../../../filter/match.ts';
import type { FieldName } from '../../../model/field.ts';
import { isAddress } from '../../../model/record.ts';
import { REDACTED } from '../../../model/redact.ts';
import { namedFor } from './action-names.ts';
import { errorCode, errorMessage, mayBeAllowed, mayBeDenied, outcome } from './ending-tree.ts';
import {
  allOf,
  anyOf,
  at,
  contains,
  type EventPath,
  type EventTree,
  endsWith,
  exists,
  firstOf,
  is,
  not,
  startsWith,
  within,
} from './event-test.ts';
import { spellings } from './spellings.ts';

/** What a condition on an event says of its record. What is missing cannot be said. */
export type Meaning =
  /** The condition and its opposite, exactly. */
  | { readonly exactly: EventTree }
  /** Holds at least for every record whose event meets the condition, or does not meet it. */
  | { readonly when?: EventTree; readonly unless?: EventTree };

type Mapping = EventPath | ((condition: Condition) => Meaning);

const CANNOT_SAY: Meaning = {};
const exactly = (tree: EventTree): Meaning => ({ exactly: tree });
const always = (holds: boolean): Meaning => exactly(holds ? EVERYTHING : NOTHING);
/** No activity tracking event has such a field. */
const never: Mapping = () => always(false);
const settled =
  (value: string | boolean): Mapping =>
  (condition) =>
    always(test(condition)(value));

/** Whether the target is named by a secret's CRN. */
const bySecretCrn = anyOf(contains('target.id', ':secret:'), contains('target.id', ':secret-version:'));

const MAPPINGS: Readonly<Record<FieldName, Mapping>> = {
  provider: settled('ibm'),
  // The log's own id, which rows need not have, or a hash of the record.
  id: (condition) => (condition.op === 'exists' ? always(true) : CANNOT_SAY),
  service,
  name: (condition) => exactly(at('action', condition.op === 'in' ? recorded(condition) : condition)),
  action: (condition) => (condition.op === 'exists' ? CANNOT_SAY : { when: namedFor(condition) }),
  kind: settled('api'),
  // A text in the event; the time of a row is that of its arrival.
  time: (condition) => (condition.op === 'exists' ? always(true) : CANNOT_SAY),
  outcome: (condition) => exactly(outcome(condition)),
  denied: (condition) => {
    if (condition.op === 'exists') return always(true);
    return test(condition)(true)
      ? { when: mayBeDenied, unless: mayBeAllowed }
      : { when: mayBeAllowed, unless: mayBeDenied };
  },
  'error.code': (condition) => {
    const tree = errorCode(condition);
    return tree ? exactly(tree) : { when: mayBeDenied };
  },
  'error.message': (condition) => exactly(errorMessage(condition)),
  // The catalog says it of a name, and of a Vault path only the operation.
  readOnly: () => CANNOT_SAY,
  severity,
  'actor.id': (condition) => exactly(firstOf('initiator.id', 'initiator.authnId', condition)),
  'actor.name': (condition) => exactly(firstOf('initiator.name', 'initiator.authnName', condition)),
  'actor.type': 'initiator.typeURI',
  'actor.account': never,
  'actor.credential': 'initiator.credential.type',
  'actor.role': never,
  // Of a target that is no secret's name the id stands elsewhere, if there is one.
  'secret.id': (condition) => ({ when: anyOf(at('target.id', condition), not(bySecretCrn)) }),
  'secret.name': (condition) => ({
    when: anyOf(at('target.name', condition), vaultPath(condition), within('message', '', condition)),
  }),
  'secret.version': () => CANNOT_SAY,
  'secret.group': () => CANNOT_SAY,
  mentions: never,
  'origin.ip': address,
  'origin.agent': 'initiator.host.agent',
  // A service that acts for itself is known by the name of it that is the initiator's id.
  'origin.service': (condition) => {
    const byService = startsWith('initiator.id', 'crn');
    if (condition.op === 'exists') return { when: byService };
    return { when: allOf(byService, within('initiator.id', '', condition)) };
  },
  'origin.vpcEndpoint': never,
  account: (condition) => {
    const elsewhere = not(contains('logSourceCRN', ':a/'));
    return { when: anyOf(within('logSourceCRN', ':a/', condition), elsewhere) };
  },
  region: (condition) => ({ when: anyOf(within('logSourceCRN', ':', condition), within('target.id', ':', condition)) }),
  // The name under which a source reads is none of the record's business.
  source: () => CANNOT_SAY,
  derived: settled(false),
};

/**
 * What a condition on an event says of the record behind it.
 *
 * @internal
 */
export function meaningOf(condition: Condition): Meaning {
  if (asksForRedacted(condition)) return CANNOT_SAY;
  const mapping = MAPPINGS[condition.field];
  const meant = withoutBlanks(condition);
  return typeof mapping === 'string' ? exactly(at(mapping, meant)) : mapping(meant);
}

/** What the decoder puts in place of a value stands in no record. */
function asksForRedacted(condition: Condition): boolean {
  const values = condition.op === 'in' ? condition.values : 'value' in condition ? [condition.value] : [];
  return values.some((value) => typeof value === 'string' && value.includes(REDACTED));
}

/** No event holds an empty text, and every text begins and ends with one. */
function withoutBlanks(condition: Condition): Condition {
  if (condition.op === 'in') return { ...condition, values: condition.values.filter((value) => value !== '') };
  return 'value' in condition && condition.value === '' ? { field: condition.field, op: 'exists' } : condition;
}

/** Without names that only another cloud's records can have. */
function recorded(condition: Condition & { readonly op: 'in' }): Condition {
  return { ...condition, values: condition.values.filter((value) => AWS_TABLE.find(value) === undefined) };
}

/** The first word of the name; a name that begins with a dot is its own. */
function service(condition: Condition): Meaning {
  if (condition.op === 'exists') return always(true);
  if (condition.op === 'in') {
    const words = condition.values.filter((value) => value.lastIndexOf('.') <= 0);
    return exactly(anyOf(...words.map((word) => anyOf(is('action', word), startsWith('action', `${word}.`)))));
  }
  if (condition.op === 'startsWith' && !condition.value.includes('.')) return exactly(at('action', condition));
  return { when: within('action', '', condition) };
}

const SEVERITIES = ['normal', 'warning', 'critical'] as const;

/** The three words in any case; whatever else stands there, as it stands. */
function severity(condition: Condition): Meaning {
  if (condition.op === 'exists') return exactly(exists('severity'));
  const holds = test(condition);
  const known = SEVERITIES.flatMap(spellings);
  const meant = is('severity', ...SEVERITIES.filter(holds).flatMap(spellings));
  if (condition.op !== 'in') return { when: anyOf(meant, at('severity', condition)), unless: not(meant) };
  return exactly(anyOf(meant, is('severity', ...condition.values.filter((value) => !known.includes(value)))));
}

/** The first of the addresses that stand there, each perhaps with a port. */
function address(condition: Condition): Meaning {
  const path = 'initiator.host.address';
  if (condition.op === 'exists') return { when: exists(path) };
  if (condition.op !== 'in') return { when: within(path, '', condition) };
  const values = condition.values.filter(isAddress);
  return { when: anyOf(...values.map((value) => contains(path, value))), unless: not(is(path, ...values)) };
}

/** The full path of a request to Vault ends the type of its target. */
function vaultPath(condition: Condition): EventTree {
  const path = 'target.typeURI';
  const mark = 'secrets-manager/';
  if (condition.op === 'in') return anyOf(...condition.values.map((value) => endsWith(path, mark + value)));
  return condition.op === 'startsWith' ? startsWith(path, mark + condition.value) : at(path, condition);
}
