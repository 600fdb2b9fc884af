import { describe, expect, test } from 'vitest';
import { findEvent } from '../../../src/catalog/lookup.ts';
import { AuditError } from '../../../src/model/error.ts';
import type { JsonObject } from '../../../src/model/record.ts';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { assertEvent } from '../../support/event-invariants.ts';
import { fixture, record, without } from './fixture.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-Zk3WqP';

function decode(value: unknown) {
  const event = decodeCloudTrail(value);
  assertEvent(event);
  return event;
}

describe('a full record', () => {
  const full = fixture('full-record');

  test('gives every field its meaning', () => {
    const { raw, ...event } = decode(full);
    expect(event).toEqual({
      provider: 'aws',
      id: '3f6c1a52-0000-4000-8000-000000000001',
      service: 'secretsmanager.amazonaws.com',
      name: 'GetSecretValue',
      action: 'secret.read',
      kind: 'api',
      time: new Date('2026-11-20T14:30:00Z'),
      outcome: 'failure',
      denied: false,
      error: {
        code: 'InvalidRequestException',
        message: 'You can’t perform this operation on the secret because it was marked for deletion.',
      },
      readOnly: true,
      actor: {
        id: 'arn:aws:sts::444455556666:assumed-role/Deployer/mara.lind',
        name: 'mara.lind',
        type: 'AssumedRole',
        account: '444455556666',
        credential: 'ASIAEXAMPLEKEY000001',
        role: 'Deployer',
      },
      secret: { id: ARN, name: 'shop/db', version: '5a1d9c1e-7b7e-4d1c-9f0a-0c5f8f0f0001' },
      origin: {
        ip: '192.0.2.44',
        agent: 'aws-sdk-js/3.1162.0 os/linux lang/js',
        vpcEndpoint: 'vpce-0a1b2c3d4e5f60718',
      },
      account: '111122223333',
      region: 'eu-central-1',
      source: 'decoded',
    });
    expect(raw).toBe(full);
  });

  test('says which source it came from', () => {
    expect(decodeCloudTrail(full, 'aws.cloudtrail-lookup/eu-central-1').source).toBe(
      'aws.cloudtrail-lookup/eu-central-1',
    );
  });

  const mandatory = ['eventTime', 'eventName'];
  test.each(Object.keys(full).filter((field) => !mandatory.includes(field)))('decodes without %s', (field) => {
    const [event, whole] = [decode(without(full, field)), decode(full)];
    expect(event.name).toBe('GetSecretValue');
    expect(event.service).toBe(whole.service);
    expect(event.secret?.name).toBe(whole.secret?.name);
    // Nothing else changes: what the field does not tell, it does not take away.
    if (!['eventSource', 'userIdentity', 'requestParameters', 'errorCode', 'errorMessage'].includes(field)) {
      expect(event.actor).toEqual(whole.actor);
      expect(event.error).toEqual(whole.error);
      expect(event.secret).toEqual(whole.secret);
    }
  });

  const wrong = [null, 0, 1.5, '', 'text', true, [], {}, [null], { a: { b: [] } }];
  test.each(Object.keys(full).filter((field) => !mandatory.includes(field)))(
    'decodes with anything for %s',
    (field) => {
      for (const value of wrong) expect(decode({ ...full, [field]: value }).name).toBe('GetSecretValue');
    },
  );

  test.each(['1.0', '1.01', '1.02', '1.05', '1.9', '1.10', '1.11', '1.99', '2.0', '3', 'x', 1.11, null])(
    'eventVersion %s makes no difference',
    (eventVersion) => {
      expect(without(decode({ ...full, eventVersion }), 'raw')).toEqual(without(decode(full), 'raw'));
    },
  );

  test('fields that nobody knows yet are ignored, and stay in raw', () => {
    const event = decode({ ...full, tomorrow: { is: ['another', 'day'] } });
    expect((event.raw as JsonObject)['tomorrow']).toEqual({ is: ['another', 'day'] });
  });
});

