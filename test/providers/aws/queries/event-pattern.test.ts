import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { matches } from '../../../../src/filter/match.ts';
import { decodeEventBridge } from '../../../../src/providers/aws/eventbridge.ts';
import { toEventPattern } from '../../../../src/providers/aws/queries/event-pattern.ts';
import { inScope } from '../../../../src/source/scope.ts';
import { cloudTrailRecord, filter } from '../../../support/arbitraries.ts';
import { readEventPattern } from '../../../support/evaluators/event-pattern.ts';
import { exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { envelopeOf, labelUpdated } from './envelopes.ts';
import { LANGUAGES } from './languages.ts';

const API = ['AWS API Call via CloudTrail', 'AWS Network Activity Event via CloudTrail'];
const SERVICE = ['AWS Service Event via CloudTrail'];
const ALL = [
  'AWS API Call via CloudTrail',
  'AWS Service Event via CloudTrail',
  'AWS Network Activity Event via CloudTrail',
  'AWS Console Action via CloudTrail',
];
const WRITES = 'ENABLED';
const READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

const via = (types: readonly string[], ruleState: string, detail: Readonly<Record<string, unknown>>) => ({
  query: {
    source: ['aws.secretsmanager'],
    'detail-type': types,
    detail: { eventSource: ['secretsmanager.amazonaws.com'], ...detail },
  },
  ruleState,
});

languageLaws('event pattern', {
  ...LANGUAGES['event pattern'],
  golden: {
    everything: exactly(via(ALL, READS, {})),
    'one name': exactly(via(API, WRITES, { eventName: ['DeleteSecret'] })),
    'a name that other services have': exactly(via(API, WRITES, { eventName: ['TagResource'] })),
    'pending deletion': exactly(
      via(API, READS, {
        eventName: ['GetSecretValue'],
        errorMessage: [{ wildcard: '*secret because it was marked for deletion*' }],
      }),
    ),
    'an action': exactly(via(API, READS, { eventName: ['BatchGetSecretValue', 'GetSecretValue'] })),
    'failed reads': exactly(
      via(API, READS, {
        eventName: ['BatchGetSecretValue', 'GetSecretValue'],
        $or: [{ errorCode: [{ exists: true }] }, { errorMessage: [{ exists: true }] }],
      }),
    ),
    'refused calls': widely(
      via(ALL, READS, { $or: [{ errorCode: [{ exists: true }] }, { errorMessage: [{ exists: true }] }] }),
      'denied = true',
    ),
    'not by rotation': exactly(
      via(API, WRITES, {
        eventName: ['PutSecretValue'],
        userIdentity: { type: [{ exists: false }, { 'anything-but': ['AWSService'] }] },
      }),
    ),
    'a person': widely(
      via(ALL, READS, {
        $or: [
          { userIdentity: { userName: ['alice'] } },
          { userIdentity: { arn: [{ suffix: '/alice' }] } },
          { userIdentity: { principalId: ['alice', { suffix: ':alice' }] } },
          { userIdentity: { invokedBy: ['alice'] } },
          { userIdentity: { accountId: ['alice'] } },
          { userIdentity: { onBehalfOf: { userId: ['alice'] } } },
          { userIdentity: { sessionContext: { sourceIdentity: ['alice'] } } },
        ],
      }),
      'actor.name = "alice"',
    ),
    'workloads by prefix': exactly(via(ALL, READS, { userAgent: [{ prefix: 'aws-cli/' }] })),
    'an access key': exactly(via(ALL, READS, { userIdentity: { accessKeyId: ['AKIAIOSFODNN7EXAMPLE'] } })),
    'a secret': widely(
      via(ALL, READS, {
        $or: [
          { requestParameters: { secretId: ['prod/db'] } },
          { requestParameters: { secretIdList: ['prod/db'] } },
          { requestParameters: { name: ['prod/db'] } },
          { responseElements: { arn: ['prod/db'] } },
          { responseElements: { aRN: ['prod/db'] } },
          { responseElements: { ARN: ['prod/db'] } },
          { additionalEventData: { SecretId: ['prod/db'] } },
          { additionalEventData: { secretId: ['prod/db'] } },
          { additionalEventData: { ARN: ['prod/db'] } },
          { serviceEventDetails: { secretId: ['prod/db'] } },
          { serviceEventDetails: { SecretId: ['prod/db'] } },
          { resources: { ARN: ['prod/db'] } },
          { resources: { arn: ['prod/db'] } },
        ],
      }),
      'secret.id = "prod/db"',
    ),
    'an address': exactly(via(ALL, READS, { sourceIPAddress: ['192.0.2.1'] })),
    'either of two': exactly(
      via(ALL, READS, { $or: [{ eventName: ['DeleteSecret'] }, { errorCode: ['AccessDeniedException'] }] }),
    ),
    'neither of two': exactly(
      via(ALL, READS, {
        eventName: [{ 'anything-but': ['DeleteSecret'] }],
        errorCode: [{ exists: false }, { 'anything-but': ['AccessDeniedException'] }],
      }),
    ),
    'writes only': widely(via(ALL, WRITES, { readOnly: [{ exists: false }, false] }), 'readOnly = false'),
    'service events': exactly(via(SERVICE, READS, { eventType: ['AwsServiceEvent'] })),
    'a window': widely(via(ALL, READS, {}), 'time gte 2026-11-20T00:00:00.000Z', 'time lt 2026-11-21T00:00:00.000Z'),
    'another cloud': exactly({
      query: { 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventName: [{ exists: false }] } },
      ruleState: 'ENABLED',
    }),
    'quotes and stars': exactly(via(ALL, READS, { errorCode: ['say "hi"', 'C:\\temp', "it's", '50%', '*'] })),
  },
});

