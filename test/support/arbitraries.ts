/** Arbitrary filters, events and records. All draw from the same few words, so that a filter often meets its event. */
import fc from 'fast-check';
import { AWS_EVENTS, AWS_SERVICE_EVENTS } from '../../src/catalog/aws.ts';
import type { CatalogEntry } from '../../src/catalog/entry.ts';
import { ACTIONS } from '../../src/catalog/entry.ts';
import type { Filter } from '../../src/filter/filter.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../../src/model/field.ts';

/** Texts that some language could take for more than a text. */
export const NASTY = [
  ...[
    '*',
    '*a',
    'a*',
    'a*b',
    '**',
    '*a*',
    '%',
    '_',
    'a%b',
    'a_b',
    '%a%',
    '?',
    'a?b',
    '.',
    '.*',
    '^a$',
    '[a]',
    '(a',
    'a|b',
    '{a}',
    'a+',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\*',
    'a"b',
    "it's",
    "'; DROP TABLE t; --",
    '\\"',
    '/',
    '//',
    'a/b',
    '\n',
    'a\nb',
    '\t',
    '\u0000',
    '\u2028',
  ],
  ...[
    '\u0024{a}',
    '$.a',
    '$or',
    '&&',
    'a && b',
    '||',
    ' ',
    ' a',
    'a ',
    'ä',
    '日本',
    '😀',
    'null',
    'true',
    '0',
    '1e3',
    'exists',
    '-',
    '--',
    '#',
    ',',
  ],
] as const;

const NAMES = [
  'alice',
  'ci-deploy',
  'ci-test',
  'Alice',
  'root',
  'AROAEXAMPLE',
  'app',
  ...NASTY.filter((text) => !/[\n\0]/.test(text)),
];
const ACCOUNTS = ['123456789012', '210987654321'];
const KEYS = ['AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'];
const ROLES = ['Admin', 'app-role', 'ci'];
const SECRET_NAMES = ['prod/db', 'prod/db2', 'dev', 'a"b', 'a*', '%', 'x/y-z', 'name with space', 'ä/b'];
const SECRET_IDS = SECRET_NAMES.flatMap((name) => [
  name,
  `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-a1B2c3`,
  `arn:aws-cn:secretsmanager:cn-north-1:210987654321:secret:${name}`,
]);
const VERSIONS = ['AWSCURRENT', 'AWSPENDING', 'EXAMPLE1-90ab-cdef'];
const CODES = [
  'AccessDenied',
  'AccessDeniedException',
  'Client.UnauthorizedOperation',
  'InvalidRequestException',
  'ResourceNotFoundException',
  ...NASTY,
];
const MESSAGES = [
  "You can't perform this operation on the secret because it was marked for deletion.",
  'User: arn:aws:iam::123456789012:user/alice is not authorized to perform: secretsmanager:GetSecretValue',
  'Rotation failed',
  ...NASTY,
];
const SERVICES = ['lambda.amazonaws.com', 'secretsmanager.amazonaws.com', 'AWS Internal'];
const ADDRESSES = ['192.0.2.1', '192.0.2.10', '2001:db8::1'];
const REGIONS = ['us-east-1', 'us-east-2', 'eu-west-1'];
const AGENTS = ['aws-cli/2.9.19', 'Boto3/1.26', 'secretsmanager.amazonaws.com', ...NASTY];
const ENDPOINTS = ['vpce-0a', 'vpce-0b'];
const IDS = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'];
const TIMES = ['2026-11-20T00:00:00Z', '2026-11-20T00:00:01Z', '2026-11-20T12:00:00Z', '2026-11-21T00:00:00Z'];
const TYPES = [
  'IAMUser',
  'AssumedRole',
  'Root',
  'AWSService',
  'AWSAccount',
  'IdentityCenterUser',
  'FederatedUser',
  'WebIdentityUser',
  'SAMLUser',
  'Role',
];

/** Names of Secrets Manager, names that it shares with others, and one that no catalog has. */
const OWN_NAMES = [...Object.keys(AWS_EVENTS), 'SomethingNew'];
const FOREIGN = ['TagResource', 'GetResourcePolicy', 'PutResourcePolicy', 'Decrypt', 'ConsoleLogin'];

const MENTIONS = [
  'arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/*',
  'arn:aws-cn:secretsmanager:*:*:secret:db-??????',
  '/aws/reference/secretsmanager/prod/db',
];