describe('time', () => {
  test.each([
    ['2026-11-20T14:30:00Z', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20 14:30:00.000000000', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T16:30:00+02:00', '2026-11-20T14:30:00.000Z'],
  ])('%s', (eventTime, iso) => {
    expect(decode(record({ eventTime })).time.toISOString()).toBe(iso);
  });

  test('the zone of the machine makes no difference', () => {
    const before = process.env['TZ'];
    try {
      for (const zone of ['America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia']) {
        process.env['TZ'] = zone;
        expect(new Date(2026, 0, 1).getTimezoneOffset()).not.toBe(0);
        expect(decode(record({ eventTime: '2026-11-20 14:30:00' })).time.toISOString()).toBe(
          '2026-11-20T14:30:00.000Z',
        );
      }
    } finally {
      process.env['TZ'] = before;
    }
  });
});

describe('name, action and kind', () => {
  test.each([
    ['GetSecretValue', 'AwsApiCall', 'secret.read', 'api', true],
    ['BatchGetSecretValue', 'AwsApiCall', 'secret.read', 'api', true],
    ['ValidateResourcePolicy', 'AwsApiCall', 'policy.validate', 'api', true],
    ['RotationFailed', 'AwsServiceEvent', 'rotation.fail', 'service', false],
    ['RotationFailed', undefined, 'rotation.fail', 'service', false],
    ['TagResource', 'AwsApiCall', 'secret.update', 'api', false],
    ['GetSecretValue', 'AwsVpceEvents', 'secret.read', 'network', true],
    ['GetSecretValue', 'SomethingNew', 'secret.read', 'api', true],
    ['TomorrowsOperation', 'AwsApiCall', undefined, 'api', undefined],
    ['TomorrowsOperation', undefined, undefined, 'api', undefined],
    // A name of the other cloud, and names that objects inherit.
    ['secrets-manager.secret.read', 'AwsApiCall', undefined, 'api', undefined],
    ['constructor', 'AwsApiCall', undefined, 'api', undefined],
    ['__proto__', 'AwsApiCall', undefined, 'api', undefined],
  ])('%s of Secrets Manager, %s', (eventName, eventType, action, kind, readOnly) => {
    const event = decode(record({ eventName, ...(eventType && { eventType }) }));
    expect(event.name).toBe(eventName);
    expect({ action: event.action, kind: event.kind, readOnly: event.readOnly }).toEqual({ action, kind, readOnly });
  });

  test.each([
    ['AwsApiCall', 'api'],
    ['AwsServiceEvent', 'service'],
    ['AwsConsoleAction', 'console'],
    ['AwsConsoleSignIn', 'console'],
    ['AwsConsoleSignin', 'console'],
    ['awsconsolesignin', 'console'],
    ['AwsVpceEvents', 'network'],
    ['AwsVpceEvent', 'network'],
    ['AwsCloudTrailInsight', 'insight'],
    ['', 'api'],
    [42, 'api'],
    [undefined, 'api'],
  ])('eventType %s of another service is %s', (eventType, kind) => {
    const event = decode(record({ eventSource: 'ec2.amazonaws.com', eventName: 'TagResource', eventType }));
    expect(event.kind).toBe(kind);
    expect(event.action).toBeUndefined();
    expect(event.readOnly).toBeUndefined();
  });

  test.each([
    [true, true],
    [false, false],
    ['true', true],
    ['false', false],
    ['yes', true],
    [undefined, true],
  ])('readOnly %j of a read is %s', (readOnly, expected) => {
    expect(decode(record({ readOnly })).readOnly).toBe(expected);
  });

  test.each([
    ['GetSecretValue', 'secretsmanager.amazonaws.com'],
    ['StartSecretVersionDelete', 'secretsmanager.amazonaws.com'],
    ['TagResource', 'unknown'],
    ['GetObject', 'unknown'],
    ['PutSecretSomething', 'unknown'],
  ])('%s without eventSource belongs to %s', (eventName, service) => {
    const event = decode({ eventTime: '2026-11-20T14:30:00Z', eventName });
    expect(event.service).toBe(service);
    expect(event.action).toBe(service === 'unknown' ? undefined : findEvent(eventName)?.action);
  });

  test('an insight is about a call and is none', () => {
    const event = decode({
      eventVersion: '1.09',
      eventTime: '2026-11-20T14:31:00Z',
      awsRegion: 'eu-central-1',
      eventID: '3f6c1a52-0000-4000-8000-0000000000aa',
      eventType: 'AwsCloudTrailInsight',
      recipientAccountId: '111122223333',
      eventCategory: 'Insight',
      insightDetails: {
        state: 'Start',
        eventSource: 'secretsmanager.amazonaws.com',
        eventName: 'GetSecretValue',
        insightType: 'ApiErrorRateInsight',
        errorCode: 'AccessDenied',
      },
      errorCode: 'AccessDenied',
    });
    expect(event).toMatchObject({
      name: 'GetSecretValue',
      service: 'secretsmanager.amazonaws.com',
      kind: 'insight',
      outcome: 'unknown',
      denied: false,
    });
    expect([event.action, event.error, event.readOnly]).toEqual([undefined, undefined, undefined]);
  });
});

