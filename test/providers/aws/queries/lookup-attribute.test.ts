import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { type LookupAttribute, toLookupAttribute } from '../../../../src/providers/aws/queries/lookup-attribute.ts';
import { exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { LANGUAGES } from './languages.ts';

const by = (AttributeKey: LookupAttribute['AttributeKey'], AttributeValue: string): LookupAttribute => ({
  AttributeKey,
  AttributeValue,
});

languageLaws('lookup attribute', {
  ...LANGUAGES['lookup attribute'],
  golden: {
    everything: exactly(by('EventSource', 'secretsmanager.amazonaws.com')),
    'one name': exactly(by('EventName', 'DeleteSecret')),
    'a name that other services have': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'name = "TagResource"',
    ),
    'pending deletion': widely(
      by('EventName', 'GetSecretValue'),
      'error.message contains "secret because it was marked for deletion"',
    ),
    'an action': widely(by('EventSource', 'secretsmanager.amazonaws.com'), 'action = "secret.read"'),
    'failed reads': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'action = "secret.read"',
      'outcome = "failure"',
    ),
    'refused calls': widely(by('EventSource', 'secretsmanager.amazonaws.com'), 'denied = true'),
    'not by rotation': widely(by('EventName', 'PutSecretValue'), 'not actor.type = "AWSService"'),
    'a person': widely(by('EventSource', 'secretsmanager.amazonaws.com'), 'actor.name = "alice"'),
    'workloads by prefix': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'origin.agent startsWith "aws-cli/"',
    ),
    'an access key': widely(by('AccessKeyId', 'AKIAIOSFODNN7EXAMPLE'), 'service = "secretsmanager.amazonaws.com"'),
    'a secret': widely(by('EventSource', 'secretsmanager.amazonaws.com'), 'secret.id = "prod/db"'),
    'an address': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'origin.ip in ["192.0.2.1", "lambda.amazonaws.com"]',
    ),
    'either of two': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'any of (name = "DeleteSecret", error.code = "AccessDeniedException")',
    ),
    'neither of two': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'not name = "DeleteSecret"',
      'not error.code = "AccessDeniedException"',
    ),
    'writes only': widely(by('EventSource', 'secretsmanager.amazonaws.com'), 'readOnly = false'),
    'service events': widely(by('EventSource', 'secretsmanager.amazonaws.com'), 'kind = "service"'),
    'a window': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'time gte 2026-11-20T00:00:00.000Z',
      'time lt 2026-11-21T00:00:00.000Z',
    ),
    'another cloud': exactly(undefined),
    'quotes and stars': widely(
      by('EventSource', 'secretsmanager.amazonaws.com'),
      'error.code in ["say \\"hi\\"", "C:\\\\temp", "it\'s", 2 more]',
    ),
  },
});

describe('toLookupAttribute', () => {
  const id = '11111111-1111-1111-1111-111111111111';
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const ranked: readonly (readonly [Filter, LookupAttribute])[] = [
    [{ name: 'GetSecretValue', id, 'actor.credential': key }, by('EventId', id)],
    [{ 'actor.credential': key, name: 'GetSecretValue' }, by('EventName', 'GetSecretValue')],
    [{ name: 'TagResource', 'actor.credential': key }, by('AccessKeyId', key)],
    [{ name: 'TagResource' }, by('EventSource', 'secretsmanager.amazonaws.com')],
    [{ all: [{ any: [{ name: 'DeleteSecret' }] }, { denied: true }] }, by('EventName', 'DeleteSecret')],
    [{ name: ['GetSecretValue', 'ListSecrets'] }, by('EventSource', 'secretsmanager.amazonaws.com')],
    [{ name: ['GetSecretValue', 'secrets-manager.secret.read'] }, by('EventName', 'GetSecretValue')],
    [{ action: 'secret.delete' }, by('EventName', 'DeleteSecret')],
  ];

  test.each(ranked)('takes the most selective of %j', (filter, attribute) => {
    expect(toLookupAttribute(filter).query).toEqual(attribute);
  });

  test("knows that some names are one service's alone, and that others are not", () => {
    expect(toLookupAttribute({ action: 'secret.read' }, { scope: 'all' }).query).toEqual(
      by('EventSource', 'secretsmanager.amazonaws.com'),
    );
    expect(toLookupAttribute({ name: ['TagResource', 'UntagResource'] }, { scope: 'all' }).query).toBeUndefined();
  });

  test('is undefined where everything is asked for, and where nothing is', () => {
    const undecided = { query: undefined, exact: true, widened: [] };
    expect(toLookupAttribute({}, { scope: 'all' })).toEqual({ ...undecided, nothing: false });
    expect(toLookupAttribute({ provider: 'ibm' })).toEqual({ ...undecided, nothing: true });
  });

  test.each([
    ['x'.repeat(2000), true],
    ['x'.repeat(2001), false],
    ['_'.repeat(1000), true],
    ['_'.repeat(1001), false],
    [`${'x'.repeat(1992)} ,_\n`, true],
    [`${'x'.repeat(1993)} ,_\n`, false],
  ])('sends a value only if it is not too long (%#)', (value, sent) => {
    const { query } = toLookupAttribute({ id: value }, { scope: 'all' });
    expect(query).toEqual(sent ? by('EventId', value) : undefined);
  });
});