/** What the values of each field are drawn from. */
export type Words = Readonly<Record<FieldName, readonly string[]>>;

const WORDS: Words = {
  provider: ['aws', 'ibm'],
  id: [...IDS, 'sha256:00'],
  service: ['secretsmanager.amazonaws.com', 'kms.amazonaws.com', 'unknown'],
  name: [...OWN_NAMES, ...FOREIGN, 'secrets-manager.secret.read', 'Secret Label Updated'],
  action: ACTIONS,
  kind: ['api', 'service', 'notification', 'native', 'console', 'network'],
  time: TIMES,
  outcome: ['success', 'failure', 'pending', 'unknown'],
  denied: [],
  'error.code': CODES,
  'error.message': MESSAGES,
  readOnly: [],
  severity: ['warning'],
  'actor.id': [...NAMES.map((name) => `arn:aws:iam::123456789012:user/${name}`), 'AROAEXAMPLE:alice'],
  'actor.name': NAMES,
  'actor.type': TYPES,
  'actor.account': ACCOUNTS,
  'actor.credential': [...KEYS, 'apikey'],
  'actor.role': ROLES,
  'secret.id': SECRET_IDS,
  'secret.name': SECRET_NAMES,
  'secret.version': VERSIONS,
  'secret.group': ['default'],
  mentions: MENTIONS,
  'origin.ip': [...ADDRESSES, '192.0.2', 'lambda.amazonaws.com'],
  'origin.agent': AGENTS,
  'origin.service': SERVICES,
  'origin.vpcEndpoint': ENDPOINTS,
  account: ACCOUNTS,
  region: REGIONS,
  source: ['decoded', 'files'],
  derived: [],
};

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

/** A text, or a piece of it. */
const pieceOf = (words: readonly string[]) =>
  fc
    .tuple(oneOf(words), fc.nat(8), fc.nat(8))
    .map(([word, start, length]) => word.slice(start % (word.length + 1)).slice(0, length + 1));

function textCondition(words: readonly string[]): fc.Arbitrary<unknown> {
  const word = oneOf([...words, '']);
  const affix = fc.oneof(word, pieceOf(words));
  return fc.oneof(
    { arbitrary: oneOf(words), weight: 3 },
    { arbitrary: fc.array(word, { maxLength: 4 }), weight: 2 },
    fc.record({ startsWith: affix }),
    fc.record({ endsWith: affix }),
    fc.record({ contains: affix }),
    fc.record({ exists: fc.boolean() }),
    fc.record({ in: fc.array(word, { maxLength: 3 }), contains: affix }),
  );
}

function conditionOn(field: FieldName, words: Words): fc.Arbitrary<unknown> {
  switch (FIELDS[field].kind) {
    case 'flag':
      return fc.oneof(fc.boolean(), fc.record({ is: fc.boolean() }), fc.record({ exists: fc.boolean() }));
    case 'time':
      return fc
        .tuple(oneOf(['is', 'gt', 'gte', 'lt', 'lte']), oneOf([...TIMES, '2026-11-20T00:00:00.500Z']))
        .map(([op, time]) => ({ [op]: time }));
    default:
      return textCondition(words[field]);
  }
}

/**
 * Filters over the given fields, all by default: shorthand and operators, one to three conditions in an object, and
 * `all`, `any` and `not` around them.
 */
export function filter(fields: readonly FieldName[] = FIELD_NAMES, words: Words = WORDS): fc.Arbitrary<Filter> {
  const single = oneOf(fields).chain((field) =>
    conditionOn(field, words).map((condition) => ({ [field]: condition }) as Filter),
  );
  const leaf = fc.array(single, { minLength: 1, maxLength: 3 }).map((parts) => Object.assign({}, ...parts) as Filter);
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: leaf, weight: 3 },
      fc.record({ all: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
      fc.tuple(leaf, tie('filter')).map(([conditions, not]) => ({ ...conditions, not }) as Filter),
    ),
  })).filter;
}