describe('account, region and origin', () => {
  test.each([
    [
      'both, and they differ',
      { recipientAccountId: '111122223333', userIdentity: { accountId: '444455556666' } },
      '111122223333',
      '444455556666',
    ],
    ['the recipient alone', { recipientAccountId: '111122223333' }, '111122223333', undefined],
    ['the caller alone', { userIdentity: { accountId: '444455556666' } }, '444455556666', '444455556666'],
    ['the secret alone', { requestParameters: { secretId: ARN } }, '111122223333', undefined],
    ['a plain name', { requestParameters: { secretId: 'shop/db' } }, undefined, undefined],
    ['an empty text', { recipientAccountId: '' }, undefined, undefined],
    ['a number', { recipientAccountId: 111122223333 }, undefined, undefined],
  ])('account from %s', (_, fields, account, actorAccount) => {
    const event = decode(record(fields));
    expect([event.account, event.actor.account]).toEqual([account, actorAccount]);
  });

  test.each([
    [{ awsRegion: 'us-east-1', requestParameters: { secretId: ARN } }, 'us-east-1'],
    [{ requestParameters: { secretId: ARN } }, 'eu-central-1'],
    [{}, undefined],
  ])('region of %j is %s', (fields, region) => {
    expect(decode(record(fields)).region).toBe(region);
  });

  test.each([
    ['192.0.2.1', undefined, { ip: '192.0.2.1' }],
    ['2001:db8::1', undefined, { ip: '2001:db8::1' }],
    ['192.0.2.1', 'cloudformation.amazonaws.com', { ip: '192.0.2.1', service: 'cloudformation.amazonaws.com' }],
    ['secretsmanager.amazonaws.com', undefined, { service: 'secretsmanager.amazonaws.com' }],
    ['eks-nodegroup.amazonaws.com', 'eks.amazonaws.com', { service: 'eks-nodegroup.amazonaws.com' }],
    ['AWS Internal', undefined, { service: 'AWS Internal' }],
    ['AWS Internal/3', undefined, { service: 'AWS Internal/3' }],
    ['AWS Internal', 'lambda.amazonaws.com', { service: 'AWS Internal' }],
    ['172.01.01.001', undefined, {}],
    ['999.1.1.1', 'lambda.amazonaws.com', { service: 'lambda.amazonaws.com' }],
    ['12:34:56', undefined, {}],
    ['\u001b[31m.com', undefined, {}],
    [`${'a'.repeat(300)}.com`, undefined, {}],
    ['', undefined, {}],
    [null, undefined, {}],
    [undefined, 'lambda.amazonaws.com', { service: 'lambda.amazonaws.com' }],
    [undefined, '192.0.2.1', {}],
  ])('sourceIPAddress %j, invoked by %s', (sourceIPAddress, invokedBy, origin) => {
    expect(decode(record({ sourceIPAddress, userIdentity: { invokedBy } })).origin).toEqual(origin);
  });
});