const LABEL = 'Secret Label Updated';

describe('toEventPattern', () => {
  test("takes Secrets Manager's own event where the filter asks for it", () => {
    const source = ['aws.secretsmanager'];
    expect(toEventPattern({ name: LABEL })).toEqual({
      query: { source, 'detail-type': [LABEL] },
      exact: true,
      widened: [],
      nothing: false,
      ruleState: 'ENABLED',
      detailTypes: [LABEL],
    });
    expect(toEventPattern({ kind: 'native', 'secret.name': 'prod/db' }).query).toEqual({
      source,
      'detail-type': [LABEL],
      detail: { name: ['prod/db'] },
    });
    expect(toEventPattern({ action: 'version.label' }).query).toEqual({
      source,
      $or: [
        {
          'detail-type': API,
          detail: { eventSource: ['secretsmanager.amazonaws.com'], eventName: ['UpdateSecretVersionStage'] },
        },
        { 'detail-type': [LABEL] },
      ],
    });
    for (const where of [{}, { 'secret.name': 'prod/db' }, { outcome: 'success' }] as const) {
      expect(toEventPattern(where).detailTypes).not.toContain(LABEL);
    }
  });

  test('lets that event through as the filter does', () => {
    const asking = filter([
      ...(['secret.id', 'secret.name', 'secret.version', 'account', 'region'] as const),
      ...(['outcome', 'actor.name', 'id', 'time', 'readOnly'] as const),
    ]);
    fc.assert(
      fc.property(asking, fc.array(labelUpdated(), { minLength: 5, maxLength: 5 }), (where, events) => {
        const asked: Filter = { all: [{ name: [LABEL, 'GetSecretValue'] }, where] };
        const { query, exact } = toEventPattern(asked);
        const passes = readEventPattern(query);
        for (const event of events) {
          const wanted = matches(asked, decodeEventBridge(event));
          if (wanted || exact) expect(passes(event)).toBe(wanted);
        }
      }),
    );
  });

  test('gives the rule the state without which it would miss reads that the filter lets through', () => {
    const records = fc.array(cloudTrailRecord(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(filter(), fc.constantFrom('secrets', 'all'), records, (where, scope, some) => {
        const { ruleState } = toEventPattern(where, { scope });
        for (const record of some) {
          const event = decodeEventBridge(envelopeOf(record));
          const isRead = event.readOnly === true && event.kind !== 'network';
          if (isRead && inScope(event, scope) && matches(where, event)) expect(ruleState).toBe(READS);
        }
      }),
    );
  });

  test.each([
    [{ action: ['secret.delete', 'secret.write', 'rotation.succeed'] }, WRITES],
    [{ action: ['secret.delete', 'secret.read'] }, READS],
    [{ name: 'ValidateResourcePolicy' }, READS],
    [{ name: 'SomethingNew' }, READS],
    [{ name: ['DeleteSecret', 'secrets-manager.secret.read'] }, WRITES],
    [{ any: [{ name: 'DeleteSecret' }, { readOnly: false }] }, WRITES],
    [{ not: { readOnly: true } }, WRITES],
    [{ not: { readOnly: false } }, READS],
    [{ kind: 'network' }, WRITES],
    [{ provider: 'ibm' }, WRITES],
  ] as readonly (readonly [Filter, string])[])('asks for reads only if there can be any: %j', (where, state) => {
    expect(toEventPattern(where).ruleState).toBe(state);
  });

  test("takes every kind of event of every service, unless a name is one service's alone", () => {
    const types = (where: Filter) => toEventPattern(where, { scope: 'all' }).detailTypes;
    expect(types({})).toEqual([...ALL, 'AWS Console Signin via CloudTrail', 'AWS Insight via CloudTrail']);
    expect(types({ name: 'RotationStarted' })).toContain('AWS API Call via CloudTrail');
    expect(types({ name: 'StartSecretVersionDelete' })).toEqual(SERVICE);
    expect(toEventPattern({ name: 'Decrypt' }, { scope: 'all' }).query).not.toHaveProperty('source');
  });

  test('says two conditions on one field as one, where it can', () => {
    const detailOf = (where: Filter) => toEventPattern(where).query['detail'];
    const eventSource = ['secretsmanager.amazonaws.com'];
    expect(detailOf({ name: { in: ['GetSecretValue', 'ListSecrets'], startsWith: 'Get' } })).toEqual({
      eventSource,
      eventName: ['GetSecretValue'],
    });
    expect(detailOf({ not: { name: 'A' }, all: [{ not: { name: ['B', 'A'] } }] })).toEqual({
      eventSource,
      eventName: [{ 'anything-but': ['A', 'B'] }],
    });
    expect(toEventPattern({ 'error.message': { startsWith: 'a', endsWith: 'b' } }).widened).toEqual([
      'error.message endsWith "b"',
    ]);
    expect(toEventPattern({ name: { in: ['GetSecretValue'], startsWith: 'List' } }).nothing).toBe(true);
  });

  test('holds no null, which a CloudFormation template could not', () => {
    const holdsNull = (value: unknown): boolean =>
      value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));
    expect(holdsNull({ a: [{ b: null }] })).toBe(true);
    fc.assert(fc.property(filter(), (where) => !holdsNull(toEventPattern(where).query)));
  });
});
