import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/model/record.ts';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { awsFormat } from '../../../src/providers/aws/format.ts';
import { isProblem } from '../../../src/source/format.ts';
import { assertEvent } from '../../support/event-invariants.ts';
import { fixture, record } from './fixture.ts';

const full = fixture('full-record');

/** What was read, in a word each: the name of an event, the kind of a problem. */
function read(value: JsonObject): readonly string[] | undefined {
  const readings = awsFormat.read(value, 'test');
  for (const reading of readings ?? []) if (!isProblem(reading)) assertEvent(reading);
  return readings?.map((reading) => (isProblem(reading) ? reading.problem : reading.name));
}

describe('what it knows', () => {
  test.each([
    ['full-record', ['GetSecretValue']],
    ['rotation-failed', ['RotationFailed']],
    [
      'log-file',
      [
        'CreateSecret',
        'DeleteSecret',
        'ListSecrets',
        'GetSecretValue',
        'Decrypt',
        'TagResource',
        'RotationFailed',
        'EndSecretVersionDelete',
        'StartInstances',
        'ConsoleLogin',
      ],
    ],
    ['lookup-events', ['GetSecretValue', 'DeleteSecret', 'RotationFailed']],
    ['filter-log-events', ['GetSecretValue', 'not-a-record', 'GetSecretValue']],
    ['subscription', ['GetSecretValue', 'RotationFailed']],
    ['eventbridge-api-call', ['GetSecretValue']],
    ['eventbridge-label-updated', ['Secret Label Updated']],
  ])('%s', (name, names) => {
    expect(read(fixture(name))).toEqual(names);
  });

  test('a log file, as events', () => {
    const readings = awsFormat.read(fixture('log-file'), 'test') ?? [];
    const events = readings.flatMap((reading) => (isProblem(reading) ? [] : [reading]));
    expect(
      events.map(({ action, kind, outcome, denied, readOnly, actor, secret, origin }) => [
        ...[action, kind, outcome, denied, readOnly],
        ...[actor.name, secret?.name, origin.ip ?? origin.service],
      ]),
    ).toEqual([
      ['secret.create', 'api', 'success', false, false, 'ines', 'shop/mail', '2001:db8::7'],
      ['secret.delete', 'api', 'success', false, false, 'ines', 'shop/mail', '2001:db8::7'],
      ['secret.list', 'api', 'success', false, true, 'ines', undefined, '2001:db8::7'],
      ['secret.read', 'api', 'failure', true, true, 'ines', undefined, '2001:db8::7'],
      [undefined, 'api', 'success', false, true, 'ines', 'shop/db', '2001:db8::7'],
      [undefined, 'api', 'success', false, false, 'ines', undefined, '2001:db8::7'],
      [
        'rotation.fail',
        'service',
        'failure',
        false,
        false,
        'secretsmanager.amazonaws.com',
        'shop/db',
        'secretsmanager.amazonaws.com',
      ],
      [
        'version.delete',
        'service',
        'success',
        false,
        false,
        'secretsmanager.amazonaws.com',
        'shop/old',
        'secretsmanager.amazonaws.com',
      ],
      [undefined, 'api', 'success', false, undefined, 'otto', undefined, '203.0.113.9'],
      [undefined, 'console', 'failure', false, false, undefined, undefined, '2001:db8::7'],
    ]);
  });

  test('LookupEvents: the record inside speaks, text flags are read, fields around it are not', () => {
    const [first, second, third] = (fixture('lookup-events')['Events'] as JsonObject[]).map(
      (event) => awsFormat.read(event, 'test')?.[0],
    );
    expect(first).toEqual(decodeCloudTrail(full, 'test'));
    expect(second).toMatchObject({ name: 'DeleteSecret', readOnly: false });
    expect(third).toMatchObject({ name: 'RotationFailed', actor: { name: 'secretsmanager.amazonaws.com' } });
    const contrary = {
      ...(fixture('lookup-events')['Events'] as JsonObject[])[0],
      EventName: 'X',
      ReadOnly: 'false',
      EventTime: 1,
      Username: 'nobody',
    };
    expect(awsFormat.read(contrary, 'test')?.[0]).toEqual(first);
  });

  test.each([
    ['is missing', undefined],
    ['is null', null],
    ['is empty', ''],
    ['is no JSON', '{"eventName":'],
    ['is a list', '[]'],
    ['is a number', 7],
    ['is no record', '{}'],
  ])('LookupEvents: CloudTrailEvent %s', (_, CloudTrailEvent) => {
    const event = {
      EventId: '1',
      EventName: 'GetSecretValue',
      EventTime: 1,
      ReadOnly: 'true',
      ...(CloudTrailEvent !== undefined && { CloudTrailEvent }),
    };
    expect(read(event)).toEqual(['malformed-record']);
    expect(read({ Events: [event, { EventId: '2', CloudTrailEvent: JSON.stringify(full) }] })).toEqual([
      'malformed-record',
      'GetSecretValue',
    ]);
  });

  test('one damaged element takes nothing with it, and elements of other shapes are named', () => {
    const Records = [null, 7, 'x', [], {}, { eventName: 'X', eventSource: 'y' }, record(), { Records: [record()] }];
    expect(read({ Records })).toEqual([
      ...Array<string>(5).fill('not-a-record'),
      'malformed-record',
      'GetSecretValue',
      'not-a-record',
    ]);
  });

  test.each(awsFormat.arrays)('%s may be empty', (key) => {
    expect(read({ [key]: [] })).toEqual([]);
  });

  test.each(awsFormat.arrays)('the elements of %s are known one by one too', (key) => {
    const file = ['log-file', 'lookup-events', 'filter-log-events', 'subscription']
      .map(fixture)
      .find((value) => Array.isArray(value[key]));
    const elements = (file?.[key] ?? []) as JsonObject[];
    expect(elements.length).toBeGreaterThan(1);
    expect(elements.flatMap((element) => read(element))).toEqual(read(file ?? {}));
  });

  test.each([
    [
      'a notice of S3',
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-central-1',
        eventTime: '2026-11-20T14:30:00.000Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'X' },
        s3: {},
      },
      /aws:s3/,
    ],
    [
      'a message of a queue',
      { messageId: '1', body: '{}', eventSource: 'aws:sqs', awsRegion: 'eu-central-1' },
      /aws:sqs/,
    ],
    [
      'another event on the bus',
      { version: '0', id: '1', 'detail-type': 'GuardDuty Finding', source: 'aws.guardduty', detail: {} },
      /"GuardDuty Finding"/,
    ],
  ])('%s is AWS and no record', (_, value, reason) => {
    expect(awsFormat.read(value, 'test')).toEqual([{ problem: 'not-a-record', reason: expect.stringMatching(reason) }]);
  });
});

