/** What each provider's record adds to an OCSF event. */
import type { AuditEvent } from '../../model/event.ts';
import type { Leftovers } from '../leftovers.ts';
import type {
  OcsfAccount,
  OcsfActor,
  OcsfApi,
  OcsfEndpoint,
  OcsfMetadata,
  OcsfResource,
  OcsfUser,
} from './ocsf-event.ts';
import type { Dialect } from './version.ts';

/** An object under construction. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** The part of an event that only the provider's record knows. */
export interface Parts {
  readonly product: OcsfMetadata['product'];
  readonly eventCode: string;
  /** The time as the record writes it. */
  readonly originalTime: string | undefined;
  readonly correlation: string | undefined;
  readonly message: string | undefined;
  readonly actor: OcsfActor;
  readonly api: OcsfApi;
  readonly destination: OcsfEndpoint | undefined;
  readonly resources: readonly OcsfResource[];
  /** The members of the record that have no place in an OCSF event. */
  readonly left: Leftovers;
}

/** An account by its id. OCSF has a type for AWS accounts and none for IBM's. */
export function accountOf(provider: AuditEvent['provider'], uid: string): OcsfAccount {
  return provider === 'aws'
    ? { uid, type_id: 10, type: 'AWS Account' }
    : { uid, type_id: 99, type: 'IBM Cloud Account' };
}

/** The secrets of an event as resources. */
export function secretResources(event: AuditEvent, type: string, dialect: Dialect): Draft<OcsfResource>[] {
  const secrets = event.secrets ?? (event.secret === undefined ? [] : [event.secret]);
  return secrets.map(({ id, name, version, group }) => {
    const resource: Draft<OcsfResource> = { uid: id };
    if (name !== undefined) resource.name = name;
    resource.type = type;
    if (version !== undefined) resource.version = version;
    if (group !== undefined) resource.group = { uid: group };
    return asTarget(resource, dialect);
  });
}

/** Says that a resource is what the act was done to, in a version that has words for it. */
export function asTarget(resource: Draft<OcsfResource>, dialect: Dialect): Draft<OcsfResource> {
  if (dialect.resourceRole) {
    resource.role_id = 1;
    resource.role = 'Target';
  }
  return resource;
}

const NOBODY: OcsfUser = { name: 'Unknown', type_id: 0, type: 'Unknown' };

/**
 * An actor that says who, as OCSF requires: a user with a name, an id or an account, or a service. Who is known by
 * anything else has the name Unknown.
 */
export function actorOf(user: OcsfUser, appName: string | undefined): Draft<OcsfActor> {
  const actor: Draft<OcsfActor> = {};
  if (user.name !== undefined || user.uid !== undefined || user.account !== undefined) actor.user = user;
  else if (Object.keys(user).length > 0) actor.user = { ...user, name: 'Unknown' };
  else if (appName === undefined) actor.user = NOBODY;
  if (appName !== undefined) actor.app_name = appName;
  return actor;
}
