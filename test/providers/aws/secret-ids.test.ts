import { describe, expect, test } from 'vitest';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { nameOfSecret } from '../../../src/providers/aws/secret-ids.ts';
import { assertEvent } from '../../support/event-invariants.ts';
import { record } from './fixture.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-Zk3WqP';
const OTHER = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/mail-Q0aZ9b';
const PARTIAL = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db';

function decode(fields: Record<string, unknown>) {
  const event = decodeCloudTrail(record(fields));
  assertEvent(event);
  return event;
}

describe('of Secrets Manager', () => {
  const full = { id: ARN, name: 'shop/db' };

  test.each([
    ['a name', { requestParameters: { secretId: 'shop/db' } }, { id: 'shop/db', name: 'shop/db' }],
    ['a full ARN', { requestParameters: { secretId: ARN } }, full],
    ['a partial ARN', { requestParameters: { secretId: PARTIAL } }, { id: PARTIAL, name: 'shop/db' }],
    ['responseElements.arn', { responseElements: { arn: ARN } }, full],
    ['responseElements.aRN', { responseElements: { aRN: ARN } }, full],
    ['additionalEventData.SecretId', { additionalEventData: { SecretId: ARN } }, full],
    [
      'additionalEventData.ARN',
      { eventName: 'EndSecretVersionDelete', additionalEventData: { ARN, Name: 'shop/db' } },
      full,
    ],
    ['serviceEventDetails.secretId', { serviceEventDetails: { secretId: ARN } }, full],
    ['resources by type', { resources: [{ type: 'AWS::SecretsManager::Secret', ARN }] }, full],
    ['resources by ARN', { resources: [{ ARN: 'arn:aws:kms:eu-central-1:1:key/k' }, { ARN }] }, full],
    ['JSON as text', { requestParameters: JSON.stringify({ secretId: ARN }) }, full],
    [
      'CreateSecret without a response',
      { eventName: 'CreateSecret', requestParameters: { name: 'shop/db' } },
      { id: 'shop/db', name: 'shop/db' },
    ],
    [
      'CreateSecret with one',
      { eventName: 'CreateSecret', requestParameters: { name: 'shop/db' }, responseElements: { arn: ARN } },
      full,
    ],
    [
      'another partition',
      { requestParameters: { secretId: ARN.replace('arn:aws:', 'arn:aws-us-gov:') } },
      { id: ARN.replace('arn:aws:', 'arn:aws-us-gov:'), name: 'shop/db' },
    ],
  ])('%s', (_, fields, secret) => {
    const event = decode(fields);
    expect(event.secret).toEqual(secret);
    expect(event.secrets).toBeUndefined();
  });

  test('the request comes first, then the response, then what the service adds, then the resources', () => {
    const places: Record<string, unknown> = {
      requestParameters: { secretId: 'one' },
      responseElements: { arn: 'two' },
      additionalEventData: { SecretId: 'three' },
      serviceEventDetails: { secretId: 'four' },
      resources: [{ ARN: OTHER }],
    };
    const found: unknown[] = [];
    for (const place of Object.keys(places)) {
      found.push(decode(places).secret?.id);
      delete places[place];
    }
    expect(found).toEqual(['one', 'two', 'three', 'four', OTHER]);
  });

  test('what the response calls it outdoes a guess from a partial ARN', () => {
    const secretId = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-backup';
    expect(nameOfSecret(secretId)).toBe('shop');
    for (const responseElements of [{ arn: `${secretId}-Zk3WqP` }, { name: 'shop-backup' }]) {
      expect(decode({ requestParameters: { secretId }, responseElements }).secret).toEqual({
        id: secretId,
        name: 'shop-backup',
      });
    }
  });

  test.each([
    ['the request', { requestParameters: { secretId: 'a', versionId: 'v1', versionStage: 'AWSCURRENT' } }, 'v1'],
    ['the stage', { requestParameters: { secretId: 'a', versionStage: 'AWSPREVIOUS' } }, 'AWSPREVIOUS'],
    [
      'the response of a write',
      { eventName: 'PutSecretValue', requestParameters: { secretId: 'a' }, responseElements: { versionId: 'v2' } },
      'v2',
    ],
    [
      'the move of a label',
      {
        eventName: 'UpdateSecretVersionStage',
        requestParameters: {
          secretId: 'a',
          versionStage: 'AWSCURRENT',
          moveToVersionId: 'v3',
          removeFromVersionId: 'v2',
        },
      },
      'v3',
    ],
    ['nowhere', { requestParameters: { secretId: 'a', versionId: 7 } }, undefined],
  ])('version from %s', (_, fields, version) => {
    expect(decode(fields).secret?.version).toBe(version);
  });

  test('BatchGetSecretValue names many, each once', () => {
    const event = decode({
      eventName: 'BatchGetSecretValue',
      requestParameters: { secretIdList: [ARN, 'shop/mail', ARN, '', 7, null, PARTIAL] },
    });
    expect(event.secrets).toEqual([
      { id: ARN, name: 'shop/db' },
      { id: 'shop/mail', name: 'shop/mail' },
      { id: PARTIAL, name: 'shop/db' },
    ]);
    expect(event.secret).toBe(event.secrets?.[0]);
  });

  test('a list of one is one secret; a list that never ends is cut', () => {
    const one = decode({ requestParameters: { secretIdList: ['a'] } });
    expect([one.secret, one.secrets]).toEqual([{ id: 'a', name: 'a' }, undefined]);
    const many = decode({ requestParameters: { secretIdList: Array.from({ length: 100_000 }, (_, i) => `s${i}`) } });
    expect(many.secrets?.length).toBeLessThanOrEqual(100);
  });

  test.each([
    [
      'filters instead of ids',
      { eventName: 'BatchGetSecretValue', requestParameters: { filters: [{ key: 'tag-key', values: ['prod'] }] } },
    ],
    ['ListSecrets', { eventName: 'ListSecrets', requestParameters: { maxResults: 100 } }],
    ['GetRandomPassword', { eventName: 'GetRandomPassword', requestParameters: { passwordLength: 20 } }],
    ['null, as in many refusals', { requestParameters: null, responseElements: null }],
    ['left out because too large', {}],
    ['"null" as text', { requestParameters: 'null', responseElements: 'null' }],
    [
      'other types',
      {
        requestParameters: { secretId: { a: 1 } },
        responseElements: [],
        additionalEventData: { SecretId: 7 },
        resources: {},
      },
    ],
    [
      'resources of other services',
      {
        resources: [
          { ARN: 'arn:aws:kms:eu-central-1:111122223333:key/k', type: 'AWS::KMS::Key' },
          null,
          'x',
          { ARN: 7 },
        ],
      },
    ],
    ['a name in a request that creates nothing', { eventName: 'GetSecretValue', requestParameters: { name: 'x' } }],
  ])('none is made up from %s', (_, fields) => {
    const event = decode(fields);
    expect([event.secret, event.secrets]).toEqual([undefined, undefined]);
  });
});