describe('what it leaves to others', () => {
  test.each<[string, JsonObject]>([
    [
      'an IBM activity tracking event',
      {
        eventTime: '2026-11-20T14:30:00.00+0000',
        action: 'secrets-manager.secret.read',
        outcome: 'success',
        initiator: { id: 'iam-ServiceId-1' },
        target: {},
        severity: 'normal',
        message: 'Secrets Manager: read secret',
      },
    ],
    ['rows of IBM Cloud Logs', { result: { results: [{ metadata: [], labels: [], user_data: '{}' }] } }],
    [
      'a notice of IBM Event Notifications',
      {
        specversion: '1.0',
        id: '1',
        source: 'crn:v1:...',
        type: 'com.ibm.cloud.secrets-manager.secret_created',
        time: '2026-11-20T14:30:00Z',
        data: {},
      },
    ],
    ['events of somebody else', { events: [{ action: 'x' }, { action: 'y' }] }],
    ['a line of a program', { id: '1', message: 'hello', timestamp: '2026-11-20T14:30:00Z' }],
    ['a message with a number for a time, and no id', { message: '{}', timestamp: 1 }],
    ['a name alone', { eventName: 'click' }],
    ['inherited names', JSON.parse('{"__proto__":{"eventName":"X","eventSource":"y"}}') as JsonObject],
    ['an array under another name', { records: [record()] }],
    ['nothing', {}],
  ])('%s', (_, value) => {
    expect(awsFormat.read(value, 'test')).toBeUndefined();
  });
});