describe('id', () => {
  test('is the eventID', () => {
    expect(decode(record({ eventID: 'abc' })).id).toBe('abc');
  });

  test.each([undefined, '', null, 7])(
    'eventID %j: a hash of the content, whatever the order of the keys',
    (eventID) => {
      const plain = record({
        requestParameters: { secretId: 'a', versionId: 'b' },
        ...(eventID !== undefined && { eventID }),
      });
      const turned = Object.fromEntries(Object.entries(plain).reverse());
      const { id } = decode(plain);
      expect(id).toMatch(/^sha256:[0-9a-f]{32}$/);
      expect(decode(turned).id).toBe(id);
      expect(decode({ ...plain, awsRegion: 'eu-central-1' }).id).not.toBe(id);
    },
  );
});

describe('what is no record', () => {
  test.each([
    ['nothing', undefined, /is an object; this is/],
    ['null', null, /is an object; this is null/],
    ['a number', 42, /is an object; this is 42/],
    ['a text', 'GetSecretValue', /is an object; this is "GetSecretValue"/],
    ['a list', [record()], /is an object; this is a list/],
    ['an empty object', {}, /eventName is missing/],
    ['a name of another type', record({ eventName: 7 }), /eventName is no name: 7/],
    ['an empty name', record({ eventName: '' }), /eventName is no name: ""/],
    ['no time', { eventName: 'GetSecretValue', eventSource: 'secretsmanager.amazonaws.com' }, /eventTime is missing/],
    ['a time that is none', record({ eventTime: 'yesterday' }), /eventTime is no time: "yesterday"/],
    ['a date that does not exist', record({ eventTime: '2026-02-30T00:00:00Z' }), /eventTime is no time/],
    ['an epoch', record({ eventTime: 1_795_185_000 }), /eventTime is no time: 1795185000/],
    [
      'another time only',
      { eventName: 'GetSecretValue', '@timestamp': '2026-11-20T14:30:00Z', p_event_time: '2026-11-20 14:30:00' },
      /eventTime is missing/,
    ],
    [
      'a notice of S3',
      record({ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' }),
      /aws:s3.*no CloudTrail record/,
    ],
  ])('%s', (_, value, message) => {
    const call = () => decodeCloudTrail(value, 'here');
    expect(call).toThrow(message);
    try {
      call();
    } catch (error) {
      expect(AuditError.is(error) && [error.code, error.source]).toEqual(['malformed', 'here']);
    }
  });

  test.each([
    ['control characters', `\u001b[2J\u0007\u0000${'x'.repeat(5)}`],
    ['direction marks', '\u202e\u2066evil'],
    ['line separators', 'a\u2028b\u2029c\nd'],
    ['half a surrogate pair', 'a\ud800b'],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['a secret', `{"password":"${'hunter2'.repeat(3)}"}`],
  ])('the message shows no %s', (_, eventTime) => {
    let message = '';
    try {
      decodeCloudTrail(record({ eventTime }));
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('eventTime is no time');
    expect(message.length).toBeLessThan(120);
    expect(message).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(message).not.toContain('hunter2');
  });
});

describe('hostile records', () => {
  test('keys named __proto__ change nothing', () => {
    const text = JSON.stringify({ ...record(), userIdentity: { type: 'IAMUser', userName: 'ines' } });
    const hostile = JSON.parse(
      text
        .replace('"type"', '"__proto__":{"arn":"arn:aws:iam::1:root","polluted":true},"type"')
        .replace('{', '{"__proto__":{"awsRegion":"x","errorCode":"AccessDenied"},"constructor":{"prototype":{"x":1}},'),
    ) as object;
    const event = decode(hostile);
    expect(event.actor).toEqual({ name: 'ines', type: 'IAMUser' });
    expect([event.outcome, event.region]).toEqual(['success', undefined]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('half surrogate pairs, huge texts and deep nesting pass', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`) as object;
    const event = decode(
      record({
        userAgent: 'a\ud800b',
        errorCode: 'x'.repeat(1_000_000),
        requestParameters: { secretId: 'y'.repeat(1_000_000), deep },
      }),
    );
    expect(event.origin.agent).toBe('a\ud800b');
    expect(event.secret?.id).toHaveLength(1_000_000);
    expect(event.denied).toBe(false);
    expect(event.redacted).toHaveLength(1);
  });
});
