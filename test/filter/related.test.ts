import { describe, expect, test } from 'vitest';
import { matches } from '../../src/filter/match.ts';
import { relatedTo } from '../../src/filter/related.ts';
import { AuditError } from '../../src/model/error.ts';
import {
  decodeCloudTrail,
  toAthenaSql,
  toEventPattern,
  toFilterPattern,
  toLogsInsights,
} from '../../src/providers/aws/index.ts';
import { decodeActivityEvent, toDataPrime } from '../../src/providers/ibm/index.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/shop/db-Zk3WqP';
const PARTIAL = ARN.slice(0, -7);
const CRN = 'crn:v1:bluemix:public:secrets-manager:us-south:a/1b2c:5f7e:secret:9d3a';

const HERE = { eventTime: '2026-11-20T14:30:00Z', awsRegion: 'eu-central-1', recipientAccountId: '111122223333' };
const own = (secretId: string, more: object = {}) => ({
  ...HERE,
  eventSource: 'secretsmanager.amazonaws.com',
  eventName: 'PutResourcePolicy',
  requestParameters: { secretId },
  ...more,
});
const policy = (Resource: unknown) => ({
  ...HERE,
  eventSource: 'iam.amazonaws.com',
  eventName: 'PutRolePolicy',
  awsRegion: 'us-east-1',
  requestParameters: {
    roleName: 'ci',
    policyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'secretsmanager:*', Resource }] }),
  },
});
const about = (place: string, resource: string) => `arn:aws:secretsmanager:${place}:secret:${resource}`;
const kms = (SecretARN: string) => ({
  ...HERE,
  eventSource: 'kms.amazonaws.com',
  eventName: 'Decrypt',
  requestParameters: { encryptionContext: { SecretARN, SecretVersionId: 'v1' } },
});
const parameter = (name: string, more: object = {}) => ({
  ...HERE,
  eventSource: 'ssm.amazonaws.com',
  eventName: 'GetParameter',
  requestParameters: { name, withDecryption: true },
  ...more,
});
const invoke = (sourceIPAddress: string, more: object = {}) => ({
  ...HERE,
  eventSource: 'lambda.amazonaws.com',
  eventName: 'Invoke',
  sourceIPAddress,
  ...more,
});

const ELSEWHERE = { awsRegion: 'us-west-2' };
const related = relatedTo(ARN);

describe('what has to do with a secret of AWS', () => {
  test.each<[string, object]>([
    ['its own event, by its ARN', own(ARN)],
    ['by its ARN without the end', own(PARTIAL)],
    ['by its name', own('prod/shop/db')],
    ['by its ARN, from another account', own(ARN, { recipientAccountId: '999999999999' })],
    ['the use of its key', kms(ARN)],
    ['a policy that names it', policy(ARN)],
    ['a policy with a wildcard for the end', policy(['*', `${PARTIAL}-??????`])],
    ['a policy with a star for the end', policy(`${PARTIAL}-*`)],
    ['a policy for all below a prefix', policy(about('eu-central-1:111122223333', 'prod/*'))],
    ['a policy for all below a longer prefix', policy(about('*:111122223333', 'prod/shop/*'))],
    ['a policy for every secret', policy(about('*:*', '*'))],
    ['a policy of a key', { ...policy(''), requestParameters: { policy: JSON.stringify({ Resource: ARN }) } }],
    ['a parameter that stands for it', parameter('/aws/reference/secretsmanager/prod/shop/db')],
    ['a call that may start its rotation', invoke('secretsmanager.amazonaws.com')],
  ])('%s', (_, record) => {
    expect(matches(related, decodeCloudTrail(record))).toBe(true);
  });

  test.each<[string, object]>([
    ['another secret', own(`${ARN}x`)],
    ['a secret of that name in another Region', own('prod/shop/db', ELSEWHERE)],
    ['the key of another secret', kms(`${PARTIAL}2-Zk3WqP`)],
    ['a policy for another prefix', policy(about('eu-central-1:111122223333', 'test/*'))],
    ['a policy for another account', policy(about('eu-central-1:999999999999', 'prod/shop/db-*'))],
    ['a policy for all of everything', policy('*')],
    ['a parameter of its own', parameter('/prod/shop/db')],
    ['a parameter in another Region', parameter('/aws/reference/secretsmanager/prod/shop/db', ELSEWHERE)],
    ['a function that somebody else calls', invoke('192.0.2.1')],
    ['a rotation in another Region', invoke('secretsmanager.amazonaws.com', ELSEWHERE)],
  ])('and not: %s', (_, record) => {
    expect(matches(related, decodeCloudTrail(record))).toBe(false);
  });

  test('is pushed into the languages that have room for it, and widened in the others', () => {
    const insights = toLogsInsights(related, { scope: 'all' });
    expect(insights.query).toContain('encryptionContext.SecretARN');
    expect(insights.query).toContain('policyDocument');
    expect(toAthenaSql(related, { scope: 'all' }).query).toContain('policyDocument');
    expect(toFilterPattern(related, { scope: 'all' })).toMatchObject({ query: '', exact: false });
    expect(toEventPattern(related, { scope: 'all' }).exact).toBe(false);
    expect(toDataPrime(related, { scope: 'all' }).nothing).toBe(true);
  });
});

