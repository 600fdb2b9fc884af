import { describe, expect, test } from 'vitest';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-Zk3WqP';

const mentions = (requestParameters: unknown, eventSource = 'iam.amazonaws.com') =>
  decodeCloudTrail({ eventTime: '2026-11-20T14:30:00Z', eventSource, eventName: 'Something', requestParameters })
    .mentions;

describe('what a request names without touching it', () => {
  test.each<[string, unknown, readonly string[] | undefined]>([
    ['an ARN in a policy', { policyDocument: `{"Resource":"${ARN}"}` }, [ARN]],
    [
      'each once, as written',
      { policyDocument: `["${ARN}","${ARN}","${ARN.slice(0, -7)}-??????"]` },
      [ARN, `${ARN.slice(0, -7)}-??????`],
    ],
    ['the policy of a key or a session', { policy: `{ "Resource" : "${ARN}" }` }, [ARN]],
    [
      'a wildcard for everything but the service',
      { policy: '"arn:*:secretsmanager:*:*:secret:*"' },
      ['arn:*:secretsmanager:*:*:secret:*'],
    ],
    [
      'a parameter that stands for a secret',
      { name: '/aws/reference/secretsmanager/shop/db' },
      ['/aws/reference/secretsmanager/shop/db'],
    ],
    ['any other parameter', { name: '/shop/db' }, undefined],
    ['other ARNs', { policyDocument: '"arn:aws:s3:::secretsmanager"' }, undefined],
    ['a policy that is no text', { policyDocument: { Resource: ARN } }, undefined],
    ['a request that is none', null, undefined],
  ])('%s', (_, request, found) => {
    expect(mentions(request)).toEqual(found);
  });

  test("Secrets Manager's own requests touch what they name", () => {
    expect(mentions({ policy: ARN, secretId: ARN }, 'secretsmanager.amazonaws.com')).toBeUndefined();
  });

  test('a policy of a megabyte gives no more than a hundred, and each a bounded text', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `"${ARN}${i}"`).join(',');
    expect(mentions({ policyDocument: many })).toHaveLength(100);
    const long = mentions({ policyDocument: `arn:aws:secretsmanager:${'x'.repeat(1_000_000)}` });
    expect(long?.map((one) => one.length < 1000)).toEqual([true]);
    expect(mentions({ policyDocument: `${'arn:'.repeat(250_000)}:secretsmanager:` })).toBeUndefined();
  });
});
