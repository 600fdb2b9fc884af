/**
 * The Vault Dedicated plan of IBM Cloud Secrets Manager, a public beta: nine fixed actions, and families of names
 * that are made out of Vault request paths. In such a name
 *
 * - the first path segment, the mount, is dropped, `/` becomes `.` and a trailing slash goes;
 * - the operation is missing: `message` names it, and the severity follows from it ({@link VAULT_SEVERITY});
 * - a path may end in any word, so `secrets-manager.data.secret.read` is no read of anything by its name.
 *
 * Source: IBM's page `vault-dedicated-at-events`, texts of 2026-08-28 (titles of the fixed names) and 2026-09-20.
 *
 * @module
 */
import { defineEvents } from './define.ts';
import type { Action, CatalogPattern, EntrySeverity, Resource, VaultOperation } from './entry.ts';

const PREFIX = 'secrets-manager.';
const PLAN = {
  provider: 'ibm',
  service: 'secrets-manager',
  status: 'beta',
  source: 'https://cloud.ibm.com/docs/secrets-manager?topic=secrets-manager-vault-dedicated-at-events',
} as const;

const DESTINATION = 'The text of September 2026 calls it a log destination. No page on the call was found.';

export const VAULT_EVENTS = defineEvents(
  { ...PLAN, kind: 'api', since: '2026-08-28' },
  {
    AdminTokenCreate: {
      name: 'secrets-manager.admin-token.create',
      action: 'access.grant',
      title: 'Generate an admin token for initial Vault access.',
      resource: 'access',
      readOnly: false,
      operation: 'POST /v2/instances/{id}/admintokens',
      severity: 'critical',
    },
    AdminTokensDelete: {
      name: 'secrets-manager.admin-tokens.delete',
      action: 'access.revoke',
      title: 'Revoke active admin tokens for a Vault Dedicated plan instance.',
      resource: 'access',
      readOnly: false,
      operation: 'DELETE /v2/instances/{id}/admintokens',
      severity: 'critical',
    },
    DestinationCreate: {
      name: 'secrets-manager.destination.create',
      action: 'notification.create',
      title: 'Create a destination resource for the instance.',
      resource: 'notification',
      readOnly: false,
      severity: 'warning',
      note: DESTINATION,
    },
    DestinationDelete: {
      name: 'secrets-manager.destination.delete',
      action: 'notification.delete',
      title: 'Delete a destination resource for the instance.',
      resource: 'notification',
      readOnly: false,
      severity: 'critical',
      note: DESTINATION,
    },
    DestinationRead: {
      name: 'secrets-manager.destination.read',
      action: 'notification.read',
      title: 'Read a destination resource for the instance.',
      resource: 'notification',
      readOnly: true,
      severity: 'normal',
      note: DESTINATION,
    },
    DestinationTest: {
      name: 'secrets-manager.destination.test',
      action: 'notification.test',
      title: 'Test reachability for an existing destination resource.',
      resource: 'notification',
      severity: 'warning',
      note: DESTINATION,
    },
    DestinationUpdate: {
      name: 'secrets-manager.destination.update',
      action: 'notification.update',
      title: 'Update a destination resource for the instance.',
      resource: 'notification',
      readOnly: false,
      severity: 'warning',
      note: DESTINATION,
    },
    DestinationsList: {
      name: 'secrets-manager.destinations.list',
      action: 'notification.list',
      title: 'List destination resources for the instance.',
      resource: 'notification',
      readOnly: true,
      severity: 'normal',
      note: DESTINATION,
    },
    InstanceRead: {
      name: 'secrets-manager.instance.read',
      action: 'config.read',
      title: 'Read the details of a Vault Dedicated plan instance.',
      resource: 'instance',
      readOnly: true,
      operation: 'GET /v2/instances/{id}',
      severity: 'normal',
    },
  },
);

/**
 * The severity that a Vault Dedicated event has for each operation, whatever its path and outcome: a read that was
 * denied is still `normal`.
 *
 * Source: IBM's page `vault-dedicated-at-events`, rule 2.
 */
export const VAULT_SEVERITY: Readonly<Record<VaultOperation, EntrySeverity>> = {
  read: 'normal',
  list: 'normal',
  create: 'warning',
  update: 'warning',
  delete: 'critical',
};

type Actions = CatalogPattern['actions'];

/** Vault logs most POSTs as `update`, also those that make something new: the two are told apart nowhere. */
const written = (action: Action): Actions => ({ create: action, update: action });

function pattern(path: string, resource: Resource, title: string, actions: Actions, note?: string): CatalogPattern {
  const name = PREFIX + path;
  // One unbounded wildcard at most and both ends anchored: the time to match is linear in the length of the name.
  const source = name.replaceAll('.', '\\.').replace(/<[a-z]+>/, '.+');
  return { ...PLAN, name, pattern: new RegExp(`^${source}$`, 's'), title, resource, actions, ...(note && { note }) };
}

/**
 * The families of names that Vault Dedicated makes out of Vault paths; where two match, the first one holds.
 * A path of an engine that IBM's page does not list follows the same rule and is in no family.
 *
 * Source: IBM's page `vault-dedicated-at-events`. The actions are this catalog's reading of its tables.
 */
