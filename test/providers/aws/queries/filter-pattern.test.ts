import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsEventName } from '../../../../src/catalog/aws.ts';
import { matches } from '../../../../src/filter/match.ts';
import { AuditError } from '../../../../src/model/error.ts';
import { decodeCloudTrail } from '../../../../src/providers/aws/decode.ts';
import { toFilterPattern, toFilterPatterns } from '../../../../src/providers/aws/queries/filter-pattern.ts';
import { readFilterPattern } from '../../../support/evaluators/filter-pattern.ts';
import { type CaseName, type Expected, exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { LANGUAGES, recordWith } from './languages.ts';

const GOLDEN: Readonly<Record<CaseName, Expected>> = {
  everything: exactly('{ $.eventSource = "secretsmanager.amazonaws.com" }'),
  'one name': exactly('{ $.eventName = "DeleteSecret" }'),
  'a name that other services have': exactly(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && $.eventName = "TagResource" }',
  ),
  'pending deletion': exactly(
    '{ $.eventName = "GetSecretValue" && $.errorMessage = "*secret because it was marked for deletion*" }',
  ),
  'an action': exactly('{ $.eventName = "BatchGetSecretValue" || $.eventName = "GetSecretValue" }'),
  'failed reads': exactly(
    '{ ($.eventName = "BatchGetSecretValue" || $.eventName = "GetSecretValue") && ($.errorCode = "*" || $.errorMessage = "*") }',
  ),
  'refused calls': widely(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.errorCode = "*" || $.errorMessage = "*") }',
    'denied = true',
  ),
  'not by rotation': exactly(
    '{ $.eventName = "PutSecretValue" && ($.userIdentity.type NOT EXISTS || $.userIdentity.type != "AWSService") }',
  ),
  'a person': widely(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.userIdentity.userName = "alice" || $.userIdentity.arn = "*/alice" || $.userIdentity.principalId = "alice" || $.userIdentity.principalId = "*:alice" || $.userIdentity.invokedBy = "alice" || $.userIdentity.accountId = "alice" || $.userIdentity.onBehalfOf.userId = "alice" || $.userIdentity.sessionContext.sourceIdentity = "alice") }',
    'actor.name = "alice"',
  ),
  'workloads by prefix': exactly('{ $.eventSource = "secretsmanager.amazonaws.com" && $.userAgent = "aws-cli/*" }'),
  'an access key': exactly(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && $.userIdentity.accessKeyId = "AKIAIOSFODNN7EXAMPLE" }',
  ),
  'a secret': widely(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.requestParameters.secretId = "prod/db" || $.requestParameters.secretIdList[*] = "prod/db" || $.requestParameters.name = "prod/db" || $.responseElements.arn = "prod/db" || $.responseElements.aRN = "prod/db" || $.responseElements.ARN = "prod/db" || $.additionalEventData.SecretId = "prod/db" || $.additionalEventData.secretId = "prod/db" || $.additionalEventData.ARN = "prod/db" || $.serviceEventDetails.secretId = "prod/db" || $.serviceEventDetails.SecretId = "prod/db" || $.resources[*].ARN = "prod/db" || $.resources[*].arn = "prod/db") }',
    'secret.id = "prod/db"',
  ),
  'an address': exactly('{ $.eventSource = "secretsmanager.amazonaws.com" && $.sourceIPAddress = "192.0.2.1" }'),
  'either of two': exactly(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.eventName = "DeleteSecret" || $.errorCode = "AccessDeniedException") }',
  ),
  'neither of two': exactly(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && $.eventName != "DeleteSecret" && ($.errorCode NOT EXISTS || $.errorCode != "AccessDeniedException") }',
  ),
  'writes only': widely(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.readOnly IS FALSE || $.readOnly NOT EXISTS) }',
    'readOnly = false',
  ),
  'service events': exactly('{ $.eventSource = "secretsmanager.amazonaws.com" && $.eventType = "AwsServiceEvent" }'),
  'a window': widely(
    '{ $.eventSource = "secretsmanager.amazonaws.com" }',
    'time gte 2026-11-20T00:00:00.000Z',
    'time lt 2026-11-21T00:00:00.000Z',
  ),
  'another cloud': exactly('{ $.eventName NOT EXISTS }'),
  'quotes and stars': exactly(
    '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.errorCode = "say \\"hi\\"" || $.errorCode = "C:\\\\temp" || $.errorCode = "it\'s" || $.errorCode = "50%" || $.errorCode = %^\\x2A$%) }',
  ),
};

