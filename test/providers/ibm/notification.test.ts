import { describe, expect, test } from 'vitest';
import { IbmNotificationType } from '../../../src/catalog/ibm-notifications.ts';
import { findEvent } from '../../../src/catalog/lookup.ts';
import { AuditError } from '../../../src/model/error.ts';
import { ibmFormat } from '../../../src/providers/ibm/format.ts';
import { decodeEventNotification, type SecretsManagerNotification } from '../../../src/providers/ibm/index.ts';
import { assertIbmEvent } from './event-check.ts';
import { fixture } from './fixture.ts';

describe('a notice of several secrets', () => {
  const notice = fixture('notification');
  const events = decodeEventNotification(notice, 'webhook');

  test('one event for each', () => {
    expect(events.map(({ raw: _, ...event }) => event)).toEqual([
      {
        provider: 'ibm',
        id: '88888888-0000-4000-8000-00000000000a#0',
        service: 'secrets-manager',
        name: 'com.ibm.cloud.secrets-manager.secret_about_to_expire',
        action: 'secret.expire',
        kind: 'notification',
        time: new Date('2026-01-04T00:00:00Z'),
        outcome: 'pending',
        denied: false,
        severity: 'high',
        actor: {},
        secret: { id: notice.data.secrets[0].secret_id, name: 'web-certificate', group: 'default' },
        origin: { service: 'SecretsManager' },
        account: '00000000000000000000000000000a11',
        region: 'us-south',
        source: 'webhook',
      },
      expect.objectContaining({
        id: '88888888-0000-4000-8000-00000000000a#1',
        time: new Date('2026-01-04T00:00:10Z'),
        actor: { id: 'IBMid-000000EXMP' },
        secret: {
          id: notice.data.secrets[1].secret_id,
          name: 'api-certificate',
          group: '99999999-0000-4000-8000-00000000000b',
        },
        origin: {},
      }),
    ]);
    for (const event of events) assertIbmEvent(event);
  });

  test('raw is the notice with the one secret, and reads as that event again', () => {
    expect(events.map((event) => (event.raw as SecretsManagerNotification).data.secrets)).toEqual(
      notice.data.secrets.map((secret: unknown) => [secret]),
    );
    const [again] = decodeEventNotification(events[1]?.raw);
    expect(again?.secret).toEqual(events[1]?.secret);
  });

  test('the format knows it', () => {
    expect(ibmFormat.read(notice, 'webhook')).toEqual(events);
  });
});

describe('each of the 20 types', () => {
  const types = Object.values(IbmNotificationType);
  test('are 20', () => expect(types).toHaveLength(20));

  test.each(types)('%s', (type) => {
    const [event] = decodeEventNotification({
      id: 'n1',
      type,
      data: { secrets: [{ secret_id: 's1', event_time: '2026-01-02T03:04:05Z', failure_reason: 'locked' }] },
    });
    const entry = findEvent(type);
    expect(event).toMatchObject({
      id: 'n1',
      name: type,
      action: entry.action,
      kind: 'notification',
      secret: { id: 's1' },
    });
    const outcome = 'outcome' in entry ? entry.outcome : 'unknown';
    expect(event?.outcome).toBe(outcome);
    expect(event?.outcome).toBe(/_failed$|_blocked$/.test(type) ? 'failure' : outcome);
    expect(event?.error).toEqual(outcome === 'failure' ? { message: 'locked' } : undefined);
  });
});

describe('other forms', () => {
  const item = { secret_id: 's1', secret_name: 'db', event_time: '2026-01-02T03:04:05Z' };
  const prefix = 'com.ibm.cloud.secrets-manager.';

  test('a subtype in the type is not part of the name', () => {
    const [event] = decodeEventNotification({
      type: `${prefix}secret_about_to_expire:in_10_days`,
      data: { secrets: [item] },
    });
    expect(event).toMatchObject({ name: `${prefix}secret_about_to_expire`, action: 'secret.expire' });
  });

  test('tasks, with the version that they are about', () => {
    const task = {
      ...item,
      secret_version_id: 'v1',
      task_id: 't1',
      failure_reason: 'no answer',
      event_triggered_by: 'IBMid-1',
    };
    const events = decodeEventNotification({
      id: 'n',
      type: `${prefix}secret_task_failed`,
      data: { tasks: [task, { ...task, secret_id: 's2' }] },
    });
    expect(
      events.map((event) => [event.id, event.action, event.error?.message, event.secret?.id, event.secret?.version]),
    ).toEqual([
      ['n#0', 'task.fail', 'no answer', 's1', 'v1'],
      ['n#1', 'task.fail', 'no answer', 's2', 'v1'],
    ]);
  });

  test('the data alone, as the body of a webhook in binary mode', () => {
    const data = { event_type: 'test_event', source_service: 'SecretsManager', secrets: [item] };
    const [event] = decodeEventNotification({ data });
    expect(event).toMatchObject({ name: `${prefix}test_event`, action: 'notification.test' });
    expect(event?.id).toMatch(/^sha256:/);
  });

  test('without secrets: one event, at the time of the notice', () => {
    for (const data of [{}, undefined, null, 'x', { secrets: [] }, { secrets: ['x'] }, { secrets: {} }]) {
      const events = decodeEventNotification({ type: `${prefix}test_event`, time: '2026-01-02T03:04:05Z', data });
      expect(events).toHaveLength(1);
      assertIbmEvent(events[0] as never);
      expect(events[0]).not.toHaveProperty('secret');
    }
  });

  test("the region of the CloudEvent's source, where the data has none", () => {
    const source = 'crn:v1:bluemix:public:secrets-manager:eu-es:a/acc:i::';
    const [event] = decodeEventNotification({ type: `${prefix}secret_created`, source, data: { secrets: [item] } });
    expect(event).toMatchObject({ account: 'acc', region: 'eu-es' });
  });

  test('a type of tomorrow has no action and no known end', () => {
    const [event] = decodeEventNotification({ type: `${prefix}secret_teleported`, data: { secrets: [item] } });
    expect(event).toMatchObject({ name: `${prefix}secret_teleported`, outcome: 'unknown' });
    expect(event).not.toHaveProperty('action');
  });

  test('a leaked value does not come out', () => {
    const [event] = decodeEventNotification({
      type: `${prefix}secret_created`,
      data: { secrets: [{ ...item, payload: 'hunter2!' }] },
    });
    expect(JSON.stringify(event)).not.toContain('hunter2!');
    expect(event?.redacted).toEqual(['data.secrets[0].payload']);
  });

  test.each<readonly [value: unknown, message: RegExp]>([
    [null, /object/],
    [{}, /type is nothing/],
    [
      { type: 'com.ibm.cloud.kms.rotated', data: { source_service: 'SecretsManager', event_type: 'x' } },
      /com\.ibm\.cloud\.kms/,
    ],
    [
      { type: `${prefix}secret_created`, data: { secrets: [{ secret_id: 's', event_time: 'soon' }] } },
      /event_time: "soon"/,
    ],
    [{ type: `${prefix}secret_created` }, /event_time: nothing/],
  ])('malformed: %j', (value, message) => {
    try {
      decodeEventNotification(value);
      expect.unreachable();
    } catch (error) {
      expect(AuditError.is(error) && [error.code, error.message]).toEqual([
        'malformed',
        expect.stringMatching(message),
      ]);
    }
  });
});
