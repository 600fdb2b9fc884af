/** From a CloudTrail record to an event. */

import { AWS_TABLE } from '../../catalog/aws-table.ts';
import type { CatalogEntry } from '../../catalog/entry.ts';
import { contentId } from '../../model/content-id.ts';
import type { AuditEvent, EventKind } from '../../model/event.ts';
import { objectAt } from '../../model/json-text.ts';
import { flagOf, isObject, type JsonObject, member, objectOf, textOf } from '../../model/record.ts';
import { redact } from '../../model/redact.ts';
import { parseTime } from '../../model/time.ts';
import { isProblem, type Problem, type Reading } from '../../source/format.ts';
import { excerpt, malformed, malformedRecord, notARecord } from '../../source/problem.ts';
import { parseArn } from './arn.ts';
import { type Ending, endingOf } from './ending.ts';
import { actorOf } from './identity.ts';
import { mentionsOf } from './mentions.ts';
import { originOf } from './origin.ts';
import { SECRETS_MANAGER, secretsOf } from './secret-ids.ts';

type EventFields = { -readonly [Key in keyof AuditEvent]: AuditEvent[Key] };

/**
 * Makes an event of one CloudTrail record of any version, service and age: an element of `Records`, the parsed
 * `CloudTrailEvent` of LookupEvents, the `detail` of an EventBridge event, the parsed message of a log event.
 *
 * Whatever the record lacks, the event lacks; what has an unexpected type counts as missing. Only a time and a name
 * must be there. Values that may be secrets are taken out, of `raw` too. `account` is the account in which it happened
 * (`recipientAccountId`); `actor.account` is the one the caller belongs to. A record without `eventSource` belongs to
 * the service `unknown`, unless its name can only be Secrets Manager's.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-record-contents`.
 *
 * @param record - The record, as JSON.parse makes it.
 * @param source - What {@link AuditEvent.source} says.
 * @throws AuditError `malformed` that names what is missing.
 *
 * @example
 * ```ts
 * import { type CloudTrailRecord, decodeCloudTrail } from 'secret-events/aws';
 *
 * const record: CloudTrailRecord = {
 *   eventTime: '2026-11-20T14:30:00Z',
 *   eventSource: 'secretsmanager.amazonaws.com',
 *   eventName: 'GetSecretValue',
 *   requestParameters: { secretId: 'prod/db' },
 * };
 * const event = decodeCloudTrail(record);
 * console.log(event.action, event.secret?.name); // secret.read prod/db
 * ```
 */
export function decodeCloudTrail(record: unknown, source = 'decoded'): AuditEvent {
  const reading = isObject(record)
    ? readCloudTrail(record, source)
    : malformedRecord(`A CloudTrail record is an object; this is ${excerpt(record)}.`);
  if (isProblem(reading)) throw malformed(reading.reason, source);
  return reading;
}

