import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import { decodeActivityEvent } from '../../../src/providers/ibm/decode.ts';
import { assertIbmEvent } from './event-check.ts';
import { type Fixture, fixture } from './fixture.ts';

const ACCOUNT = '00000000000000000000000000000a11';

describe('a full event', () => {
  test('every field', () => {
    const record = fixture('secret-read');
    const { id, ...event } = decodeActivityEvent(record, 'my-source');
    expect(event).toEqual({
      provider: 'ibm',
      service: 'secrets-manager',
      name: 'secrets-manager.secret.read',
      action: 'secret.read',
      kind: 'api',
      time: new Date('2026-03-04T05:06:07.890Z'),
      outcome: 'success',
      denied: false,
      readOnly: true,
      severity: 'normal',
      actor: {
        id: 'IBMid-000000EXMP',
        name: 'maria@example.com',
        type: 'service/security/account/user',
        credential: 'token',
      },
      secret: {
        id: record.target.id,
        name: 'payments-db',
        version: 'cccccccc-0000-4000-8000-000000000003',
        group: 'default',
      },
      origin: { ip: '192.0.2.10', agent: 'secrets-manager-node-sdk/2.0.14' },
      account: ACCOUNT,
      region: 'us-south',
      source: 'my-source',
      raw: record,
    });
    expect(id).toMatch(/^sha256:[0-9a-f]{32}$/);
  });

  test('a record without secrets is given as it is, not as a copy', () => {
    const record = fixture('secret-read');
    expect(decodeActivityEvent(record).raw).toBe(record);
  });

  test('a refusal', () => {
    const event = decodeActivityEvent(fixture('secret-read-denied'));
    expect(event).toMatchObject({
      action: 'secret.read',
      outcome: 'failure',
      denied: true,
      error: { code: '403', message: 'The caller has no role on the secret.' },
      severity: 'critical',
      actor: { name: 'deploy-bot', type: 'service/security/account/serviceid', credential: 'apikey-serviceid' },
      origin: { ip: '198.51.100.7' },
    });
  });

  test('each optional member removed, emptied or of a wrong type: it still decodes', () => {
    const paths = pathsOf(fixture('secret-read')).filter((path) => path !== 'action' && path !== 'eventTime');
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths) {
      for (const value of [undefined, null, '', 0, true, [], {}, ['x'], { x: 1 }, 'x']) {
        const event = decodeActivityEvent(replaced(fixture('secret-read'), path, value));
        assertIbmEvent(event);
        expect(event.name, path).toBe('secrets-manager.secret.read');
        expect(event.time.toISOString(), path).toBe('2026-03-04T05:06:07.890Z');
      }
    }
  });

  test('only an action and a time', () => {
    const record = { action: 'secrets-manager.secret.delete', eventTime: '2026-01-02T03:04:05Z' };
    const { id: _, ...event } = decodeActivityEvent(record);
    expect(event).toEqual({
      provider: 'ibm',
      service: 'secrets-manager',
      name: 'secrets-manager.secret.delete',
      action: 'secret.delete',
      kind: 'api',
      time: new Date('2026-01-02T03:04:05Z'),
      outcome: 'unknown',
      denied: false,
      readOnly: false,
      actor: {},
      origin: {},
      source: 'decoded',
      raw: record,
    });
  });
});

describe('time', () => {
  test.each([
    ['2026-01-02T03:04:05.67+0000', '2026-01-02T03:04:05.670Z'],
    ['2026-01-02T03:04:05.6+0000', '2026-01-02T03:04:05.600Z'],
    ['2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.123456789', '2026-01-02T03:04:05.123Z'],
    ['2026-01-02T03:04:05.67+0530', '2026-01-01T21:34:05.670Z'],
  ])('%s', (eventTime, iso) => {
    expect(decodeActivityEvent({ action: 'a.b.c', eventTime }).time.toISOString()).toBe(iso);
  });

  test('the time of the log stands in for one that is missing, not for one that is wrong', () => {
    const time = new Date('2026-05-05T05:05:05Z');
    expect(decodeActivityEvent({ action: 'a.b.c' }, 's', { time }).time).toEqual(time);
    expect(decodeActivityEvent({ action: 'a.b.c', eventTime: null }, 's', { time }).time).toEqual(time);
    expect(() => decodeActivityEvent({ action: 'a.b.c', eventTime: 'soon' }, 's', { time })).toThrow(/eventTime/);
  });
});