export const VAULT_PATTERNS: readonly CatalogPattern[] = [
  // Key-value engine, version 2.
  pattern(
    'data.<path>',
    'secret',
    'The value of a secret.',
    { ...written('secret.write'), read: 'secret.read', delete: 'version.delete' },
    'The page calls delete the deletion of the secret; in Vault it removes the latest version and undelete brings it back.',
  ),
  pattern(
    'delete.<path>',
    'version',
    'Versions of a secret, to be deleted softly.',
    written('version.delete'),
    'Logged as an update, so with severity warning.',
  ),
  pattern(
    'destroy.<path>',
    'version',
    'Versions of a secret, to be destroyed for good.',
    written('version.delete'),
    'Logged as an update, so with severity warning.',
  ),
  pattern('metadata', 'secret', 'The secrets of a mount.', { list: 'secret.list' }),
  pattern('metadata.<path>', 'secret', 'The metadata of a secret, or the secrets under a path.', {
    ...written('secret.update'),
    read: 'secret.describe',
    list: 'secret.list',
    delete: 'secret.delete',
  }),
  pattern('subkeys.<path>', 'secret', 'The keys inside a secret, without their values.', { read: 'secret.describe' }),
  pattern('undelete.<path>', 'version', 'Softly deleted versions, to be restored.', written('version.restore')),
  // PKI engine; plain `config` is also the configuration of the key-value engine.
  pattern('ca', 'certificate', 'The certificate of the authority.', { read: 'certificate.read' }),
  pattern('ca_chain', 'certificate', 'The certificate chain of the authority.', { read: 'certificate.read' }),
  pattern('cert.<serial>', 'certificate', 'A certificate.', { read: 'certificate.read' }),
  pattern('certs', 'certificate', 'The certificates of a mount.', { list: 'certificate.list' }),
  pattern('config', 'instance', 'The configuration of an engine.', {
    ...written('config.update'),
    read: 'config.read',
  }),
  pattern('config.crl', 'instance', 'The configuration of revocation lists.', {
    ...written('config.update'),
    read: 'config.read',
  }),
  pattern('config.urls', 'instance', 'The configuration of URLs in certificates.', {
    ...written('config.update'),
    read: 'config.read',
  }),
  pattern('intermediate.generate.<type>', 'certificate', 'A new intermediate authority.', written('certificate.issue')),
  pattern('intermediate.set-signed', 'instance', 'The signed intermediate authority.', written('config.update')),
  pattern('issue.<role>', 'certificate', 'A new certificate.', written('certificate.issue')),
  pattern('issuer.<ref>', 'certificate', 'An issuer.', { ...written('config.update'), read: 'certificate.read' }),
  pattern('issuers', 'certificate', 'The issuers of a mount.', { list: 'certificate.list' }),
  pattern('revoke', 'certificate', 'A certificate, to be revoked.', written('certificate.revoke')),
  pattern('roles', 'instance', 'The roles of an engine.', { list: 'config.list' }),
  pattern('roles.<name>', 'instance', 'A role of an engine.', {
    ...written('config.update'),
    read: 'config.read',
    delete: 'config.delete',
  }),
  pattern('root.generate.<type>', 'certificate', 'A new root authority.', written('certificate.issue')),
  pattern('sign.<role>', 'certificate', 'A certificate from a signing request.', written('certificate.issue')),
  pattern('tidy', 'instance', 'Expired certificates, to be cleared away.', written('config.act')),
  // Tokens and AppRole logins.
  pattern('approle.role', 'access', 'The AppRole roles.', { list: 'access.list' }),
  pattern('approle.role.<name>.role-id', 'access', 'The id of an AppRole role.', { read: 'access.read' }),
  pattern('approle.role.<name>.secret-id', 'access', 'The credentials of an AppRole role.', {
    ...written('access.grant'),
    list: 'access.list',
  }),
  pattern('approle.role.<name>', 'access', 'An AppRole role.', {
    ...written('access.grant'),
    read: 'access.read',
    delete: 'access.revoke',
  }),
  pattern('token.create', 'access', 'A new token.', written('access.grant')),
  pattern(
    'token.lookup',
    'access',
    'A token, looked up.',
    written('access.read'),
    'A read that is logged as an update.',
  ),
  pattern('token.renew', 'access', 'A token, to be renewed.', written('access.renew')),
  pattern('token.revoke', 'access', 'A token, to be revoked.', written('access.revoke')),
  pattern('token.revoke-accessor', 'access', 'A token, to be revoked by its accessor.', written('access.revoke')),
  // The system.
  pattern('auth', 'instance', 'The login methods.', { read: 'config.list', list: 'config.list' }),
  pattern('auth.<method>', 'instance', 'A login method.', { ...written('config.update'), delete: 'config.delete' }),
  pattern(
    'internal.ui.mounts.<mount>',
    'instance',
    'A mount, looked up by the command line or the console.',
    { read: 'config.read' },
    'Noise: comes with every key-value operation, and IBM suggests filtering it out. The page shows the mount secrets only; other mounts follow from its rule (derived).',
  ),
  pattern('mounts', 'instance', 'The mounted engines.', { read: 'config.list', list: 'config.list' }),
  pattern('mounts.<name>', 'instance', 'A mounted engine.', { ...written('config.update'), delete: 'config.delete' }),
  pattern('policies.acl', 'policy', 'The access policies.', { list: 'policy.list' }),
  pattern('policies.acl.<name>', 'policy', 'An access policy.', {
    ...written('policy.update'),
    read: 'policy.read',
    delete: 'policy.delete',
  }),
];

/**
 * The family of names that an action of the Vault Dedicated plan belongs to, or `undefined` for every other name:
 * a name that `findEvent` knows is in no family. The time is linear in the length of the name.
 *
 * The name does not hold the operation; take it from the event's `message` and look it up in
 * {@link CatalogPattern.actions}.
 *
 * @example
 * ```ts
 * import { matchVaultPattern } from 'secret-events/catalog';
 *
 * const family = matchVaultPattern('secrets-manager.data.app.db');
 * console.log(family?.name); // 'secrets-manager.data.<path>'
 * console.log(family?.actions.read); // 'secret.read'
 * ```
 */
export function matchVaultPattern(name: string): CatalogPattern | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  return VAULT_PATTERNS.find((family) => family.pattern.test(name));
}
