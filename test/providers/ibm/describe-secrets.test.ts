import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import type { AuditEvent } from '../../../src/model/event.ts';
import { decodeActivityEvent, describeSecrets, secretsManagerHistory } from '../../../src/providers/ibm/index.ts';
import { virtualClock } from '../../../src/testing/index.ts';
import { makeEvent } from '../../support/memory-source.ts';
import { crnOf, secretOf, startInstance, WAYS } from './support/instance.ts';

const about = (id: string, target: object = {}) =>
  decodeActivityEvent({
    action: 'secrets-manager.secret.read',
    eventTime: '2026-11-09T10:00:00.00+0000',
    target: { id, typeURI: 'secrets-manager/secret', ...target },
  });

const SECRETS = [
  { secret: secretOf('s1', { name: 'payments-db', secret_group_id: 'g1', secret_type: 'kv' }) },
  { secret: secretOf('s2', { name: 'orders-queue', secret_group_id: 'g2' }) },
];

describe.each(WAYS)('by %s', (way) => {
  test('a name and a group for a CRN, a plain id, and the CRN of a version', async () => {
    const { options, asked } = await startInstance(SECRETS, way);
    const describeEvent = describeSecrets(options);
    const ids = [crnOf('s1'), 's1', crnOf('s1').replace(':secret:s1', ':secret-version:s1:v9')];
    for (const id of ids) {
      const event = about(id);
      const described = await describeEvent(event);
      expect(described).toEqual({ ...event, secret: { ...event.secret, id, name: 'payments-db', group: 'g1' } });
      expect(event.secret).not.toHaveProperty('name');
    }
    expect(asked()).toEqual(['listSecrets']);
    expect(await describeEvent.secret(crnOf('s1'))).toEqual({ name: 'payments-db', group: 'g1', type: 'kv' });
  });

  test('a stream, in order, with one listing for all that wait', async () => {
    const { options, asked } = await startInstance(SECRETS, way);
    const describeEvent = describeSecrets(options);
    async function* some(): AsyncGenerator<AuditEvent> {
      for (const id of ['s2', 's1', 'gone', 's2']) yield about(id);
    }
    const names: (string | undefined)[] = [];
    for await (const event of describeEvent.all(some())) names.push(event.secret?.name);
    expect(names).toEqual(['orders-queue', 'payments-db', undefined, 'orders-queue']);
    const many = await Promise.all(Array.from({ length: 50 }, () => describeSecrets(options)(about('s1'))));
    expect(many.every(({ secret }) => secret?.name === 'payments-db')).toBe(true);
    const shared = describeSecrets(options);
    const before = asked().length;
    await Promise.all(Array.from({ length: 50 }, () => shared(about('s1'))));
    expect(asked().length - before).toBe(1);
  });
});

describe('what it leaves alone', () => {
  test('events that need nothing cost no request', async () => {
    const { options, server } = await startInstance(SECRETS);
    const describeEvent = describeSecrets(options);
    const same = [
      makeEvent({ time: new Date() }),
      decodeActivityEvent({ action: 'kms.secrets.read', eventTime: '2026-11-09T10:00:00Z', target: { id: 's1' } }),
      decodeActivityEvent({ action: 'secrets-manager.secrets.list', eventTime: '2026-11-09T10:00:00Z' }),
      about(crnOf('s1').replace(/[0-9a-f-]{36}/, 'another-instance')),
    ];
    for (const event of same) expect(await describeEvent(event)).toBe(event);
    expect(server.requests).toEqual([]);
  });

  test('a name that the event has itself stays', async () => {
    const { options } = await startInstance(SECRETS);
    const event = await describeSecrets(options)(about(crnOf('s1'), { name: 'its name then' }));
    expect(event.secret).toEqual({ id: crnOf('s1'), name: 'its name then', group: 'g1' });
  });

  test('a secret that is not there, and ids that are names of things in JavaScript', async () => {
    const { options } = await startInstance(SECRETS);
    const describeEvent = describeSecrets(options);
    for (const id of ['deleted', '__proto__', 'constructor', 'toString', 'x'.repeat(100_000)]) {
      const event = about(id);
      expect(await describeEvent(event)).toBe(event);
    }
  });
});

describe('how often it asks', () => {
  test('an unknown id makes it list again, at most every refreshInterval', async () => {
    const clock = virtualClock(Date.UTC(2026, 10, 20));
    const secrets = [...SECRETS];
    const { options, asked } = await startInstance(secrets, 'our own requests', { clock });
    const describeEvent = describeSecrets({ ...options, refreshInterval: 60_000 });
    const nameOf = async (id: string) => (await describeEvent(about(id))).secret?.name;
    expect(await nameOf('s3')).toBeUndefined();
    secrets.push({ secret: secretOf('s3', { name: 'new' }) });
    expect(await nameOf('s3')).toBeUndefined();
    expect(asked()).toHaveLength(1);
    await clock.sleep(60_001);
    expect([await nameOf('s3'), await nameOf('s1')]).toEqual(['new', 'payments-db']);
    await clock.sleep(3_600_000);
    expect(await nameOf('s3')).toBe('new');
    expect(asked()).toHaveLength(2);
  });

  test('a listing that failed rejects with its code, and the next call tries again', async () => {
    const { options, server } = await startInstance(SECRETS);
    const describeEvent = describeSecrets(options);
    server.fault({ kind: 'access-denied' });
    const error = await describeEvent(about('s1')).catch((reason: unknown) => reason);
    expect(AuditError.is(error) && [error.code, error.source]).toEqual([
      'permission-denied',
      secretsManagerHistory(options).name,
    ]);
    expect((await describeEvent(about('s1'))).secret?.name).toBe('payments-db');
  });

  test('an abort ends it with its reason', async () => {
    const { options, server } = await startInstance(SECRETS);
    const controller = new AbortController();
    const describeEvent = describeSecrets({ ...options, signal: controller.signal });
    server.fault({ kind: 'hang', service: 'secrets-manager' });
    const pending = describeEvent(about('s1'));
    while (server.requests.length < 2) await new Promise(setImmediate);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });

  test('options that cannot be meant are refused at once', () => {
    expect(() => describeSecrets({ region: 'us-south' })).toThrow(/instanceId is missing/);
  });
});