languageLaws('filter pattern', {
  ...LANGUAGES['filter pattern'],
  golden: GOLDEN,
});

const asList = ({ text, ...rest }: Expected): Expected => ({ ...rest, text: [text] });

languageLaws('filter patterns', {
  ...LANGUAGES['filter patterns'],
  // Where one pattern has room, it is the only one; for nothing there is none.
  golden: {
    ...(Object.fromEntries(Object.entries(GOLDEN).map(([key, said]) => [key, asList(said)])) as typeof GOLDEN),
    'another cloud': exactly([]),
  },
});

const KEYS = Array.from({ length: 30 }, (_, i) => `AKIAIOSFODNN7EXAMP${String(i).padStart(2, '0')}`);

describe('toFilterPattern', () => {
  test('gives the pattern of the guide to secrets that are scheduled for deletion, character for character', () => {
    const filter = {
      name: 'GetSecretValue',
      'error.message': { contains: 'secret because it was marked for deletion' },
    } as const;
    expect(toFilterPattern(filter, { exact: true }).query).toBe(
      '{ $.eventName = "GetSecretValue" && $.errorMessage = "*secret because it was marked for deletion*" }',
    );
  });

  test('asks for the service where all names of the catalog are asked for', () => {
    const { query, exact, widened } = toFilterPattern({ name: Object.values(AwsEventName) });
    expect(query).toBe('{ $.eventSource = "secretsmanager.amazonaws.com" }');
    expect({ exact, widened }).toEqual({
      exact: false,
      widened: ['name in ["BatchGetSecretValue", "CancelRotateSecret", "CreateSecret", 34 more]'],
    });
  });

  test('names the service beside a name that others have, and in every scope', () => {
    expect(toFilterPattern({ name: ['GetSecretValue', 'TagResource'] }).query).toBe(
      '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.eventName = "GetSecretValue" || $.eventName = "TagResource") }',
    );
    expect(toFilterPattern({ action: 'secret.update' }, { scope: 'all' }).query).toBe(
      toFilterPattern({ action: 'secret.update' }).query,
    );
    expect(toFilterPattern({ name: 'TagResource' }, { scope: 'all' }).query).toBe('{ $.eventName = "TagResource" }');
  });

  test('lets everything through with an empty pattern', () => {
    expect(toFilterPattern({}, { scope: 'all' })).toEqual({ query: '', exact: true, widened: [], nothing: false });
  });

  test('gives up the wildcards that it has no room for, and keeps the name', () => {
    const contains = (text: string) => ({ 'error.message': { contains: text } });
    const { query, widened } = toFilterPattern({
      all: [...['a', 'b', 'c', 'd', 'e'].map(contains), { name: 'GetSecretValue' }],
    });
    expect(query).toBe(
      '{ $.errorMessage = "*a*" && $.errorMessage = "*b*" && $.errorMessage = "*c*" && $.eventName = "GetSecretValue" }',
    );
    expect(widened).toEqual(['error.message contains "d"', 'error.message contains "e"']);
  });

  test('writes a star at the end of a text as a regular expression, and in the middle as it is', () => {
    const of = (value: string) => toFilterPattern({ name: 'GetSecretValue', 'error.code': value }).query;
    expect(of('a*b')).toBe('{ $.eventName = "GetSecretValue" && $.errorCode = "a*b" }');
    expect(of('a b*')).toBe('{ $.eventName = "GetSecretValue" && $.errorCode = %^a\\x20b\\x2A$% }');
    // Regular expressions take single bytes only.
    expect(of('ä*')).toBe('{ $.eventName = "GetSecretValue" }');
  });

  test('refuses to widen where exactness is asked for, and names what it would drop', () => {
    const asking = () => toFilterPattern({ denied: true, 'actor.name': 'alice' }, { exact: true });
    expect(asking).toThrow(AuditError);
    expect(asking).toThrow(/denied = true; actor\.name = "alice"/);
  });

  test('leaves out outcomes that the names of the filter exclude', () => {
    expect(toFilterPattern({ name: ['RotationFailed', 'DeleteSecret'], outcome: 'failure' }).query).toContain(
      '($.errorCode = "*" || $.errorMessage = "*" || $.eventName = "RotationFailed")',
    );
  });

  // Their name and service stand in insightDetails, and no pattern here looks there.
  test.fails('finds the records of CloudTrail Insights by name', () => {
    const record = {
      eventTime: '2026-11-20T12:00:00Z',
      eventType: 'AwsCloudTrailInsight',
      eventCategory: 'Insight',
      insightDetails: { eventSource: 'secretsmanager.amazonaws.com', eventName: 'GetSecretValue', state: 'Start' },
    };
    if (!matches({ name: 'GetSecretValue' }, decodeCloudTrail(record))) return;
    expect(readFilterPattern(toFilterPattern({ name: 'GetSecretValue' }).query)(record)).toBe(true);
  });
});

