/** Events for whatever reads the Elastic Common Schema. */
import type { AuditEvent } from '../../model/event.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../../model/record.ts';
import { isoTime } from '../iso-time.ts';
import { activityOfIbm, cloudTrailOf } from '../record-shape.ts';
import { activityFields } from './activity-fields.ts';
import { cloudTrailFields, tlsFields } from './cloudtrail-fields.ts';
import type { EcsDocument } from './ecs-document.ts';

/** How {@link toEcs} writes. */
export interface EcsOptions {
  /** Whether `event.original` holds the provider's record as JSON text, without values that may be secrets; no by default. */
  readonly raw?: boolean;
}

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Writes an event in the Elastic Common Schema 8.11: for AWS the fields that Elastic's own CloudTrail integration fills,
 * for IBM Cloud the same fields by the same rules, and `ibm.activity_tracking` for what ECS has none for.
 *
 * `cloud.account.id` is the caller's account where the record has one, and `user.name` the role of an assumed role, both
 * as Elastic has them; the session's name is in `related.user`. There is no `event.category`: Elastic gives events of
 * secrets none. What ECS has no words for (the neutral action, `pending`, denials) is in `secret_event`. Differences from
 * Elastic's output: docs/formats.md.
 *
 * Source: ECS field reference 8.11; elastic/integrations, `packages/aws/data_stream/cloudtrail`.
 *
 * @example
 * ```ts
 * import { decodeCloudTrail } from 'secret-events/aws';
 * import { toEcs } from 'secret-events/formats';
 *
 * const event = decodeCloudTrail({
 *   eventTime: '2026-11-20T14:30:00Z',
 *   eventSource: 'secretsmanager.amazonaws.com',
 *   eventName: 'GetSecretValue',
 *   sourceIPAddress: '192.0.2.17',
 * });
 * console.log(toEcs(event).source?.ip); // 192.0.2.17
 * ```
 */
export function toEcs(event: AuditEvent, options: EcsOptions = {}): EcsDocument {
  const isAws = event.provider === 'aws';
  const record = isAws ? cloudTrailOf(event) : ibmRecordOf(event);
  const { outcome, error, origin, secret, secrets = secret === undefined ? undefined : [secret] } = event;
  const happened: EcsDocument['event'] = {
    kind: 'event',
    type: ['info'],
    action: event.name,
    id: event.id,
    provider: event.service,
    outcome: outcome === 'pending' ? 'unknown' : outcome,
  };
  const written: Draft<EcsDocument> = {
    '@timestamp': isoTime(event.time),
    ecs: { version: '8.11.0' },
    event: options.raw ? { ...happened, original: JSON.stringify(event.raw) } : happened,
    cloud: cloudOf(event),
    secret_event: ownWords(event, secrets),
  };
  const message = isAws ? undefined : textOf(record, 'message');
  if (message !== undefined) written.message = message;
  if (error !== undefined) written.error = error;
  const address = addressOf(event, record);
  if (address !== undefined) written.source = origin.ip === undefined ? { address } : { address, ip: origin.ip };
  const user = isAws ? cloudTrailUser(event, objectOf(record, 'userIdentity')) : userOf(event.actor);
  if (user !== undefined) written.user = user;
  if (origin.agent !== undefined) written.user_agent = { original: origin.agent };
  const related = relatedTo(event, user?.name, secrets);
  if (related !== undefined) written.related = related;
  if (!isAws) {
    written.ibm = { activity_tracking: activityFields(event, record) };
    return written;
  }
  const tls = tlsFields(record);
  if (tls !== undefined) written.tls = tls;
  written.aws = { cloudtrail: cloudTrailFields(event, record) };
  return written;
}

/** A notice has its data, and no other member in common with an activity tracking event. */
function ibmRecordOf(event: AuditEvent): JsonObject {
  return event.kind === 'notification' && isObject(event.raw) ? event.raw : activityOfIbm(event);
}

function cloudOf({ provider, service, actor, account, region }: AuditEvent): EcsDocument['cloud'] {
  const cloud: Draft<EcsDocument['cloud']> = {
    provider,
    service: { name: provider === 'aws' ? shortService(service) : service },
  };
  const id = actor.account ?? account;
  if (id !== undefined) cloud.account = { id };
  if (region !== undefined) cloud.region = region;
  return cloud;
}

const DOMAIN = '.amazonaws.com';

function shortService(host: string): string {
  return host.endsWith(DOMAIN) && host.length > DOMAIN.length ? host.slice(0, -DOMAIN.length) : host;
}

/** What the record has for an address, be it one or not. */
function addressOf({ provider, origin }: AuditEvent, record: JsonObject): string | undefined {
  const stated =
    provider === 'aws'
      ? textOf(record, 'sourceIPAddress')
      : textOf(objectOf(objectOf(record, 'initiator'), 'host'), 'address');
  return stated ?? origin.ip ?? origin.service;
}

function userOf({
  id,
  name,
}: {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}): EcsDocument['user'] {
  if (id === undefined && name === undefined) return undefined;
  const user: Draft<NonNullable<EcsDocument['user']>> = {};
  if (id !== undefined) user.id = id;
  if (name !== undefined) user.name = name;
  return user;
}

/** Elastic's user: the principal's id, and the name of the role where there is one. */
function cloudTrailUser({ actor }: AuditEvent, identity: JsonObject | undefined): EcsDocument['user'] {
  const principal = textOf(identity, 'principalId') ?? textOf(objectOf(identity, 'onBehalfOf'), 'userId');
  const issuer = objectOf(objectOf(identity, 'sessionContext'), 'sessionIssuer');
  return userOf({ id: principal, name: textOf(issuer, 'userName') ?? actor.role ?? textOf(identity, 'userName') });
}

/** Everything that people search by, whatever its part in the event. */
function relatedTo(
  { actor, origin }: AuditEvent,
  userName: string | undefined,
  secrets: AuditEvent['secrets'],
): EcsDocument['related'] {
  const related: { user?: string[]; ip?: string[]; entity?: string[] } = {};
  const other = actor.name === userName ? undefined : actor.name;
  if (userName !== undefined) related.user = other === undefined ? [userName] : [userName, other];
  else if (other !== undefined) related.user = [other];
  if (origin.ip !== undefined) related.ip = [origin.ip];
  const entities: string[] = [];
  if (secrets !== undefined) for (const { id } of secrets) entities.push(id);
  if (actor.id !== undefined) entities.push(actor.id);
  if (entities.length > 0) related.entity = entities;
  return (related.user ?? related.ip ?? related.entity) ? related : undefined;
}

function ownWords(event: AuditEvent, secrets: AuditEvent['secrets']): EcsDocument['secret_event'] {
  const words: Draft<EcsDocument['secret_event']> = {
    kind: event.kind,
    outcome: event.outcome,
    denied: event.denied,
    source: event.source,
  };
  if (event.action !== undefined) words.action = event.action;
  if (event.derived) words.derived = true;
  if (event.redacted !== undefined) words.redacted = event.redacted;
  if (secrets !== undefined) words.secrets = secrets;
  return words;
}