/** Events of either provider, with any of their fields missing. */
export function auditEvent(): fc.Arbitrary<AuditEvent> {
  const optional = { requiredKeys: [] } as { requiredKeys: [] };
  const secret = fc.record(
    { id: oneOf(SECRET_IDS), name: oneOf(SECRET_NAMES), version: oneOf(VERSIONS), group: fc.constant('default') },
    { requiredKeys: ['id'] },
  );
  return fc.record(
    {
      provider: oneOf(['aws', 'ibm'] as const),
      id: oneOf(IDS),
      service: oneOf(WORDS.service),
      name: oneOf(WORDS.name),
      action: oneOf(ACTIONS),
      kind: oneOf(['api', 'service', 'console', 'network'] as const),
      time: oneOf(TIMES).map((time) => new Date(time)),
      outcome: oneOf(['success', 'failure', 'pending', 'unknown'] as const),
      denied: fc.boolean(),
      error: fc.record({ code: oneOf(CODES), message: oneOf(MESSAGES) }, optional),
      readOnly: fc.boolean(),
      severity: fc.constant('warning'),
      actor: fc.record(
        {
          id: oneOf(WORDS['actor.id']),
          name: oneOf(NAMES),
          type: oneOf(TYPES),
          account: oneOf(ACCOUNTS),
          credential: oneOf(KEYS),
          role: oneOf(ROLES),
        },
        optional,
      ),
      secret,
      secrets: fc.array(secret, { minLength: 2, maxLength: 3 }),
      mentions: fc.array(oneOf(MENTIONS), { minLength: 1, maxLength: 2 }),
      origin: fc.record(
        { ip: oneOf(ADDRESSES), agent: oneOf(AGENTS), service: oneOf(SERVICES), vpcEndpoint: oneOf(ENDPOINTS) },
        optional,
      ),
      account: oneOf(ACCOUNTS),
      region: oneOf(REGIONS),
      source: oneOf(['decoded', 'files']),
      derived: fc.constant(true as const),
      raw: fc.constant({}),
    },
    {
      requiredKeys: [
        'provider',
        'id',
        'service',
        'name',
        'kind',
        'time',
        'outcome',
        'denied',
        'actor',
        'origin',
        'source',
        'raw',
      ],
    },
  ) as fc.Arbitrary<AuditEvent>;
}

type Json = Record<string, unknown>;

