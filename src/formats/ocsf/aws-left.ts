/** What of a CloudTrail record has no place in an OCSF event. */
import type { AuditEvent } from '../../model/event.ts';
import { flagOf, isObject, type JsonObject, objectOf, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import { type Leftovers, leftOf, put, putAll, putLeft, says } from '../leftovers.ts';
import type { OcsfApi } from './ocsf-event.ts';

/** Every member of a CloudTrail record that says something and that `awsParts` has not placed. */
export function leftOfCloudTrail(event: AuditEvent, record: JsonObject, api: OcsfApi): Leftovers {
  const left: Leftovers = {};
  // The envelope of EventBridge's own events has no place but this.
  if (event.kind === 'native') {
    if (isObject(event.raw)) putAll(left, event.raw);
    return left;
  }
  for (const key in record) {
    if (!Object.hasOwn(record, key)) continue;
    const value = record[key];
    if (!says(value)) continue;
    switch (key) {
      case 'eventVersion':
      case 'eventTime':
      case 'eventType':
      case 'apiVersion':
      case 'requestID':
        if (typeof value === 'string') continue;
        break;
      case 'eventName':
        if (value === event.name) continue;
        break;
      case 'eventSource':
        if (value === event.service) continue;
        break;
      case 'eventID':
        if (value === event.id) continue;
        break;
      case 'awsRegion':
        if (value === event.region) continue;
        break;
      case 'recipientAccountId':
        if (value === event.account) continue;
        break;
      case 'sourceIPAddress':
        if (value === event.origin.ip || value === event.origin.service) continue;
        break;
      case 'userAgent':
        if (value === event.origin.agent) continue;
        break;
      case 'vpcEndpointId':
        if (value === event.origin.vpcEndpoint) continue;
        break;
      case 'errorCode':
        if (value === event.error?.code) continue;
        break;
      case 'errorMessage':
        if (value === event.error?.message) continue;
        break;
      case 'requestParameters':
        if (api.request !== undefined) continue;
        break;
      case 'responseElements':
        continue;
      case 'resources':
        if (Array.isArray(value) && value.every(isPlainResource)) continue;
        break;
      case 'tlsDetails':
        putLeft(left, key, value, (name, text) => name === 'clientProvidedHostHeader' && typeof text === 'string');
        continue;
      case 'userIdentity':
        putLeft(left, key, value, (name, part) => isPlacedIdentity(event, value, name, part));
        if (isObject(value)) leftOfSession(left, value);
        continue;
    }
    put(left, key, value);
  }
  return left;
}

function isPlainResource(resource: unknown): boolean {
  if (textOf(resource, 'ARN') === undefined) return false;
  for (const key in resource as JsonObject) {
    const value = (resource as JsonObject)[key];
    if (key !== 'ARN' && key !== 'accountId' && key !== 'type' && says(value)) return false;
    if (says(value) && typeof value !== 'string') return false;
  }
  return true;
}

function isPlacedIdentity(event: AuditEvent, identity: unknown, key: string, value: unknown): boolean {
  switch (key) {
    case 'type':
      return value === event.actor.type;
    case 'arn':
      return value === event.actor.id;
    case 'principalId':
    case 'invokedBy':
    case 'identityProvider':
      return typeof value === 'string';
    case 'accountId':
      return value === event.actor.account;
    case 'accessKeyId':
      return value === event.actor.credential;
    case 'userName':
      return value === event.actor.name;
    case 'onBehalfOf':
      // Its user id is the alternative id only where there is no principal.
      return !isObject(value) || leftOf(value, (name, text) => isPlacedBehalf(identity, name, text)) === undefined;
    case 'sessionContext':
      return isObject(value);
  }
  return false;
}

function isPlacedBehalf(identity: unknown, key: string, value: unknown): boolean {
  if (key === 'identityStoreArn') return typeof value === 'string';
  return key === 'userId' && textOf(identity, 'principalId') === undefined && typeof value === 'string';
}

/** Of a session, everything but its creation, its MFA, its issuer and its identity provider. */
function leftOfSession(left: Leftovers, identity: JsonObject): void {
  const context = objectOf(identity, 'sessionContext');
  if (context === undefined) return;
  const rest: Leftovers = {};
  for (const key in context) {
    if (!Object.hasOwn(context, key)) continue;
    putLeft(rest, key, context[key], (name, value) => {
      if (key === 'sessionIssuer') return name === 'arn' && typeof value === 'string';
      if (key === 'webIdFederationData') {
        return name === 'federatedProvider' && value === nameOfProvider(identity, context);
      }
      if (key !== 'attributes') return false;
      if (name === 'creationDate') return parseTime(value) !== undefined;
      return name === 'mfaAuthenticated' && flagOf(objectOf(context, key), name) !== undefined;
    });
  }
  if (Object.keys(rest).length === 0) return;
  const own = isObject(left['userIdentity']) ? left['userIdentity'] : {};
  left['userIdentity'] = { ...own, sessionContext: rest };
}

/** The identity provider's name, of the two places where a record may have it. */
export function nameOfProvider(identity: JsonObject | undefined, context: JsonObject | undefined): string | undefined {
  return textOf(identity, 'identityProvider') ?? textOf(objectOf(context, 'webIdFederationData'), 'federatedProvider');
}
