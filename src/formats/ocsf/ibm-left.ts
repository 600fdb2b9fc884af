/** What of IBM's records has no place in an OCSF event. */
import type { AuditEvent } from '../../model/event.ts';
import { isObject, type JsonObject, member } from '../../model/record.ts';
import { type Leftovers, put, putAll, putLeft, says } from '../leftovers.ts';
import type { OcsfApi } from './ocsf-event.ts';

/** Every member of a record that says something and that `ibmParts` has not placed. */
export function leftOfActivity(event: AuditEvent, record: JsonObject, api: OcsfApi): Leftovers {
  const left: Leftovers = {};
  if (!isObject(event.raw)) return left;
  if (record === event.raw) {
    putLeftOf(left, event, record, api);
    return left;
  }
  // A notice, an answer of the API, or the old wrapping around an event.
  const { payload, ...around } = event.raw;
  putAll(left, around);
  if (left['logSourceCRN'] === api.service.uid) delete left['logSourceCRN'];
  if (payload === undefined) return left;
  if (payload === record) {
    const inner: Leftovers = {};
    putLeftOf(inner, event, record, api);
    if (Object.keys(inner).length > 0) left['payload'] = inner;
  } else if (says(payload)) left['payload'] = payload;
  return left;
}

function putLeftOf(left: Leftovers, event: AuditEvent, record: JsonObject, api: OcsfApi): void {
  for (const key in record) {
    if (!Object.hasOwn(record, key)) continue;
    const value = record[key];
    if (!says(value)) continue;
    switch (key) {
      case 'eventTime':
      case 'correlationId':
      case 'message':
        if (typeof value === 'string') continue;
        break;
      case 'action':
        if (value === event.name) continue;
        break;
      case 'outcome':
        if (value === event.outcome) continue;
        break;
      case 'logSourceCRN':
        if (value === api.service.uid) continue;
        break;
      case 'requestData':
        if (api.request !== undefined) continue;
        break;
      case 'responseData':
        continue;
      case 'initiator':
        putLeft(left, key, value, (name, part) => isPlacedInitiator(event, name, part));
        if (isObject(value)) leftOfHost(left, event, value);
        continue;
      case 'target':
        putLeft(left, key, value, (name, part) => isPlacedTarget(event, name, part));
        continue;
      case 'reason':
        putLeft(left, key, value, (name, part) => isPlacedReason(api, name, part));
        continue;
    }
    put(left, key, value);
  }
}

function isPlacedInitiator(event: AuditEvent, key: string, value: unknown): boolean {
  if (key === 'id') return value === event.actor.id;
  if (key === 'name' || key === 'authnName') return value === event.actor.name;
  if (key === 'typeURI') return value === event.actor.type;
  if (key === 'authnId') return typeof value === 'string';
  return key === 'host' && isObject(value);
}

function leftOfHost(left: Leftovers, event: AuditEvent, initiator: JsonObject): void {
  const rest: Leftovers = {};
  putLeft(rest, 'host', member(initiator, 'host'), (name, value) => {
    if (name === 'address') return value === event.origin.ip;
    return name === 'agent' && value === event.origin.agent;
  });
  if (!isObject(member(initiator, 'host')) || rest['host'] === undefined) return;
  const own = isObject(left['initiator']) ? left['initiator'] : {};
  left['initiator'] = { ...own, ...rest };
}

function isPlacedTarget(event: AuditEvent, key: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (key === 'id' || key === 'typeURI') return true;
  // The name `-` stands for none, and another name than the secret's has no place.
  return key === 'name' && (event.secret === undefined || value === event.secret.name);
}

function isPlacedReason({ response }: OcsfApi, key: string, value: unknown): boolean {
  if (key === 'reasonCode') return response?.code !== undefined;
  if (key === 'reasonType') return value === response?.error || value === response?.message;
  return key === 'reasonForFailure' && value === response?.message;
}