/** An object whose absent members are absent, or nothing at all. */
function part(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Json> {
  return fc.record(members, { requiredKeys: [] });
}

function identity(): fc.Arbitrary<Json | undefined> {
  const [account, key, name, role] = [oneOf(ACCOUNTS), maybe(oneOf([...KEYS, ''])), oneOf(NAMES), oneOf(ROLES)];
  const session = fc
    .tuple(account, role, maybe(name), maybe(name), fc.boolean())
    .map(([accountId, roleName, sourceIdentity, issuer, isNamed]) =>
      compact({
        sessionIssuer:
          issuer &&
          compact({
            type: 'Role',
            arn: `arn:aws:iam::${accountId}:role/path/${roleName}`,
            userName: isNamed ? roleName : undefined,
            accountId,
          }),
        attributes: { mfaAuthenticated: 'false' },
        sourceIdentity,
      }),
    );
  const base = fc.tuple(account, key).map(([accountId, accessKeyId]) => ({ accountId, accessKeyId }));
  const assumed = fc.tuple(base, role, name, session).map(([fields, roleName, user, sessionContext]) => ({
    ...fields,
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${user}`,
    arn: `arn:aws:sts::${fields.accountId}:assumed-role/${roleName}/${user}`,
    sessionContext,
  }));
  const user = fc.tuple(base, name, maybe(name)).map(([fields, userName, hidden]) => ({
    ...fields,
    type: 'IAMUser',
    principalId: hidden === undefined ? '' : 'AIDAEXAMPLE',
    arn: `arn:aws:iam::${fields.accountId}:user/path/${userName}`,
    userName: hidden === 'root' ? 'HIDDEN_DUE_TO_SECURITY_REASONS' : userName,
  }));
  const loose = fc
    .tuple(oneOf(TYPES), maybe(name), maybe(name), maybe(account), maybe(oneOf(SERVICES)), maybe(session), maybe(name))
    .map(([type, userName, principal, accountId, invokedBy, sessionContext, userId]) => ({
      type,
      userName,
      principalId: principal === 'root' ? '' : principal && `AROA:${principal}`,
      accountId,
      invokedBy,
      sessionContext,
      onBehalfOf: userId && { userId },
    }));
  const service = account.map((accountId) => ({ accountId, invokedBy: 'secretsmanager.amazonaws.com' }));
  return fc.oneof(assumed, user, loose, service, fc.constant(undefined)).map((fields) => fields && compact(fields));
}

/** Drops what is `undefined`, since a record has no such thing. */
function compact(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const ids = () => oneOf(SECRET_IDS);

/** A policy as it travels in a record: text that holds JSON. */
const policy = () =>
  fc
    .array(oneOf([...MENTIONS, ...NASTY, '*']), { maxLength: 3 })
    .map((Resource) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource }] }));

function request(): fc.Arbitrary<unknown> {
  return fc.oneof(
    {
      arbitrary: part({
        secretId: ids(),
        versionId: oneOf(VERSIONS),
        versionStage: oneOf(VERSIONS),
        moveToVersionId: oneOf(VERSIONS),
      }),
      weight: 4,
    },
    fc.record({ secretIdList: fc.array(ids(), { maxLength: 3 }) }),
    part({ name: oneOf([...SECRET_NAMES, ...MENTIONS]), description: oneOf(NASTY) }),
    part({ policyDocument: policy(), policy: policy() }),
    fc.record({ encryptionContext: part({ SecretARN: ids(), SecretVersionId: oneOf(VERSIONS) }) }),
    fc.constant(null),
    fc.constant(undefined),
  );
}

/** Names say of themselves whether they read; of a name that is not in the catalog only the record does. */
function readOnlyOf(name: string, said: boolean | undefined): boolean | undefined {
  const entry: CatalogEntry | undefined = Object.hasOwn(AWS_EVENTS, name)
    ? AWS_EVENTS[name as keyof typeof AWS_EVENTS]
    : undefined;
  return said === undefined ? undefined : (entry?.readOnly ?? said);
}

function eventTypeOf(name: string, network: boolean): string {
  if (Object.hasOwn(AWS_SERVICE_EVENTS, name)) return 'AwsServiceEvent';
  if (name === 'ConsoleLogin') return 'AwsConsoleSignIn';
  return network ? 'AwsVpceEvents' : 'AwsApiCall';
}

/**
 * CloudTrail records as the CloudTrail User Guide has them: what is optional may be missing, `null` stands only for
 * whole objects, an access key id may be empty. Mostly of Secrets Manager, and of services that share names with it.
 */
export function cloudTrailRecord(): fc.Arbitrary<Json> {
  const named = fc.oneof(
    { arbitrary: oneOf(OWN_NAMES).map((name) => ['secretsmanager.amazonaws.com', name] as const), weight: 4 },
    oneOf(FOREIGN).map(
      (name) => [name === 'ConsoleLogin' ? 'signin.amazonaws.com' : 'kms.amazonaws.com', name] as const,
    ),
  );
  const always = fc.record({ eventTime: oneOf(TIMES), awsRegion: oneOf(REGIONS), eventID: maybe(oneOf(IDS)) });
  const facts = part({
    errorCode: oneOf(CODES),
    errorMessage: oneOf(MESSAGES),
    recipientAccountId: oneOf(ACCOUNTS),
    sourceIPAddress: oneOf([...ADDRESSES, ...SERVICES, '172.01.01.001']),
    userAgent: oneOf(AGENTS),
    vpcEndpointId: oneOf(ENDPOINTS),
    responseElements: fc.oneof(
      part({ arn: ids(), aRN: ids(), name: oneOf(SECRET_NAMES), versionId: oneOf(VERSIONS) }),
      part({ ConsoleLogin: oneOf(['Success', 'Failure']) }),
      fc.constant(null),
    ),
    additionalEventData: part({ SecretId: ids(), ARN: ids(), Name: oneOf(SECRET_NAMES) }),
    serviceEventDetails: part({ secretId: ids() }),
    resources: fc.array(
      part({ ARN: ids(), accountId: oneOf(ACCOUNTS), type: fc.constant('AWS::SecretsManager::Secret') }),
      { maxLength: 2 },
    ),
  });
  return fc
    .tuple(named, always, facts, identity(), request(), maybe(fc.boolean()), fc.boolean())
    .map(([[eventSource, eventName], fields, optional, userIdentity, requestParameters, readOnly, network]) =>
      compact({
        eventVersion: '1.11',
        userIdentity,
        eventSource,
        eventName,
        eventType: eventTypeOf(eventName, network && eventSource === 'secretsmanager.amazonaws.com'),
        requestParameters,
        readOnly: readOnlyOf(eventSource === 'secretsmanager.amazonaws.com' ? eventName : '', readOnly),
        ...fields,
        ...optional,
      }),
    );
}