/** What an envelope knows of the record in it; counts where the record itself is silent. */
export interface EnvelopeFacts {
  readonly service?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

const NO_FACTS: EnvelopeFacts = {};
const NO_ENDING: Ending = { outcome: 'unknown', denied: false, error: undefined };

/** {@link decodeCloudTrail} without an exception for a damaged record. */
export function readCloudTrail(record: JsonObject, source: string, facts: EnvelopeFacts = NO_FACTS): Reading {
  // First of all, so that nothing below can take up a value that may be a secret.
  const { value: raw, paths } = redact(record);
  const insight = insightOf(raw);
  const stated = textOf(raw, 'eventSource') ?? textOf(insight, 'eventSource');
  // Notices of S3, and what Lambda makes of queues and streams, look like records of CloudTrail and are none.
  if (stated?.startsWith('aws:')) return notARecord(`A message of ${excerpt(stated)}, which is no CloudTrail record.`);
  const name = textOf(raw, 'eventName') ?? textOf(insight, 'eventName');
  if (name === undefined) return missing('eventName', member(raw, 'eventName'), 'name');
  // No other time stands in for it: a record without its own time is damaged, and a guessed one would be evidence.
  const time = parseTime(member(raw, 'eventTime'));
  if (time === undefined) return missing('eventTime', member(raw, 'eventTime'), 'time');

  const service = stated ?? facts.service ?? serviceByName(name);
  // An insight tells that a call is made oddly often. It is no call itself: no action, no outcome.
  const isCall = insight === undefined;
  const entry = isCall && service === SECRETS_MANAGER ? entryOf(name) : undefined;
  const ending = isCall ? endingOf(raw, entry, name) : NO_ENDING;
  const identity = objectOf(raw, 'userIdentity');
  const secrets = secretsOf(raw, service);
  const secret = secrets[0];
  const mentions = mentionsOf(raw, service);

  const event = { provider: 'aws', id: textOf(raw, 'eventID') ?? contentId(raw), service, name } as EventFields;
  if (entry !== undefined) event.action = entry.action;
  event.kind = isCall ? (kindOf(raw) ?? entry?.kind ?? 'api') : 'insight';
  event.time = time;
  event.outcome = ending.outcome;
  event.denied = ending.denied;
  if (ending.error !== undefined) event.error = ending.error;
  const readOnly = flagOf(raw, 'readOnly') ?? entry?.readOnly;
  if (readOnly !== undefined) event.readOnly = readOnly;
  event.actor = actorOf(identity);
  if (secret !== undefined) event.secret = secret;
  if (secrets.length > 1) event.secrets = secrets;
  if (mentions.length > 0) event.mentions = mentions;
  event.origin = originOf(raw, identity);
  placeEvent(event, raw, facts);
  event.source = source;
  if (paths.length > 0) event.redacted = paths;
  event.raw = raw;
  return event;
}

/** Account and region; where the record has neither, those in the ARN of its secret. */
function placeEvent(event: EventFields, raw: JsonObject, facts: EnvelopeFacts): void {
  let account = textOf(raw, 'recipientAccountId') ?? facts.account ?? event.actor.account;
  let region = textOf(raw, 'awsRegion') ?? facts.region;
  if (account === undefined || region === undefined) {
    const arn = parseArn(event.secret?.id);
    account ??= arn?.account || undefined;
    region ??= arn?.region || undefined;
  }
  if (account !== undefined) event.account = account;
  if (region !== undefined) event.region = region;
}

/** CloudTrail Insights put name and source of the call they are about one level deeper. */
function insightOf(record: JsonObject): JsonObject | undefined {
  const category = member(record, 'eventCategory');
  if (category !== 'Insight' && member(record, 'eventType') !== 'AwsCloudTrailInsight') return undefined;
  return objectAt(record, 'insightDetails') ?? record;
}

/** The entry of a name in Secrets Manager's own block; names of other services do not count here. */
function entryOf(name: string): CatalogEntry | undefined {
  const entry = AWS_TABLE.find(name);
  return entry?.service === SECRETS_MANAGER ? entry : undefined;
}

/** Other services have a TagResource and a GetResourcePolicy too, but none has a name with Secret in it. */
function serviceByName(name: string): string {
  return name.includes('Secret') && entryOf(name) !== undefined ? SECRETS_MANAGER : 'unknown';
}

/**
 * `eventType` in neutral words, in any case: AwsConsoleSignIn is also spelled AwsConsoleSignin.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-record-contents` and the pages on each kind of event.
 */
function kindOf(record: JsonObject): EventKind | undefined {
  const type = textOf(record, 'eventType');
  return type === undefined ? undefined : (KINDS.get(type) ?? KINDS.get(type.slice(0, 32).toLowerCase()));
}

const KINDS: ReadonlyMap<string, EventKind> = new Map([
  ['AwsApiCall', 'api'],
  ['awsapicall', 'api'],
  ['AwsServiceEvent', 'service'],
  ['awsserviceevent', 'service'],
  ['awsconsoleaction', 'console'],
  ['awsconsolesignin', 'console'],
  ['awsvpceevent', 'network'],
  ['awsvpceevents', 'network'],
]);

function missing(field: string, value: unknown, what: string): Problem {
  const state = value === undefined ? 'is missing' : `is no ${what}: ${excerpt(value)}`;
  return malformedRecord(`A CloudTrail record whose ${field} ${state}.`);
}