describe('malformed', () => {
  test.each<readonly [record: unknown, message: RegExp]>([
    [undefined, /object, not nothing/],
    [null, /object, not null/],
    ['{}', /object, not "{}"/],
    [[], /object, not a list/],
    [{}, /no action: nothing/],
    [{ action: '' }, /no action: ""/],
    [{ action: 7 }, /no action: 7/],
    [{ action: ['x'] }, /no action: a list/],
    [{ payload: {} }, /no action/],
    [{ action: 'a.b.c' }, /no eventTime/],
    [{ action: 'a.b.c', eventTime: '' }, /no eventTime/],
    [{ action: 'a.b.c', eventTime: 1767323045 }, /no time: 1767323045/],
    [{ action: 'a.b.c', eventTime: '2026-02-31T00:00:00Z' }, /no time: "2026-02-31T00:00:00Z"/],
    [{ eventName: 'GetSecretValue', eventSource: 'secretsmanager.amazonaws.com' }, /no action/],
  ])('%j', (record, message) => {
    const error = thrownBy(() => decodeActivityEvent(record, 'some-source'));
    expect(AuditError.is(error) && error.code).toBe('malformed');
    expect((error as AuditError).message).toMatch(message);
    expect((error as AuditError).source).toBe('some-source');
  });

  test('a message holds little of the record and nothing that steers a terminal', () => {
    const eventTime = `\u001b[31m\u202e${'x'.repeat(100_000)}`;
    const error = thrownBy(() => decodeActivityEvent({ action: 'a.b.c', eventTime, password: 'hunter2' })) as Error;
    expect(error.message.length).toBeLessThan(100);
    expect(error.message).not.toMatch(/[\p{C}]|hunter2/u);
  });
});

describe('who, where, what', () => {
  const decode = (change: (record: Fixture) => void) => {
    const record = fixture('secret-read');
    change(record);
    return decodeActivityEvent(record);
  };

  test('the name is that of the credential where the actor has none', () => {
    const { actor } = decode((r) => {
      r.initiator.name = '';
      r.initiator.authnName = 'ci-bot';
    });
    expect(actor.name).toBe('ci-bot');
  });

  test.each([
    ['crn:v1:bluemix:public:containers-kubernetes:us-south:a/x:c::', 'containers-kubernetes'],
    ['crn-crn:v1:bluemix:public:toolchain:us-south:a/x:c::', 'toolchain'],
    ['IBMid-000000EXMP', undefined],
    ['crn-like', undefined],
  ])('initiator %s acts as service %s', (id, service) => {
    expect(
      decode((r) => {
        r.initiator.id = id;
      }).origin.service,
    ).toBe(service);
  });

  test('account and region: of the source, else of the target, else of meta', () => {
    const from = (logSourceCRN: unknown, id: unknown, meta: unknown) =>
      decodeActivityEvent({ action: 'a.b.c', eventTime: '2026-01-02T03:04:05Z', logSourceCRN, target: { id }, meta });
    const meta = { userAccountIds: ['m'] };
    expect(from('crn:v1:b:p:s:r1:a/one:i::', 'crn:v1:b:p:s:r2:a/two:i::', meta)).toMatchObject({
      account: 'one',
      region: 'r1',
    });
    expect(from('junk', 'crn:v1:b:p:s:r2:a/two:i::', meta)).toMatchObject({ account: 'two', region: 'r2' });
    expect(from(undefined, 'plain-id', meta).account).toBe('m');
    expect(from(undefined, 'plain-id', meta).region).toBeUndefined();
    expect(from(undefined, undefined, { userAccountIds: [7] }).account).toBeUndefined();
  });

  test.each([
    ['Critical', 'critical'],
    ['NORMAL', 'normal'],
    ['warning', 'warning'],
    ['Sev1', 'Sev1'],
    [5, undefined],
  ])('severity %s is %s', (given, severity) => {
    expect(
      decode((r) => {
        r.severity = given;
      }).severity,
    ).toBe(severity);
  });

  test('names outside the catalog, of other services and of other clouds have no action', () => {
    const named = (action: string) => decodeActivityEvent({ action, eventTime: '2026-01-02T03:04:05Z' });
    expect(named('secrets-manager.secret.teleport')).toMatchObject({
      service: 'secrets-manager',
      name: 'secrets-manager.secret.teleport',
    });
    for (const name of [
      'secrets-manager.secret.teleport',
      'kms.secrets.rotate',
      'GetSecretValue',
      'com.ibm.cloud.secrets-manager.secret_created',
    ]) {
      expect(named(name)).not.toHaveProperty('action');
      expect(named(name)).not.toHaveProperty('readOnly');
    }
    expect(named('is.snapshot.create').service).toBe('is');
    expect(named('login').service).toBe('login');
  });

  test.each([
    ['secrets-manager.secret.create', 'secret.create', false],
    ['secrets-manager.secret-version.read', 'secret.read', true],
    ['secrets-manager.secret-policies.get', 'secret.describe', true],
    ['secrets-manager.instance.read', 'config.read', true],
  ])('%s, current, retired or of the Vault plan, is %s', (action, neutral, readOnly) => {
    const event = decodeActivityEvent({ action, eventTime: '2026-01-02T03:04:05Z' });
    expect([event.action, event.readOnly]).toEqual([neutral, readOnly]);
  });
});