describe('of other services', () => {
  test('the secret that a key was used for', () => {
    const event = decode({
      eventSource: 'kms.amazonaws.com',
      eventName: 'Decrypt',
      requestParameters: { encryptionContext: { SecretARN: ARN, SecretVersionId: 'v1' } },
      resources: [{ ARN: 'arn:aws:kms:eu-central-1:111122223333:key/k', type: 'AWS::KMS::Key' }],
    });
    expect(event.secret).toEqual({ id: ARN, name: 'shop/db', version: 'v1' });
    expect(event.action).toBeUndefined();
  });

  test('secrets among the resources', () => {
    const event = decode({
      eventSource: 'ecs.amazonaws.com',
      eventName: 'RunTask',
      resources: [{ ARN }, { arn: OTHER }, { ARN: 'arn:aws:s3:::b' }],
    });
    expect(event.secrets).toEqual([
      { id: ARN, name: 'shop/db' },
      { id: OTHER, name: 'shop/mail' },
    ]);
  });

  test.each([
    ['kms.amazonaws.com', { requestParameters: { encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::b' } } }],
    ['ssm.amazonaws.com', { requestParameters: { secretId: ARN, name: ARN } }],
    ['lambda.amazonaws.com', { additionalEventData: { SecretId: ARN }, responseElements: { arn: ARN } }],
    ['s3.amazonaws.com', { requestParameters: { encryptionContext: { SecretARN: ARN } } }],
  ])('nothing else of %s', (eventSource, fields) => {
    expect(decode({ eventSource, eventName: 'Something', ...fields }).secret).toBeUndefined();
  });
});

describe('nameOfSecret', () => {
  test.each([
    [ARN, 'shop/db'],
    [PARTIAL, 'shop/db'],
    ['shop/db', 'shop/db'],
    ['shop/db-Zk3WqP', 'shop/db-Zk3WqP'],
    ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-0a1b-Zk3WqP', 'rds!cluster-0a1b'],
    ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-b_c+d=e.f@g-ZZ99aa', 'a-b_c+d=e.f@g'],
    ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:x-12345', 'x-12345'],
    ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:', undefined],
    ['arn:aws:secretsmanager:eu-central-1:111122223333:policy:x', undefined],
    ['arn:aws:kms:eu-central-1:111122223333:key/k', undefined],
    ['arn:aws', undefined],
  ])('%s', (id, name) => {
    expect(nameOfSecret(id)).toBe(name);
  });
});