describe('what has to do with a secret of IBM Cloud', () => {
  const event = (action: string, target: object, initiator: object = {}) =>
    decodeActivityEvent({
      action,
      eventTime: '2026-11-20T14:30:00.00+0000',
      target,
      initiator,
      logSourceCRN: 'crn:v1:bluemix:public:secrets-manager:us-south:a/1b2c:5f7e::',
    });
  const service = { id: 'crn:v1:bluemix:public:secrets-manager:us-south:a/1b2c:5f7e::' };

  test.each<[string, Parameters<typeof event>]>([
    ['its own event', ['secrets-manager.secret.read', { id: CRN }]],
    ['by its id alone', ['secrets-manager.secret.read', { id: '9d3a' }]],
    ['a version', ['secrets-manager.secret-version.read', { id: CRN.replace(':secret:', ':secret-version:') }]],
    ['a key that Secrets Manager used', ['kms.secrets.unwrap', { id: 'crn:v1:x' }, service]],
  ])('%s', (_, fields) => {
    expect(matches(relatedTo(CRN), event(...fields))).toBe(true);
  });

  test.each<[string, Parameters<typeof event>]>([
    ['another secret', ['secrets-manager.secret.read', { id: `${CRN}0` }]],
    ['a key that a person used', ['kms.secrets.unwrap', { id: 'crn:v1:x' }, { id: 'IBMid-1' }]],
    ['another service that acts for itself', ['cloud-object-storage.object.read', { id: 'x' }, service]],
  ])('and not: %s', (_, fields) => {
    expect(matches(relatedTo(CRN), event(...fields))).toBe(false);
  });

  test('is pushed into its languages, and asks nothing of the other cloud', () => {
    expect(toDataPrime(relatedTo(CRN), { scope: 'all' }).query).toContain(CRN);
    expect(toLogsInsights(relatedTo(CRN), { scope: 'all' }).nothing).toBe(true);
  });
});

test.each<[unknown]>([
  ['prod/db'],
  [''],
  ['arn:aws:s3:::bucket'],
  ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:'],
  ['arn:aws:secretsmanager:eu-central-1:1:secret:a'],
  ['crn:v1:bluemix:public:secrets-manager:us-south:a/1b2c:5f7e:secret-group:9d3a'],
  ['crn:v1:bluemix:public:kms:us-south:a/1b2c:5f7e:key:9d3a'],
  [`arn:aws:secretsmanager:eu-central-1:111122223333:secret:${'a/'.repeat(100_000)}`],
  [undefined],
  [{}],
])('%s is no secret', (secret) => {
  let thrown: unknown;
  try {
    relatedTo(secret as string);
  } catch (error) {
    thrown = error;
  }
  expect(AuditError.is(thrown) && thrown.code).toBe('invalid-argument');
  expect((thrown as Error).message).toContain('arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME');
  expect((thrown as Error).message.length).toBeLessThan(400);
});
