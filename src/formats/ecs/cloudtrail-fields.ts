/** The fields of Elastic's CloudTrail integration. */
import type { AuditEvent } from '../../model/event.ts';
import { compact, flagOf, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import { says } from '../leftovers.ts';
import type { EcsCloudTrail, EcsDocument } from './ecs-document.ts';

/** `aws.cloudtrail`: what Elastic's pipeline takes from the record, under its names. */
export function cloudTrailFields(event: AuditEvent, record: JsonObject): EcsCloudTrail {
  const readOnly = flagOf(record, 'readOnly');
  const management = flagOf(record, 'managementEvent');
  const fields: { -readonly [Key in keyof EcsCloudTrail]: EcsCloudTrail[Key] } = {};
  const eventVersion = textOf(record, 'eventVersion');
  const eventType = textOf(record, 'eventType');
  const eventCategory = textOf(record, 'eventCategory');
  const apiVersion = textOf(record, 'apiVersion');
  const requestId = textOf(record, 'requestID');
  const recipientAccountId = textOf(record, 'recipientAccountId');
  const sharedEventId = textOf(record, 'sharedEventID');
  const vpcEndpointId = textOf(record, 'vpcEndpointId');
  if (eventVersion !== undefined) fields.event_version = eventVersion;
  if (eventType !== undefined) fields.event_type = eventType;
  if (eventCategory !== undefined) fields.event_category = eventCategory;
  if (apiVersion !== undefined) fields.api_version = apiVersion;
  if (requestId !== undefined) fields.request_id = requestId;
  if (recipientAccountId !== undefined) fields.recipient_account_id = recipientAccountId;
  if (sharedEventId !== undefined) fields.shared_event_id = sharedEventId;
  if (vpcEndpointId !== undefined) fields.vpc_endpoint_id = vpcEndpointId;
  if (event.error?.code !== undefined) fields.error_code = event.error.code;
  if (event.error?.message !== undefined) fields.error_message = event.error.message;
  if (readOnly !== undefined) fields.read_only = readOnly;
  if (management !== undefined) fields.management_event = management;
  const resources = listOf(record, 'resources')
    .map(resourceFields)
    .filter((resource) => resource !== undefined);
  if (resources.length > 0) fields.resources = resources;
  const identity = objectOf(record, 'userIdentity');
  if (identity !== undefined) {
    const user = identityFields(identity);
    if (user !== undefined) fields.user_identity = user;
  }
  const flattened = flattenedFields(record, FLATTENED);
  if (flattened !== undefined) fields.flattened = flattened;
  return fields;
}

type Resource = NonNullable<EcsCloudTrail['resources']>[number];

function resourceFields(resource: unknown): Resource | undefined {
  const fields: { -readonly [Key in keyof Resource]: Resource[Key] } = {};
  const arn = textOf(resource, 'ARN');
  const account = textOf(resource, 'accountId');
  const type = textOf(resource, 'type');
  if (arn !== undefined) fields.arn = arn;
  if (account !== undefined) fields.account_id = account;
  if (type !== undefined) fields.type = type;
  return arn === undefined && account === undefined && type === undefined ? undefined : fields;
}

const FLATTENED = [
  ['requestParameters', 'request_parameters'],
  ['responseElements', 'response_elements'],
  ['additionalEventData', 'additional_eventdata'],
  ['serviceEventDetails', 'service_event_details'],
  ['insightDetails', 'insight_details'],
] as const;

/** Members that hold whatever a service likes, each under its new name; `undefined` where there is none. */
export function flattenedFields(
  record: JsonObject,
  names: readonly (readonly [string, string])[],
): Record<string, unknown> | undefined {
  let flattened: Record<string, unknown> | undefined;
  for (const [key, name] of names) {
    const value = member(record, key);
    if (!says(value)) continue;
    flattened ??= {};
    flattened[name] = value;
  }
  return flattened;
}

function identityFields(identity: JsonObject): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  setText(fields, 'type', textOf(identity, 'type'));
  setText(fields, 'arn', textOf(identity, 'arn'));
  setText(fields, 'access_key_id', textOf(identity, 'accessKeyId'));
  setText(fields, 'invoked_by', textOf(identity, 'invokedBy'));
  const session = objectOf(identity, 'sessionContext');
  if (session !== undefined) {
    const context = sessionFields(session);
    if (Object.keys(context).length > 0) fields['session_context'] = context;
  }
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function sessionFields(session: JsonObject): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const attributes = objectOf(session, 'attributes');
  // A text, as in the record and in Elastic's field.
  setText(fields, 'mfa_authenticated', textOf(attributes, 'mfaAuthenticated'));
  setText(fields, 'creation_date', parseTime(member(attributes, 'creationDate'))?.toISOString());
  const issuer = objectOf(session, 'sessionIssuer');
  if (issuer === undefined) return fields;
  const of: Record<string, unknown> = {};
  setText(of, 'type', textOf(issuer, 'type'));
  setText(of, 'principal_id', textOf(issuer, 'principalId'));
  setText(of, 'arn', textOf(issuer, 'arn'));
  setText(of, 'account_id', textOf(issuer, 'accountId'));
  if (Object.keys(of).length > 0) fields['session_issuer'] = of;
  return fields;
}

function setText(fields: Record<string, unknown>, name: string, text: string | undefined): void {
  if (text !== undefined) fields[name] = text;
}

/** `tls` of `tlsDetails`: `TLSv1.3` is version 1.3 of the protocol tls. */
export function tlsFields(record: JsonObject): EcsDocument['tls'] {
  const details = objectOf(record, 'tlsDetails');
  if (details === undefined) return undefined;
  const version = textOf(details, 'tlsVersion');
  const split = version?.indexOf('v') ?? -1;
  const server = textOf(details, 'clientProvidedHostHeader');
  const tls = compact<NonNullable<EcsDocument['tls']>>({
    cipher: textOf(details, 'cipherSuite'),
    version: split < 0 ? undefined : version?.slice(split + 1) || undefined,
    version_protocol: split < 1 ? undefined : version?.slice(0, split).toLowerCase(),
    client: server === undefined ? undefined : { server_name: server },
  });
  return Object.keys(tls).length > 0 ? tls : undefined;
}