describe('whatever the value', () => {
  const word = fc.constantFrom(
    ...[
      'eventName',
      'eventSource',
      'eventTime',
      'eventVersion',
      'eventID',
      'eventType',
      'eventCategory',
      'userIdentity',
      'type',
      'arn',
    ],
    ...[
      'principalId',
      'userName',
      'invokedBy',
      'sessionContext',
      'sessionIssuer',
      'onBehalfOf',
      'userId',
      'accountId',
      'accessKeyId',
    ],
    ...[
      'requestParameters',
      'responseElements',
      'additionalEventData',
      'serviceEventDetails',
      'insightDetails',
      'resources',
      'ARN',
      'aRN',
    ],
    ...[
      'secretId',
      'SecretId',
      'secretIdList',
      'versionId',
      'encryptionContext',
      'SecretARN',
      'name',
      'errorCode',
      'errorMessage',
    ],
    ...['sourceIPAddress', 'userAgent', 'vpcEndpointId', 'awsRegion', 'recipientAccountId', 'readOnly', 'ConsoleLogin'],
    ...[
      'Records',
      'Events',
      'events',
      'logEvents',
      'messageType',
      'awslogs',
      'data',
      'CloudTrailEvent',
      'EventId',
      'EventName',
    ],
    ...[
      'detail-type',
      'detail',
      'source',
      'account',
      'region',
      'id',
      'eventId',
      'timestamp',
      'message',
      'labelUpdated',
      'time',
    ],
    ...['password', 'secretString', 'payload', '__proto__', 'constructor', 'toJSON'],
  );
  const text = fc.constantFrom(
    ...[
      '',
      'x',
      'true',
      '2026-11-20T14:30:00Z',
      '192.0.2.1',
      '::1',
      'lambda.amazonaws.com',
      'secretsmanager.amazonaws.com',
      'kms.amazonaws.com',
    ],
    ...[
      'GetSecretValue',
      'CreateSecret',
      'RotationFailed',
      'ConsoleLogin',
      'AccessDenied',
      'AwsApiCall',
      'Insight',
      'Failure',
      'Root',
      'AssumedRole',
    ],
    ...[
      'AWSAccount',
      'arn:aws:sts::1:assumed-role/R/s',
      'arn:aws:secretsmanager:r:1:secret:n-abc123',
      'arn:',
      ':',
      'A:b',
      'null',
      '\ud800',
      '\u0000',
    ],
    ...[
      'AWS API Call via CloudTrail',
      'Secret Label Updated',
      'CONTROL_MESSAGE',
      'DATA_MESSAGE',
      '{"eventName":"X","eventTime":"x"}',
      '{"password":"p',
    ],
    gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [{}] })).toString('base64'),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(text, fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null)),
      fc.array(tie('any'), { maxLength: 3 }),
      tie('object'),
      tie('object').map((inner) => JSON.stringify(inner)),
    ),
    object: fc.array(fc.tuple(word, tie('any')), { maxLength: 6 }).map((members) => Object.fromEntries(members)),
  })).object as fc.Arbitrary<JsonObject>;
  const mutated = fc
    .tuple(
      fc.constantFrom(
        'full-record',
        'rotation-failed',
        'log-file',
        'lookup-events',
        'filter-log-events',
        'subscription',
        'eventbridge-api-call',
        'eventbridge-label-updated',
      ),
      fc.array(fc.tuple(fc.nat(), word, fc.oneof(text, value)), { maxLength: 4 }),
    )
    .map(([name, changes]) => changes.reduce(mutate, fixture(name)));

  let events = 0;
  const check = (input: JsonObject) => {
    const plain = JSON.parse(JSON.stringify(input)) as JsonObject;
    const before = JSON.stringify(plain);
    for (const reading of awsFormat.read(plain, 'test') ?? []) {
      if (!isProblem(reading)) {
        assertEvent(reading);
        events++;
      } else {
        expect(['malformed-record', 'not-a-record']).toContain(reading.problem);
        expect(reading.reason.length).toBeLessThan(160);
        expect(reading.reason).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }
    }
    expect(JSON.stringify(plain)).toBe(before);
  };

  test('any JSON with the words of the format is read without an exception, unchanged, into true events', () => {
    const near = value.map((fields): JsonObject => ({ ...record(), ...fields }));
    fc.assert(fc.property(fc.oneof(value, near), check), { numRuns: 1500 });
    expect(events).toBeGreaterThan(200);
  });

  test('so are damaged fixtures', () => {
    fc.assert(fc.property(mutated, check), { numRuns: 700 });
  });

  test('so is JSON of no shape at all', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (any) => check(any as JsonObject)),
      { numRuns: 300 },
    );
  });

  test('a proxy that throws is a problem, not an exception', () => {
    const hostile = new Proxy(
      { eventName: 'X', eventTime: '2026-11-20T14:30:00Z' },
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(read(hostile)).toEqual(['malformed-record']);
  });
});

/** Sets a key on one of the objects in a value, chosen by number. */
function mutate(root: JsonObject, [at, key, value]: [number, string, unknown]): JsonObject {
  const objects: Record<string, unknown>[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (!Array.isArray(part)) objects.push(part as Record<string, unknown>);
    Object.values(part).forEach(visit);
  };
  visit(root);
  const target = objects[at % objects.length];
  if (target) Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  return root;
}