describe('id', () => {
  test("the log's id, else a hash of the content; never the record's own, which is not unique", () => {
    const record = fixture('secret-read');
    expect(decodeActivityEvent(record, 's', { logId: 'log-1' }).id).toBe('log-1');
    const reordered = Object.fromEntries(Object.entries(record).reverse());
    expect(decodeActivityEvent(reordered).id).toBe(decodeActivityEvent(record).id);
    expect(decodeActivityEvent({ ...record, correlationId: 'other' }).id).not.toBe(decodeActivityEvent(record).id);
  });
});

describe('older forms', () => {
  test('the old wrapping', () => {
    const record = fixture('wrapped');
    const event = decodeActivityEvent(record);
    expect(event).toMatchObject({
      service: 'is',
      name: 'is.volume.volume.update',
      outcome: 'success',
      account: ACCOUNT,
      region: 'us-south-1',
      origin: { ip: '192.0.2.0', agent: 'grpc-go/1.22.1' },
      time: new Date('2020-06-10T17:27:24.800Z'),
    });
    expect(event.raw).toBe(record);
    expect(event).not.toHaveProperty('redacted');
  });

  test('the older format with meta and requestData as text', () => {
    const event = decodeActivityEvent(fixture('legacy'));
    expect(event).toMatchObject({
      name: 'user-management.user.create',
      outcome: 'pending',
      account: '00000000000000000000000000000b22',
      origin: { ip: '203.0.113.9' },
      actor: { id: 'IBMid-000000EXMP', type: 'User' },
    });
    expect(event.actor).not.toHaveProperty('name');
    expect(event).not.toHaveProperty('secret');
  });
});

describe('hostile records', () => {
  test('__proto__ and constructor are keys like any other', () => {
    const record = JSON.parse(
      '{"action":"secrets-manager.secret.read","eventTime":"2026-01-02T03:04:05Z","__proto__":{"outcome":"failure","reason":{"reasonCode":403}},"constructor":"x","requestData":{"__proto__":{"data":{"a":"s"}},"hasOwnProperty":1}}',
    );
    const event = decodeActivityEvent(record);
    assertIbmEvent(event);
    expect(event.outcome).toBe('unknown');
    expect(({} as { outcome?: string }).outcome).toBeUndefined();
    expect(Object.getPrototypeOf(event.raw)).toBe(Object.prototype);
  });

  test('what a record inherits is not said by it', () => {
    const record = Object.create({ outcome: 'failure', action: 'a.b.c' });
    record.action = 'a.b.c';
    record.eventTime = '2026-01-02T03:04:05Z';
    expect(decodeActivityEvent(record).outcome).toBe('unknown');
  });

  test('a record nested a thousand deep', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`);
    const event = decodeActivityEvent({
      action: 'secrets-manager.secret.read',
      eventTime: '2026-01-02T03:04:05Z',
      requestData: deep,
    });
    expect(event.redacted).toHaveLength(1);
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function pathsOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [prefix + key, ...pathsOf(inner, `${prefix}${key}.`)]);
}

function replaced(record: Fixture, path: string, value: unknown): Fixture {
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((at, key) => at[key], record);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return record;
}
