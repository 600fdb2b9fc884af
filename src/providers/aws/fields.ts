/**
 * Which places of a CloudTrail record a field of an event comes from, for query languages that see the record and not
 * the event. It mirrors the decoder: where a field is one place, word for word, its meaning is exact; where the decoder
 * picks from several, it is a net that lets through every record that could give such an event; and where even that
 * cannot be told, nothing is said.
 *
 * Presence is decided here, once, for every language. CloudTrail leaves a text out that has no value; `null` stands only
 * for whole objects (`requestParameters`, `responseElements`). Records of CloudTrail Insights keep name and service a
 * level deeper and are out of the reach of conditions on these two.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-record-contents`, `cloudtrail-event-reference-user-identity`.
 */
import { AWS_EVENTS } from '../../catalog/aws.ts';
import type { CatalogEntry } from '../../catalog/entry.ts';
import { isIbmName } from '../../catalog/ibm-name.ts';
import { NativeEventName } from '../../catalog/native.ts';
import type { Condition } from '../../filter/condition.ts';
import { EVERYTHING, NOTHING } from '../../filter/lower.ts';
import { test } from '../../filter/match.ts';
import type { EventKind, Outcome } from '../../model/event.ts';
import type { FieldName } from '../../model/field.ts';
import { isAddress } from '../../model/record.ts';
import type { Scope } from '../../source/source.ts';
import { actorName, actorRole, mentioned, secretId, secretName, secretVersion } from './queries/nets.ts';
import { allOf, anyOf, at, exists, firstOf, is, not, type RecordPath, type RecordTree } from './queries/record-test.ts';
import { SECRETS_MANAGER } from './secret-ids.ts';

/** What a condition on an event says of its record. What is missing cannot be said. */
export type Meaning =
  /** The condition and its opposite, exactly. */
  | { readonly exactly: RecordTree }
  /** Holds at least for every record whose event meets the condition, or does not meet it. */
  | { readonly when?: RecordTree; readonly unless?: RecordTree };

/** What is known beside the condition. */
export interface Setting {
  readonly scope: Scope;
  /** Whether the rest of the filter lets events of this name pass at all. */
  readonly couldBe: (name: string) => boolean;
}

type Mapping = RecordPath | ((condition: Condition, setting: Setting) => Meaning);

const CANNOT_SAY: Meaning = {};
const exactly = (tree: RecordTree): Meaning => ({ exactly: tree });
const always = (holds: boolean): Meaning => exactly(holds ? EVERYTHING : NOTHING);
const ISSUER = 'userIdentity.sessionContext.sessionIssuer';
/** No event of AWS has such a field. */
const never: Mapping = () => always(false);

/** The place in the record or, where it has none, something that it does not say. */
const orElsewhere =
  (path: RecordPath): Mapping =>
  (condition) =>
    condition.op === 'exists'
      ? { unless: not(exists(path)) }
      : { when: anyOf(at(path, condition), not(exists(path))), unless: not(at(path, condition)) };

const MAPPINGS: Readonly<Record<FieldName, Mapping>> = {
  // Lowered to native names before anybody asks.
  provider: () => CANNOT_SAY,
  action: () => CANNOT_SAY,
  id: (condition) => {
    if (condition.op === 'exists') return always(true);
    // A record without an eventID gets an id that is a hash.
    const listed = condition.op === 'in' && !condition.values.some((value) => value.startsWith('sha256:'));
    return listed ? exactly(at('eventID', condition)) : idElsewhere(condition);
  },
  service: 'eventSource',
  name: (condition) => exactly(at('eventName', condition.op === 'in' ? recorded(condition) : condition)),
  kind,
  time: 'eventTime',
  outcome,
  denied: (condition) => {
    if (condition.op === 'exists') return always(true);
    // Services spell it in many ways, and some only in the message.
    return test(condition)(true) ? { when: failed } : { unless: failed };
  },
  'error.code': 'errorCode',
  'error.message': 'errorMessage',
  readOnly: (condition) => {
    // Where a record does not say it, the catalog does.
    if (condition.op !== 'flag') return { unless: not(exists('readOnly')) };
    return { when: not(readOnly(!condition.value)), unless: not(readOnly(condition.value)) };
  },
  severity: never,
  'actor.id': (condition) =>
    exactly(firstOf(['userIdentity.arn', 'userIdentity.principalId', 'userIdentity.onBehalfOf.userId'], condition)),
  'actor.name': (condition) => ({ when: actorName(condition) }),
  'actor.type': 'userIdentity.type',
  'actor.account': orElsewhere('userIdentity.accountId'),
  'actor.credential': 'userIdentity.accessKeyId',
  'actor.role': (condition) =>
    condition.op === 'exists'
      ? { when: actorRole(condition) }
      : // Where the issuer of a session is a role, its name is the role's. Others are let through.
        {
          when: actorRole(condition),
          unless: not(allOf(is(`${ISSUER}.type`, 'Role'), at(`${ISSUER}.userName`, condition))),
        },
  'secret.id': (condition, { scope }) => ({ when: secretId(condition, scope) }),
  'secret.name': (condition, { scope }) => ({ when: secretName(condition, scope) }),
  'secret.version': (condition, { scope }) => ({ when: secretVersion(condition, scope) }),
  'secret.group': never,
  mentions: (condition, { scope }) => ({ when: scope === 'all' ? mentioned(condition) : NOTHING }),
  'origin.ip': (condition) => {
    // The place holds names of services too; an address can only be an address.
    if (condition.op !== 'in') return { when: at('sourceIPAddress', condition) };
    return exactly(is('sourceIPAddress', ...condition.values.filter(isAddress)));
  },
  'origin.agent': 'userAgent',
  'origin.service': (condition) => ({
    when: anyOf(at('sourceIPAddress', condition), at('userIdentity.invokedBy', condition)),
  }),
  'origin.vpcEndpoint': 'vpcEndpointId',
  account: orElsewhere('recipientAccountId'),
  region: 'awsRegion',
  // The name under which a source reads is none of the record's business.
  source: () => CANNOT_SAY,
  derived: (condition) => always(test(condition)(false)),
};

