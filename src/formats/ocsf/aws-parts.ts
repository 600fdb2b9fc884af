/** CloudTrail records in the words of OCSF. Field by field: docs/formats.md. */
import type { AuditEvent } from '../../model/event.ts';
import { flagOf, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import { isoTime } from '../iso-time.ts';
import { says } from '../leftovers.ts';
import { cloudTrailOf } from '../record-shape.ts';
import { leftOfCloudTrail, nameOfProvider } from './aws-left.ts';
import type { OcsfActor, OcsfApi, OcsfEntity, OcsfResource, OcsfSession, OcsfUser } from './ocsf-event.ts';
import { accountOf, actorOf, asTarget, type Draft, type Parts, secretResources } from './parts.ts';
import type { Dialect } from './version.ts';

const SECRET_TYPE = 'AWS::SecretsManager::Secret';

/** What a CloudTrail record, or an event of EventBridge's own, adds. */
export function awsParts(event: AuditEvent, dialect: Dialect): Parts {
  const record = cloudTrailOf(event);
  const identity = objectOf(record, 'userIdentity');
  const version = textOf(record, 'eventVersion');
  const host = textOf(objectOf(record, 'tlsDetails'), 'clientProvidedHostHeader');
  const product: Draft<Parts['product']> = {
    name: event.kind === 'native' ? 'EventBridge' : 'CloudTrail',
    vendor_name: 'AWS',
  };
  if (version !== undefined) product.version = version;
  const api = apiOf(event, record);
  return {
    product,
    eventCode: textOf(record, 'eventType') ?? event.name,
    originalTime: textOf(record, 'eventTime') ?? textOf(event.raw, 'time'),
    correlation: undefined,
    message: undefined,
    actor: awsActor(event, identity, dialect),
    api,
    destination: host === undefined ? undefined : { hostname: host },
    resources: awsResources(event, record, dialect),
    left: leftOfCloudTrail(event, record, api),
  };
}

/** How CloudTrail's words for an identity translate. */
const USER_TYPES: ReadonlyMap<string, 1 | 2> = new Map([
  ['Root', 2],
  ['IAMUser', 1],
  ['AssumedRole', 1],
  ['Role', 1],
  ['FederatedUser', 1],
  ['Directory', 1],
  ['IdentityCenterUser', 1],
  ['SAMLUser', 1],
  ['WebIdentityUser', 1],
]);

function userTypeOf(type: string, dialect: Dialect): NonNullable<OcsfUser['type_id']> {
  if (type === 'AWSService') return dialect.serviceUser;
  return USER_TYPES.get(type) ?? (type === 'Unknown' ? 0 : 99);
}

function awsActor(event: AuditEvent, identity: JsonObject | undefined, dialect: Dialect): OcsfActor {
  const { id, name, type, account, credential } = event.actor;
  const user: Draft<OcsfUser> = {};
  if (type !== undefined) {
    user.type_id = userTypeOf(type, dialect);
    user.type = type;
  }
  if (name !== undefined) user.name = name;
  if (id !== undefined) user.uid = id;
  const alternative = alternativeId(identity);
  if (alternative !== undefined && alternative !== id) user.uid_alt = alternative;
  if (account !== undefined) user.account = accountOf('aws', account);
  if (credential !== undefined) {
    if (dialect.credentialList) user.programmatic_credentials = [{ uid: credential }];
    else user.credential_uid = credential;
  }
  const actor = actorOf(user, textOf(identity, 'invokedBy') ?? event.origin.service);
  const context = objectOf(identity, 'sessionContext');
  const session = sessionOf(context);
  if (session !== undefined) actor.session = session;
  const idp = providerOf(identity, context);
  if (idp !== undefined) actor.idp = idp;
  return actor;
}

function alternativeId(identity: JsonObject | undefined): string | undefined {
  return textOf(identity, 'principalId') ?? textOf(objectOf(identity, 'onBehalfOf'), 'userId');
}

function sessionOf(context: JsonObject | undefined): OcsfSession | undefined {
  if (context === undefined) return undefined;
  const attributes = objectOf(context, 'attributes');
  const created = parseTime(member(attributes, 'creationDate'));
  const mfa = flagOf(attributes, 'mfaAuthenticated');
  const issuer = textOf(objectOf(context, 'sessionIssuer'), 'arn');
  if (created === undefined && mfa === undefined && issuer === undefined) return undefined;
  const session: Draft<OcsfSession> = {};
  if (created !== undefined) {
    session.created_time = created.getTime();
    session.created_time_dt = isoTime(created);
  }
  if (mfa !== undefined) session.is_mfa = mfa;
  if (issuer !== undefined) session.issuer = issuer;
  return session;
}

function providerOf(identity: JsonObject | undefined, context: JsonObject | undefined): OcsfEntity | undefined {
  const name = nameOfProvider(identity, context);
  const uid = textOf(objectOf(identity, 'onBehalfOf'), 'identityStoreArn');
  if (name === undefined && uid === undefined) return undefined;
  const idp: Draft<OcsfEntity> = {};
  if (name !== undefined) idp.name = name;
  if (uid !== undefined) idp.uid = uid;
  return idp;
}

function apiOf(event: AuditEvent, record: JsonObject): OcsfApi {
  const api: Draft<OcsfApi> = { operation: event.name, service: { name: event.service } };
  const version = textOf(record, 'apiVersion');
  if (version !== undefined) api.version = version;
  const request = textOf(record, 'requestID');
  const parameters = member(record, 'requestParameters');
  // OCSF takes a request only with its id.
  if (request !== undefined) api.request = says(parameters) ? { uid: request, data: parameters } : { uid: request };
  const elements = member(record, 'responseElements');
  const { error } = event;
  if (error === undefined && !says(elements)) return api;
  const response: Draft<NonNullable<OcsfApi['response']>> = {};
  if (error?.code !== undefined) response.error = error.code;
  if (error?.message !== undefined) response.message = error.message;
  if (says(elements)) response.data = elements;
  api.response = response;
  return api;
}

/** The secrets, and what else the record lists. */
function awsResources(event: AuditEvent, record: JsonObject, dialect: Dialect): readonly OcsfResource[] {
  const resources = secretResources(event, SECRET_TYPE, dialect);
  const unlisted = [...resources];
  for (const listed of listOf(record, 'resources')) {
    const arn = textOf(listed, 'ARN');
    if (arn === undefined) continue;
    // A record may list one resource twice, under two accounts.
    const at = unlisted.findIndex(({ uid }) => uid === arn);
    let resource = unlisted.splice(at, at < 0 ? 0 : 1)[0];
    if (resource === undefined) {
      resource = asTarget({ uid: arn }, dialect);
      resources.push(resource);
    }
    const type = textOf(listed, 'type');
    const account = textOf(listed, 'accountId');
    if (type !== undefined) resource.type = type;
    if (account !== undefined) resource.owner = { account: accountOf('aws', account) };
  }
  return resources;
}
