/**
 * The shapes of the catalog: what an entry says about one event name, and the neutral words
 * ({@link Action}) that make names of different clouds comparable. Data only; imports nothing.
 *
 * @module
 */

/** The cloud that records an event. */
export type Provider = 'aws' | 'ibm';

/**
 * What happened, in words that hold for every cloud: `resource.verb`.
 *
 * The verbs are few on purpose. A question that people ask of both clouds is one word here: "who read a secret"
 * is `secret.read`, whatever the cloud calls it. docs/actions.md lists every name under its action, with reasons.
 */
export const ACTIONS = [
  // A secret and its value. read: the value left the vault. write: a new value. describe: only metadata was seen.
  // act: something was done to it that only the request names.
  'secret.read',
  'secret.describe',
  'secret.list',
  'secret.create',
  'secret.write',
  'secret.update',
  'secret.delete',
  'secret.restore',
  'secret.expire',
  'secret.act',
  // One version of a secret.
  'version.list',
  'version.describe',
  'version.update',
  'version.label',
  'version.delete',
  'version.restore',
  'version.act',
  // Rotation, from the order to the end.
  'rotation.request',
  'rotation.cancel',
  'rotation.start',
  'rotation.succeed',
  'rotation.fail',
  'rotation.abandon',
  'rotation.test',
  // Copies of a secret in other Regions.
  'replication.request',
  'replication.remove',
  'replication.detach',
  'replication.start',
  'replication.succeed',
  'replication.fail',
  // Who may use what.
  'policy.read',
  'policy.list',
  'policy.update',
  'policy.delete',
  'policy.validate',
  // Locks that keep a secret or a version from being changed or deleted.
  'lock.create',
  'lock.list',
  'lock.delete',
  // Groups of secrets.
  'group.create',
  'group.read',
  'group.list',
  'group.update',
  'group.delete',
  // Background work on a secret.
  'task.create',
  'task.read',
  'task.list',
  'task.update',
  'task.delete',
  'task.succeed',
  'task.fail',
  // Certificates that the vault itself issues.
  'certificate.issue',
  'certificate.read',
  'certificate.list',
  'certificate.revoke',
  // Logins, tokens and login roles of the vault.
  'access.login',
  'access.read',
  'access.list',
  'access.grant',
  'access.renew',
  'access.revoke',
  // The vault's own settings, endpoints, mounts and engines.
  'config.create',
  'config.read',
  'config.list',
  'config.update',
  'config.delete',
  'config.act',
  // Where the vault sends its own notices and logs.
  'notification.create',
  'notification.read',
  'notification.list',
  'notification.update',
  'notification.delete',
  'notification.test',
  // A random password was made; no secret was touched.
  'password.generate',
] as const;

/** One of {@link ACTIONS}. */
export type Action = (typeof ACTIONS)[number];

/**
 * Where a name comes from.
 *
 * - `api`: somebody (or some service) called an operation.
 * - `service`: the service itself records it, no call makes it (CloudTrail `AwsServiceEvent`).
 * - `notification`: IBM Event Notifications pushes it; it is not an audit record.
 * - `native`: Amazon EventBridge's own event, without CloudTrail.
 */
export type EntryKind = 'api' | 'service' | 'notification' | 'native';

/**
 * - `current`: documented today.
 * - `retired`: gone from the documentation; needed to read old archives. See {@link CatalogEntry.successors}.
 * - `iam-only`: an IAM action without a documented audit event.
 * - `beta`: documented for a plan that is a public beta.
 */
export type EntryStatus = 'current' | 'retired' | 'iam-only' | 'beta';

/**
 * The severity that the documentation gives a name: IBM Event Notifications says low or high, IBM activity tracking
 * says normal, warning or critical.
 */
export type EntrySeverity = 'low' | 'high' | 'normal' | 'warning' | 'critical';

/** AWS IAM access level of an operation. Not the same thing as {@link CatalogEntry.readOnly}. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

/** What kind of thing a name acts on. */
export type Resource =
  | 'secret'
  | 'version'
  | 'group'
  | 'lock'
  | 'policy'
  | 'task'
  | 'certificate'
  | 'access'
  | 'instance'
  | 'notification'
  | 'none';

/** One event or action name, and what is known about it. */
export interface CatalogEntry {
  /** The name exactly as the cloud records it: `GetSecretValue`, `secrets-manager.secret.read`. */
  readonly name: string;
  readonly provider: Provider;
  /** CloudTrail event source, EventBridge source or IBM service name: `secretsmanager.amazonaws.com`, `secrets-manager`. */
  readonly service: string;
  readonly kind: EntryKind;
  /** What it means in neutral words. */
  readonly action: Action;
  /** One line for people. IBM's own description where IBM gives one. */
  readonly title: string;
  readonly resource: Resource;
  /**
   * Whether nothing is changed. AWS: what the record's own `readOnly` says. IBM records have no such field: there it
   * follows from the HTTP method or from the name. `undefined`: no source settles it.
   */
  readonly readOnly?: boolean;
  /** What the name alone says about the end of the act, where it says something (`RotationFailed`: `failure`). */
  readonly outcome?: 'success' | 'failure' | 'pending';
  /** AWS IAM access level. */
  readonly access?: AccessLevel;
  /** IBM IAM service roles that may do it. Empty: documented as an event, but not in the IAM table. */
  readonly roles?: readonly string[];
  /**
   * The API call behind it: an AWS operation, or HTTP method, path and SDK method for IBM: `GET /api/v2/secrets
   * (listSecrets)`. No IBM page ties actions to calls, so for IBM it is mapped by name.
   */
  readonly operation?: string;
  /** The severity that the documentation gives the name. `undefined`: none is documented; read it from the event. */
  readonly severity?: EntrySeverity;
  /** For a notification that comes in several kinds: its subtypes. */
  readonly subtypes?: readonly string[];
  /** Earliest date on which a source shows the name (`YYYY-MM` or `YYYY-MM-DD`); not a launch date. */
  readonly since?: string;
  readonly status: EntryStatus;
  /** For a retired name: what replaced it. */
  readonly successors?: readonly string[];
  /** What is odd, unsettled, or easily misread. */
  readonly note?: string;
  /** The page it comes from. */
  readonly source: string;
}

/**
 * A family of names that a rule makes rather than a list: IBM's Vault Dedicated plan turns request paths into
 * action names. The operation is not in the name, so the action depends on it.
 */
export interface CatalogPattern {
  /** How people read it: `secrets-manager.data.<path>`. */
  readonly name: string;
  readonly provider: Provider;
  readonly service: string;
  /** Matches a whole action name. */
  readonly pattern: RegExp;
  readonly title: string;
  readonly resource: Resource;
  /** The action for each Vault operation; an operation that is not listed has none. */
  readonly actions: Readonly<Partial<Record<VaultOperation, Action>>>;
  readonly status: EntryStatus;
  readonly note?: string;
  readonly source: string;
}

/** The operation that a Vault Dedicated event names in its `message`. */
export type VaultOperation = 'create' | 'read' | 'list' | 'update' | 'delete';
