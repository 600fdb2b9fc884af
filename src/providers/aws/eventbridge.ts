/** Amazon EventBridge: CloudTrail's records on the event bus, and Secrets Manager's own event. */
import { NATIVE_EVENTS } from '../../catalog/native.ts';
import { contentId } from '../../model/content-id.ts';
import type { AuditEvent, SecretRef } from '../../model/event.ts';
import { objectAt } from '../../model/json-text.ts';
import { compact, isObject, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { redact } from '../../model/redact.ts';
import { parseTime } from '../../model/time.ts';
import { isProblem, type Reading } from '../../source/format.ts';
import { excerpt, malformed, malformedRecord, notARecord } from '../../source/problem.ts';
import { readCloudTrail } from './decode.ts';
import { nameOfSecret, SECRETS_MANAGER } from './secret-ids.ts';

/**
 * What EventBridge delivers to a rule's target.
 *
 * Source: EventBridge User Guide, `eb-service-event-cloudtrail`.
 */
export interface EventBridgeEnvelope<Detail = unknown> {
  readonly version?: string;
  /** EventBridge's own id, not the record's. */
  readonly id?: string;
  /** `AWS API Call via CloudTrail`, `AWS Service Event via CloudTrail`, `Secret Label Updated`. */
  readonly 'detail-type': string;
  /** `aws.secretsmanager`. */
  readonly source?: string;
  readonly account?: string;
  readonly time?: string;
  readonly region?: string;
  readonly resources?: readonly string[];
  /** Of the events "via CloudTrail": the CloudTrail record. */
  readonly detail: Detail;
}

/**
 * The detail of `Secret Label Updated`; the ARN of the secret stands in `resources` of the envelope.
 *
 * Source: Secrets Manager User Guide, `event-detail-secret-label-updated-secretsmanager`.
 */
export interface SecretLabelUpdatedDetail {
  /** The name of the secret. */
  readonly name?: string;
  /** The staging label that moved: `AWSCURRENT` when the value changed, or a label of your own. */
  readonly labelUpdated?: string;
  /** The version to which it moved. */
  readonly versionId?: string;
}

const VIA_CLOUDTRAIL = /via CloudTrail$/i;
const LABEL_UPDATED = 'Secret Label Updated';

/**
 * Makes an event of what EventBridge delivers: a CloudTrail record (`AWS API Call via CloudTrail`, `AWS Service Event
 * via CloudTrail`, `AWS Console Sign In via CloudTrail` and so on), of which {@link AuditEvent.raw} is the record
 * itself, so that it equals the one read from a trail; or Secrets Manager's own `Secret Label Updated`, of which it is
 * the envelope.
 *
 * Source: EventBridge User Guide, `eb-service-event-cloudtrail`; Secrets Manager User Guide,
 * `secret-event-notifications`.
 *
 * @param event - The envelope as a handler gets it.
 * @param source - What {@link AuditEvent.source} says.
 * @throws AuditError `malformed` for a damaged envelope or record, and for every other `detail-type`.
 *
 * @example
 * ```ts
 * import { decodeEventBridge, type EventBridgeEnvelope } from 'secret-events/aws';
 *
 * export async function handler(envelope: EventBridgeEnvelope): Promise<void> {
 *   const event = decodeEventBridge(envelope, 'my-rule');
 *   if (event.denied) console.warn(event.actor.name, event.name, event.secret?.name);
 * }
 * ```
 */
export function decodeEventBridge(event: unknown, source = 'decoded'): AuditEvent {
  const reading = isObject(event)
    ? readEventBridge(event, source)
    : malformedRecord(`An EventBridge event is an object; this is ${excerpt(event)}.`);
  if (isProblem(reading)) throw malformed(reading.reason, source);
  return reading;
}

/** {@link decodeEventBridge} without an exception. */
export function readEventBridge(envelope: JsonObject, source: string): Reading {
  const type = textOf(envelope, 'detail-type');
  if (type === undefined) return notARecord('An EventBridge event needs a detail-type.');
  if (VIA_CLOUDTRAIL.test(type)) {
    const record = objectAt(envelope, 'detail');
    if (record === undefined)
      return malformedRecord('An EventBridge event via CloudTrail without a record in its detail.');
    const service = textOf(envelope, 'source') === 'aws.secretsmanager' ? SECRETS_MANAGER : undefined;
    return readCloudTrail(record, source, {
      service,
      account: textOf(envelope, 'account'),
      region: textOf(envelope, 'region'),
    });
  }
  if (type === LABEL_UPDATED) return readLabelUpdated(envelope, source);
  return notARecord(`An EventBridge event of type ${excerpt(type)}, which carries no audit record.`);
}

function readLabelUpdated(envelope: JsonObject, source: string): Reading {
  const time = parseTime(member(envelope, 'time'));
  if (time === undefined) return malformedRecord(`A ${LABEL_UPDATED} event without a usable time.`);
  const { value: raw, paths } = redact(envelope);
  const detail = objectOf(raw, 'detail');
  const entry = NATIVE_EVENTS.SecretLabelUpdated;
  return compact<AuditEvent>({
    provider: 'aws',
    id: textOf(raw, 'id') ?? contentId(raw),
    // Its EventBridge source is aws.secretsmanager; the same service has one name here, whichever way its events come.
    service: SECRETS_MANAGER,
    name: LABEL_UPDATED,
    action: entry.action,
    kind: entry.kind,
    time,
    outcome: entry.outcome,
    denied: false,
    error: undefined,
    readOnly: false,
    severity: undefined,
    actor: {},
    secret: labelledSecret(raw, detail),
    secrets: undefined,
    origin: {},
    account: textOf(raw, 'account'),
    region: textOf(raw, 'region'),
    source,
    derived: undefined,
    redacted: paths.length > 0 ? paths : undefined,
    raw,
  });
}

function labelledSecret(raw: JsonObject, detail: JsonObject | undefined): SecretRef | undefined {
  const arn = listOf(raw, 'resources')[0];
  const id = typeof arn === 'string' && arn !== '' ? arn : textOf(detail, 'name');
  if (id === undefined) return undefined;
  const name = textOf(detail, 'name') ?? nameOfSecret(id);
  return compact<SecretRef>({ id, name, version: textOf(detail, 'versionId'), group: undefined });
}
