/** Who did it: every variant of CloudTrail's `userIdentity`. */
import type { Actor } from '../../model/event.ts';
import { type JsonObject, objectOf, textOf } from '../../model/record.ts';
import { type Arn, parseArn } from './arn.ts';

type ActorFields = { -readonly [Key in keyof Actor]: Actor[Key] };

const NOBODY: Actor = Object.freeze({});

// Stands for the name that somebody typed at a failed sign-in: it might be a password in the wrong box.
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/**
 * Reads `userIdentity`. The name is that of the person or workload: of an assumed role it is the session name, with the
 * role beside it. Events of a service itself have an identity without `type`, ARN and principal.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-user-identity`.
 */
export function actorOf(identity: JsonObject | undefined): Actor {
  if (identity === undefined) return NOBODY;
  const type = textOf(identity, 'type');
  const arnText = textOf(identity, 'arn');
  const arn = parseArn(arnText);
  const session = objectOf(identity, 'sessionContext');

  const actor: ActorFields = {};
  const id = arnText ?? textOf(identity, 'principalId') ?? textOf(objectOf(identity, 'onBehalfOf'), 'userId');
  if (id !== undefined) actor.id = id;
  const name = nameOf(type, identity, arn?.resource) ?? textOf(session, 'sourceIdentity');
  if (name !== undefined) actor.name = name;
  if (type !== undefined) actor.type = type;
  const account = textOf(identity, 'accountId') ?? (arn?.account === '' ? undefined : arn?.account);
  if (account !== undefined) actor.account = account;
  const credential = textOf(identity, 'accessKeyId');
  if (credential !== undefined) actor.credential = credential;
  const role = roleOf(type, session, arn);
  if (role !== undefined) actor.role = role;
  return actor;
}

function nameOf(type: string | undefined, identity: JsonObject, resource: string | undefined): string | undefined {
  // The ARN says more than the type: sessions of a role have been recorded as IAMUser.
  if (resource?.startsWith('assumed-role/')) {
    return sessionOf(resource) ?? principalSessionOf(identity) ?? userNameOf(identity);
  }
  switch (type) {
    case 'Root':
      return 'root';
    case 'AWSService':
      return textOf(identity, 'invokedBy');
    case 'AWSAccount':
      // Of a caller in another account CloudTrail tells the account, and sometimes the principal with its session.
      return principalSessionOf(identity) ?? textOf(identity, 'accountId') ?? textOf(identity, 'principalId');
    case 'IdentityCenterUser':
      return userNameOf(identity) ?? textOf(objectOf(identity, 'onBehalfOf'), 'userId');
    case 'AssumedRole':
    case 'Role':
      return principalSessionOf(identity) ?? userNameOf(identity);
    case 'WebIdentityUser':
    case 'SAMLUser':
      // Their principal id has colons of another meaning.
      return userNameOf(identity);
    default:
      return userNameOf(identity) ?? userOf(resource) ?? principalSessionOf(identity) ?? textOf(identity, 'invokedBy');
  }
}

function userNameOf(identity: JsonObject): string | undefined {
  const name = textOf(identity, 'userName');
  return name === HIDDEN ? undefined : name;
}

/** The session name in a principal id: `AROAEXAMPLE:alice`. */
function principalSessionOf(identity: JsonObject): string | undefined {
  const principal = textOf(identity, 'principalId');
  const colon = principal === undefined ? -1 : principal.indexOf(':');
  return colon < 0 ? undefined : principal?.slice(colon + 1) || undefined;
}

/** The session name in the resource of an ARN: `assumed-role/Admin/alice`. */
function sessionOf(resource: string): string | undefined {
  const slash = resource.indexOf('/', resource.indexOf('/') + 1);
  return slash < 0 ? undefined : resource.slice(slash + 1) || undefined;
}

/** `alice` of `user/path/alice` and of `federated-user/alice`. */
function userOf(resource: string | undefined): string | undefined {
  if (resource === undefined || !(resource.startsWith('user/') || resource.startsWith('federated-user/')))
    return undefined;
  return lastPart(resource);
}

function roleOf(type: string | undefined, session: JsonObject | undefined, arn: Arn | undefined): string | undefined {
  const issuer = objectOf(session, 'sessionIssuer');
  if (issuer !== undefined) {
    const issuerArn = parseArn(textOf(issuer, 'arn'));
    const isRole = textOf(issuer, 'type') === 'Role' || issuerArn?.resource.startsWith('role/') === true;
    const name = isRole ? (textOf(issuer, 'userName') ?? lastPart(issuerArn?.resource)) : undefined;
    if (name !== undefined) return name;
  }
  if (arn?.resource.startsWith('assumed-role/')) return arn.resource.split('/', 2)[1] || undefined;
  return type === 'Role' || arn?.resource.startsWith('role/') ? lastPart(arn?.resource) : undefined;
}

function lastPart(resource: string | undefined): string | undefined {
  return resource?.slice(resource.lastIndexOf('/') + 1) || undefined;
}