/**
 * What a condition on an event says of the CloudTrail record behind it.
 *
 * @internal
 */
export function meaningOf(condition: Condition, setting: Setting): Meaning {
  const mapping = MAPPINGS[condition.field];
  const meant = withoutBlanks(condition);
  return typeof mapping === 'string' ? exactly(at(mapping, meant)) : mapping(meant, setting);
}

/** No event holds an empty text, and every text begins and ends with one. @internal */
export function withoutBlanks(condition: Condition): Condition {
  if (condition.op === 'in') return { ...condition, values: condition.values.filter((value) => value !== '') };
  return 'value' in condition && condition.value === '' ? { field: condition.field, op: 'exists' } : condition;
}

function idElsewhere(condition: Condition): Meaning {
  return { when: anyOf(at('eventID', condition), not(exists('eventID'))), unless: not(at('eventID', condition)) };
}

/** Without names that no CloudTrail record can have: those of another cloud, and EventBridge's own. */
function recorded(condition: Condition & { readonly op: 'in' }): Condition {
  const values = condition.values.filter((name) => !isIbmName(name) && name !== NativeEventName.SecretLabelUpdated);
  return { ...condition, values };
}

/** Whether a name is one of Secrets Manager's in CloudTrail, and no other service's. @internal */
export function isOwnName(name: string): boolean {
  // Others have a TagResource and a GetResourcePolicy too, but none has these names with Secret in them.
  return name.includes('Secret') && Object.hasOwn(AWS_EVENTS, name);
}

/** `eventType` of each kind of record; whatever else it may say is an API call. */
const EVENT_TYPES: Readonly<Partial<Record<EventKind, readonly string[]>>> = {
  api: ['AwsApiCall'],
  service: ['AwsServiceEvent'],
  console: ['AwsConsoleAction', 'AwsConsoleSignIn', 'AwsConsoleSignin'],
  network: ['AwsVpceEvents', 'AwsVpceEvent'],
  insight: ['AwsCloudTrailInsight'],
};

function kind(condition: Condition): Meaning {
  const holds = test(condition);
  const typesWhere = (wanted: boolean) =>
    Object.entries(EVENT_TYPES).flatMap(([name, types]) => (holds(name) === wanted ? types : []));
  return exactly(holds('api') ? not(is('eventType', ...typesWhere(false))) : is('eventType', ...typesWhere(true)));
}

const readOnly = (value: boolean): RecordTree => ({ type: 'leaf', condition: { path: 'readOnly', op: 'flag', value } });
const failed = anyOf(exists('errorCode'), exists('errorMessage'));
const ofSecretsManager = is('eventSource', SECRETS_MANAGER);
// Only with every service in scope: a sign-in that failed has no error, and an insight has no outcome.
const failedSignIn = allOf(is('eventName', 'ConsoleLogin'), is('responseElements.ConsoleLogin', 'Failure'));
const insight = is('eventType', 'AwsCloudTrailInsight');

function outcome(condition: Condition, { scope, couldBe }: Setting): Meaning {
  const named = (...outcomes: readonly CatalogEntry['outcome'][]): RecordTree => {
    const names = ENTRIES.filter((entry) => outcomes.includes(entry.outcome) && couldBe(entry.name)).map((e) => e.name);
    if (names.length === 0) return NOTHING;
    return scope === 'all' ? allOf(ofSecretsManager, is('eventName', ...names)) : is('eventName', ...names);
  };
  const beside = scope === 'all' ? { failedSignIn, insight } : { failedSignIn: NOTHING, insight: NOTHING };
  const trees: Readonly<Record<Outcome, RecordTree>> = {
    failure: anyOf(failed, named('failure'), beside.failedSignIn),
    pending: allOf(not(failed), named('pending')),
    success: not(anyOf(failed, named('failure', 'pending'), beside.failedSignIn, beside.insight)),
    unknown: beside.insight,
  };
  const holds = test(condition);
  return exactly(anyOf(...Object.entries(trees).flatMap(([name, tree]) => (holds(name) ? [tree] : []))));
}

const ENTRIES: readonly CatalogEntry[] = Object.values(AWS_EVENTS);
