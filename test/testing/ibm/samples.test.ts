import { describe, expect, it } from 'vitest';
import { isEventName } from '../../../src/catalog/index.ts';
import { decodeActivityEvent } from '../../../src/providers/ibm/index.ts';
import { sampleActivityEvents } from '../../../src/testing/index.ts';

const from = Date.parse('2026-11-19T00:00:00.404Z');
const to = Date.parse('2026-11-20T00:00:00.909Z');

describe('sample events', () => {
  const records = sampleActivityEvents({ count: 600, seed: 3, from, to });
  const events = records.map((record) => decodeActivityEvent(record));

  it('are the same for the same seed, and others for another', () => {
    expect(sampleActivityEvents({ count: 600, seed: 3, from, to })).toEqual(records);
    expect(sampleActivityEvents({ count: 600, seed: 4, from, to })).not.toEqual(records);
  });

  it('are of the time that was asked for, in hundredths of a second, oldest first, each of its own', () => {
    const times = events.map((event) => event.time.getTime());
    expect(times.every((time) => time >= from && time <= to && time % 10 === 0)).toBe(true);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(records.every((record) => /\.\d\d\+0000$/.test(String(record['eventTime'])))).toBe(true);
    expect(new Set(events.map((event) => event.id)).size).toBe(600);
  });

  it('hold what tests look for', () => {
    const some = (test: (event: (typeof events)[number]) => boolean) => events.filter(test).length;
    for (const action of [
      'secret.read',
      'secret.create',
      'secret.delete',
      'secret.list',
      'lock.create',
      'access.login',
    ]) {
      expect(
        some((event) => event.action === action),
        action,
      ).toBeGreaterThan(0);
    }
    expect(some((event) => event.denied && event.error?.code === '403')).toBeGreaterThan(0);
    expect(some((event) => event.denied && event.error?.code === '401')).toBeGreaterThan(0);
    expect(some((event) => event.outcome === 'failure' && !event.denied)).toBeGreaterThan(0);
    expect(some((event) => event.secret?.version !== undefined)).toBeGreaterThan(0);
    expect(some((event) => event.service === 'kms')).toBeGreaterThan(0);
    expect(some((event) => event.service === 'secrets-manager' && !isEventName(event.name))).toBeGreaterThan(0);
    expect(some((event) => event.actor.type === 'service/security/account/serviceid')).toBeGreaterThan(0);
    expect(some((event) => event.actor.id === undefined && event.origin.ip === undefined)).toBeGreaterThan(0);
    expect(some((event) => event.redacted !== undefined)).toBe(0);
  });

  it('are of the account, the Region and the instance that were asked for', () => {
    const decoded = sampleActivityEvents({ count: 50, account: 'abc', region: 'eu-de', instance: 'i' }).map((record) =>
      decodeActivityEvent(record),
    );
    expect(new Set(decoded.map((event) => `${event.account} ${event.region}`))).toEqual(new Set(['abc eu-de']));
    const own = decoded.filter((event) => event.service === 'secrets-manager');
    expect(own.every((event) => JSON.stringify(event.raw).includes(':i::"'))).toBe(true);
  });

  it('are a hundred of the last day when nothing is said', () => {
    const plain = sampleActivityEvents();
    expect(plain).toHaveLength(100);
    expect(decodeActivityEvent(plain.at(-1)).time.getTime()).toBeLessThanOrEqual(Date.now());
  });
});
