/** The scenes that sample events are made of. */

/** What was done, to what kind of thing, in words, with which code when all went well. */
export interface Act {
  readonly action: string;
  readonly type: string;
  readonly words: string;
  readonly of: 'secret' | 'instance';
  readonly code?: number;
  readonly version?: true;
  readonly weight: number;
}

interface Other {
  readonly service: string;
  readonly action: string;
  readonly type: string;
  readonly words: string;
  readonly dataEvent: boolean;
}

type Several<T> = readonly [T, ...T[]];

export const SECRETS: Several<{ readonly name: string; readonly id: string; readonly group: string }> = [
  { name: 'payments-db', id: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', group: 'default' },
  { name: 'orders-api', id: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeee1', group: 'bbbbbbbb-0000-4000-8000-000000000001' },
  { name: 'zertifikat-für-web', id: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeee2', group: 'default' },
  { name: 'ci-deploy-token', id: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeee3', group: 'default' },
];

export const ACTS: readonly Act[] = [
  { action: 'secret.read', type: 'secret', words: 'read secret', of: 'secret', weight: 12 },
  {
    action: 'secret-version.read',
    type: 'secret-version',
    words: 'read secret version',
    of: 'secret',
    version: true,
    weight: 3,
  },
  { action: 'secret-metadata.read', type: 'secret-metadata', words: 'read secret metadata', of: 'secret', weight: 3 },
  { action: 'secrets.list', type: 'secrets', words: 'list secrets', of: 'instance', weight: 2 },
  { action: 'secret.create', type: 'secret', words: 'create secret', of: 'secret', code: 201, weight: 1 },
  {
    action: 'secret-version.create',
    type: 'secret-version',
    words: 'create secret version',
    of: 'secret',
    code: 201,
    weight: 2,
  },
  { action: 'secret-locks.create', type: 'secret-locks', words: 'create secret locks', of: 'secret', weight: 1 },
  { action: 'secret-locks.delete', type: 'secret-locks', words: 'delete secret locks', of: 'secret', weight: 1 },
  { action: 'secret.delete', type: 'secret', words: 'delete secret', of: 'secret', code: 204, weight: 1 },
  { action: 'instance.login', type: 'instance', words: 'log in', of: 'instance', weight: 1 },
  // In no catalog: what comes tomorrow.
  { action: 'secret-report.create', type: 'secret-report', words: 'create secret report', of: 'instance', weight: 1 },
];
/** Acts of other services that stand in the same log. */
export const OTHERS: Several<Other> = [
  {
    service: 'kms',
    action: 'kms.secrets.unwrap',
    type: 'kms/secrets',
    words: 'Key Protect: unwrap key',
    dataEvent: true,
  },
  { service: 'kms', action: 'kms.secrets.read', type: 'kms/secrets', words: 'Key Protect: read key', dataEvent: true },
  {
    service: 'iam-identity',
    action: 'iam-identity.user-apikey.login',
    type: 'iam-identity/apikey',
    words: 'IAM Identity Service: login user-apikey',
    dataEvent: false,
  },
  {
    service: 'logs',
    action: 'logs.logs-data.search',
    type: 'logs/logs-data',
    words: 'Cloud Logs: search logs',
    dataEvent: true,
  },
];

/** How an act ends: the code of an act that went well is its own. */
export const ENDINGS = [
  {
    chance: 0.05,
    reasonCode: 403,
    reasonType: 'Forbidden',
    severity: 'critical',
    why: 'The caller has no role on the secret.',
  },
  { chance: 0.08, reasonCode: 401, reasonType: 'Unauthorized', severity: 'critical', why: 'The token is expired.' },
  { chance: 0.11, reasonCode: 404, reasonType: 'Not Found', severity: 'normal', why: 'The secret was not found.' },
  {
    chance: 0.13,
    reasonCode: 500,
    reasonType: 'Internal Server Error',
    severity: 'warning',
    why: 'The request failed.',
  },
] as const;
