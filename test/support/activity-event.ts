/** Arbitrary activity tracking events, and the words that filters over them are drawn from. */
import fc from 'fast-check';
import { ACTIONS } from '../../src/catalog/entry.ts';
import { IbmActionName } from '../../src/catalog/ibm.ts';
import { NASTY, type Words } from './arbitraries.ts';

type Json = Record<string, unknown>;

const ACCOUNTS = ['0a1b2c3d4e5f', '9f8e7d6c5b4a'];
const INSTANCES = ['5f7e0000-0000-4000-8000-000000000001', '5f7e0000-0000-4000-8000-000000000002'];
const REGIONS = ['us-south', 'us-south-1', 'eu-de'];
const NAMES = ['alice', 'Alice', 'alice@example.com', 'ci-deploy', 'ci-test', ...NASTY, 'x'.repeat(300)];
const IDS = [
  'IBMid-270000ABCD',
  'iam-ServiceId-1111',
  'CertificateId-2',
  'crn-crn:v1:bluemix:public:databases-for-redis:us-south:a/1::',
];
const TYPES = ['service/security/account/user', 'service/security/account/serviceid'];
const CREDENTIALS = ['token', 'apikey', 'user'];
const ADDRESSES = [
  '192.0.2.1',
  '192.0.2.10',
  '192.0.2.1,198.51.100.2',
  '192.0.2.10:443',
  '2001:db8::1',
  '198.51.100.2, 192.0.2.1',
  'unknown',
];
const AGENTS = ['curl/8.1', 'ibm-node-sdk-core/5', ...NASTY, `Mozilla/5.0 ${'y'.repeat(300)}`];
const SECRETS = ['prod-db', 'prod-db2', 'a"b', "it's", 'a*', 'ä b', '-'];
const GUIDS = ['9d3a0000', '9d3a0001'];
const FOREIGN = [
  'kms.secrets.rotate',
  'iam-groups.member.add',
  'is.volume.volume.create',
  'secrets-manager-like.secret.read',
];
const STANDARD = [...Object.values(IbmActionName), 'secrets-manager.something.new'];
const PATHS = [
  'kv/data/app/db',
  'kv/data/app/secret/read',
  'kv/metadata/app',
  'kv/metadata/app/',
  'kv/destroy/app',
  'kv/secret/read',
  'pki/certs/',
  'pki/issue/web',
  'pki/config',
  'auth/approle/role/app/role-id',
  'auth/token/create',
  'sys/policies/acl/app',
  'sys/internal/ui/mounts/kv',
  `kv/data/${'deep/'.repeat(60)}end`,
];
const OPERATIONS = ['create', 'read', 'list', 'update', 'delete'];
const SEVERITIES = ['normal', 'warning', 'critical', 'Critical', 'WARNING', 'strange'];
const OUTCOMES = ['success', 'success', 'failure', 'failure', 'pending', 'unknown', 'Failure', 'SUCCESS'];
const STATUSES = [200, 201, 204, 302, 400, 401, 403, 404, 500];
const REASONS = ['OK', 'Unauthorized', 'unauthorized', 'Forbidden', 'Not Found', 'forbidden - not authorized'];
const EXPLANATIONS = ['permission denied', 'The secret is locked.', ...NASTY, `too long ${'z'.repeat(300)}`];
const TIMES = ['2026-11-20T00:00:00.00+0000', '2026-11-20T00:00:01.5+0000', '2026-11-20T12:00:00Z'];

const crn = (account: string, region: string, instance: string, rest = ':') =>
  `crn:v1:bluemix:public:secrets-manager:${region}:a/${account}:${instance}:${rest}`;
const CRNS = ACCOUNTS.flatMap((account) => REGIONS.map((region) => crn(account, region, INSTANCES[0] as string)));
const SECRET_CRNS = GUIDS.flatMap((id) => [
  crn('0a1b2c3d4e5f', 'us-south', INSTANCES[0] as string, `secret:${id}`),
  crn('0a1b2c3d4e5f', 'us-south', INSTANCES[0] as string, `secret-version:${id}:v1`),
]);