describe('toFilterPatterns', () => {
  test('splits a list that is too long for one pattern into legal ones that say it exactly', () => {
    const { queries, exact, widened } = toFilterPatterns({ 'actor.credential': KEYS });
    expect({ count: queries.length, exact, widened }).toEqual({ count: 2, exact: true, widened: [] });
    for (const [i, accessKeyId] of KEYS.entries()) {
      const record = recordWith({ userIdentity: { accessKeyId } });
      expect(queries.map((query) => readFilterPattern(query)(record))).toEqual(i < 15 ? [true, false] : [false, true]);
    }
  });

  test('repeats the other conditions in each part', () => {
    const { queries } = toFilterPatterns({ name: 'GetSecretValue', 'actor.credential': KEYS });
    expect(queries.length).toBe(2);
    for (const query of queries) expect(query).toContain('$.eventName = "GetSecretValue" && (');
  });

  test('splits what one pattern has not the wildcards for', () => {
    const prefixes = ['a', 'b', 'c', 'd', 'e'].map((text) => ({ 'error.message': { startsWith: text } }));
    const { queries, exact } = toFilterPatterns({ any: prefixes });
    expect(queries).toEqual([
      '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.errorMessage = "a*" || $.errorMessage = "b*" || $.errorMessage = "c*") }',
      '{ $.eventSource = "secretsmanager.amazonaws.com" && ($.errorMessage = "d*" || $.errorMessage = "e*") }',
    ]);
    expect(exact).toBe(true);
  });

  test('asks once for the service rather than for parts of the catalog', () => {
    const { queries, exact } = toFilterPatterns({ name: Object.values(AwsEventName) });
    expect({ queries, exact }).toEqual({
      queries: ['{ $.eventSource = "secretsmanager.amazonaws.com" }'],
      exact: false,
    });
  });

  test('widens what would take more than four', () => {
    const codes = Array.from({ length: 200 }, (_, i) => `SomeRatherLongErrorCode${i}`);
    const { queries, exact, widened } = toFilterPatterns({ 'error.code': codes });
    expect({ queries, exact, widened: widened.length }).toEqual({
      queries: ['{ $.eventSource = "secretsmanager.amazonaws.com" }'],
      exact: false,
      widened: 1,
    });
  });

  test('refuses to widen where exactness is asked for, even with four', () => {
    const codes = Array.from({ length: 200 }, (_, i) => `SomeRatherLongErrorCode${i}`);
    expect(() => toFilterPatterns({ 'error.code': codes }, { exact: true })).toThrow(/cannot say exactly/);
    expect(toFilterPatterns({ 'actor.credential': KEYS }, { exact: true }).queries.length).toBe(2);
  });

  test('never gives more than four, and only legal ones', () => {
    const part = fc.record(
      { 'actor.credential': fc.subarray(KEYS), 'error.code': fc.subarray(KEYS) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.constantFrom('all', 'any'), (parts, kind) => {
        const { queries } = toFilterPatterns({ [kind]: parts });
        expect(queries.length).toBeLessThanOrEqual(4);
        for (const query of queries) expect(readFilterPattern(query)).toBeTypeOf('function');
      }),
    );
  });
});
