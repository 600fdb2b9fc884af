/** IBM Cloud's activity tracking events in the words of OCSF. Field by field: docs/formats.md. */
import type { AuditEvent } from '../../model/event.ts';
import { type JsonObject, member, objectOf, textOf } from '../../model/record.ts';
import { says } from '../leftovers.ts';
import { activityOfIbm, logSourceOf } from '../record-shape.ts';
import { leftOfActivity } from './ibm-left.ts';
import type { OcsfActor, OcsfApi, OcsfEntity, OcsfResource, OcsfUser } from './ocsf-event.ts';
import { accountOf, actorOf, asTarget, type Draft, type Parts, secretResources } from './parts.ts';
import type { Dialect } from './version.ts';

const SECRET_TYPE = 'secrets-manager/secret';

/** What an activity tracking event, a notice, or an answer of the Secrets Manager API adds. */
export function ibmParts(event: AuditEvent, dialect: Dialect): Parts {
  const record = activityOfIbm(event);
  const api = apiOf(event, record);
  return {
    product: { name: productOf(event), vendor_name: 'IBM' },
    eventCode: event.name,
    originalTime: textOf(record, 'eventTime') ?? textOf(event.raw, 'time'),
    correlation: textOf(record, 'correlationId'),
    message: textOf(record, 'message'),
    actor: ibmActor(event, objectOf(record, 'initiator'), dialect),
    api,
    destination: undefined,
    resources: ibmResources(event, objectOf(record, 'target'), dialect),
    left: leftOfActivity(event, record, api),
  };
}

function productOf(event: AuditEvent): string {
  if (event.derived) return 'Secrets Manager';
  return event.kind === 'notification' ? 'Event Notifications' : 'Activity Tracking';
}

function userTypeOf(type: string, dialect: Dialect): NonNullable<OcsfUser['type_id']> {
  if (type === 'service/security/account/user') return 1;
  // Old records have a hyphen.
  const isService = type === 'service/security/account/serviceid' || type === 'service/security/account/service-id';
  return isService ? dialect.serviceUser : 99;
}

function ibmActor(event: AuditEvent, initiator: JsonObject | undefined, dialect: Dialect): OcsfActor {
  const { id, name, type, account } = event.actor;
  const user: Draft<OcsfUser> = {};
  if (type !== undefined) {
    user.type_id = userTypeOf(type, dialect);
    user.type = type;
  }
  if (name !== undefined) user.name = name;
  if (id !== undefined) user.uid = id;
  const authenticated = textOf(initiator, 'authnId');
  if (authenticated !== undefined && authenticated !== id) user.uid_alt = authenticated;
  if (account !== undefined) user.account = accountOf('ibm', account);
  return actorOf(user, event.origin.service);
}

function apiOf(event: AuditEvent, record: JsonObject): OcsfApi {
  const service: Draft<OcsfEntity> = { name: event.service };
  const crn = logSourceOf(event, record);
  if (crn !== undefined) service.uid = crn;
  const api: Draft<OcsfApi> = { operation: event.name, service };
  const request = textOf(record, 'correlationId');
  const data = member(record, 'requestData');
  // OCSF takes a request only with its id.
  if (request !== undefined) api.request = says(data) ? { uid: request, data } : { uid: request };
  const reason = objectOf(record, 'reason');
  const code = statusOf(reason);
  const error = event.outcome === 'failure' ? textOf(reason, 'reasonType') : undefined;
  const message = messageOf(event, reason);
  const answer = member(record, 'responseData');
  if (code === undefined && error === undefined && message === undefined && !says(answer)) return api;
  const response: Draft<NonNullable<OcsfApi['response']>> = {};
  if (code !== undefined) response.code = code;
  if (error !== undefined) response.error = error;
  if (message !== undefined) response.message = message;
  if (says(answer)) response.data = answer;
  api.response = response;
  return api;
}

/** The HTTP status, a number in some records and a text in others. */
function statusOf(reason: JsonObject | undefined): number | undefined {
  const code = member(reason, 'reasonCode');
  if (typeof code !== 'number' && typeof code !== 'string') return undefined;
  const number = Number(code);
  return Number.isInteger(number) && number >= 100 && number <= 599 ? number : undefined;
}

function messageOf(event: AuditEvent, reason: JsonObject | undefined): string | undefined {
  return textOf(reason, 'reasonForFailure') ?? event.error?.message ?? textOf(reason, 'reasonType');
}

/** The secret, or whatever else was the target. */
function ibmResources(event: AuditEvent, target: JsonObject | undefined, dialect: Dialect): readonly OcsfResource[] {
  const type = textOf(target, 'typeURI');
  const id = textOf(target, 'id');
  const name = textOf(target, 'name');
  const secrets = secretResources(event, type ?? SECRET_TYPE, dialect);
  const isTarget = event.secret !== undefined && (id === undefined || event.secret.id === id);
  if (target === undefined || isTarget || (id === undefined && name === undefined)) return secrets;
  const resource: Draft<OcsfResource> = {};
  if (id !== undefined) resource.uid = id;
  if (name !== undefined) resource.name = name;
  if (type !== undefined) resource.type = type;
  return [...secrets, asTarget(resource, dialect)];
}