/** What the values of each field are drawn from. */
export const IBM_WORDS: Words = {
  provider: ['aws', 'ibm'],
  id: ['sha256:00'],
  service: ['secrets-manager', 'kms', 'is', 'secrets-manager-like', 'elsewhere', 'kms.secrets', '.'],
  name: [...STANDARD, ...FOREIGN, 'secrets-manager.data.app.db', 'GetSecretValue'],
  action: ACTIONS,
  kind: ['api', 'service', 'notification'],
  time: TIMES,
  outcome: ['success', 'failure', 'pending', 'unknown'],
  denied: [],
  'error.code': ['401', '403', '404', '500', '0', '1e3', 'AccessDenied'],
  'error.message': [...REASONS, ...EXPLANATIONS],
  readOnly: [],
  severity: ['normal', 'warning', 'critical', 'Critical', 'strange'],
  'actor.id': IDS,
  'actor.name': NAMES,
  'actor.type': TYPES,
  'actor.account': ACCOUNTS,
  'actor.credential': CREDENTIALS,
  'actor.role': ['Admin'],
  'secret.id': [...SECRET_CRNS, ...GUIDS, ...PATHS],
  'secret.name': [...SECRETS, ...PATHS],
  'secret.version': ['v1', '9d3a0000'],
  'secret.group': ['default'],
  mentions: ['arn:aws:secretsmanager:*:*:secret:*'],
  'origin.ip': ['192.0.2.1', '192.0.2.10', '198.51.100.2', '2001:db8::1', 'unknown', '192.0.2'],
  'origin.agent': AGENTS,
  'origin.service': ['databases-for-redis', 'lambda.amazonaws.com'],
  'origin.vpcEndpoint': ['vpce-0a'],
  account: ACCOUNTS,
  region: REGIONS,
  source: ['decoded', 'files'],
  derived: [],
};

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const text = (values: readonly string[]) => fc.oneof({ arbitrary: oneOf(values), weight: 9 }, fc.constant(''));
const part = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Json> =>
  fc.record(members, { requiredKeys: [] });

const initiator = part({
  id: text(IDS),
  authnId: text(IDS),
  name: text(NAMES),
  authnName: text(NAMES),
  typeURI: text(TYPES),
  credential: part({ type: text(CREDENTIALS) }),
  host: part({ address: text(ADDRESSES), agent: text(AGENTS), addressType: fc.constant('IPv4') }),
});
const reason = part({ reasonCode: oneOf(STATUSES), reasonType: text(REASONS), reasonForFailure: text(EXPLANATIONS) });
const data = fc.oneof(
  part({ secretId: oneOf(GUIDS), secretGroupId: fc.constant('default') }),
  oneOf(GUIDS).map((secretId) => JSON.stringify({ secretId })),
  fc.constant(null),
);
const facts = {
  outcome: text(OUTCOMES),
  severity: text(SEVERITIES),
  initiator,
  reason,
  logSourceCRN: oneOf(CRNS),
  requestData: data,
};

const standard = fc
  .tuple(
    oneOf([...STANDARD, ...STANDARD, ...FOREIGN]),
    part({
      ...facts,
      target: part({
        id: text([...SECRET_CRNS, ...CRNS, ...GUIDS]),
        name: text(SECRETS),
        typeURI: oneOf(['secrets-manager/secret', 'secrets-manager/secret-version', 'secrets-manager/secret-group']),
      }),
      message: oneOf(['Secrets Manager: read secret prod-db', 'Secrets Manager: list secrets']),
    }),
  )
  .map(([action, optional]) => ({ ...optional, action }));

/** By the rules of the Vault Dedicated plan; any member beside the action may be missing. */
const vault = fc
  .tuple(oneOf(PATHS), oneOf(OPERATIONS), part(facts), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([path, operation, optional, typed, targeted, spoken]) => ({
    ...optional,
    action: `secrets-manager.${path
      .slice(path.indexOf('/') + 1)
      .replace(/\/$/, '')
      .replaceAll('/', '.')}`,
    target: { ...(targeted && { name: path }), ...(typed && { typeURI: `secrets-manager/${path}` }) },
    ...(spoken && { message: `Secrets Manager: ${operation} ${path} ${optional['outcome'] ?? 'success'}` }),
    requestData: { vaultNamespace: 'app/' },
  }));

/**
 * Activity tracking events as IBM documents them: any member but action and time may be missing, and any text empty.
 * Mostly of Secrets Manager, of both of its plans.
 */
export function activityEvent({ vaultPlan = true } = {}): fc.Arbitrary<Json> {
  const some = vaultPlan ? fc.oneof({ arbitrary: standard, weight: 2 }, vault) : standard;
  return fc.tuple(some, oneOf(TIMES)).map(([event, eventTime]) => ({ ...event, eventTime }));
}
