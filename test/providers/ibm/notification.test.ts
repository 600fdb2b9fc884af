import { describe, expect, test } from 'vitest';
import { IbmNotificationSubtype, IbmNotificationType } from '../../../src/catalog/ibm-notifications.ts';
import { findEvent } from '../../../src/catalog/lookup.ts';
import { AuditError } from '../../../src/model/error.ts';
import { ibmFormat } from '../../../src/providers/ibm/format.ts';
import { decodeEventNotification, type SecretsManagerNotification } from '../../../src/providers/ibm/index.ts';
import { assertIbmEvent } from './event-check.ts';
import { fixture } from './fixture.ts';

const ITEM = { secret_id: 's1', secret_name: 'db', event_time: '2026-01-02T03:04:05Z' };

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

// By hand, from IBM's page: name, neutral action, what became of it.
const TYPES = [
  ['secret_about_to_expire', 'secret.expire', 'pending'],
  ['secret_created', 'secret.create', 'success'],
  ['secret_creation_failed', 'secret.create', 'failure'],
  ['secret_data_removed', 'version.delete', 'success'],
  ['secret_deleted', 'secret.delete', 'success'],
  ['secret_deletion_blocked', 'secret.delete', 'failure'],
  ['secret_deletion_failed', 'secret.delete', 'failure'],
  ['secret_expiration_blocked', 'secret.expire', 'failure'],
  ['secret_expired', 'secret.expire', 'success'],
  ['secret_revocation_blocked', 'certificate.revoke', 'failure'],
  ['secret_revoked', 'certificate.revoke', 'success'],
  ['secret_rotated', 'rotation.succeed', 'success'],
  ['secret_rotation_blocked', 'rotation.fail', 'failure'],
  ['secret_rotation_failed', 'rotation.fail', 'failure'],
  ['secret_task_created', 'task.create', 'success'],
  ['secret_task_deleted', 'task.delete', 'success'],
  ['secret_task_failed', 'task.fail', 'failure'],
  ['secret_task_succeeded', 'task.succeed', 'success'],
  ['secret_version_data_deleted', 'version.delete', 'success'],
  ['test_event', 'notification.test', 'unknown'],
] as const;
const SUBTYPES = ['in_90_days', 'in_60_days', 'in_30_days', 'in_10_days', 'in_1_day', 'in_0_days'] as const;

describe('each of the 20 types', () => {
  const types = Object.values(IbmNotificationType);
  test('are these 20, and mean this', () => {
    const read = TYPES.map(([short]) => {
      const type = `com.ibm.cloud.secrets-manager.${short}`;
      const [event] = decodeEventNotification({ type, data: { event_type: short, secrets: [ITEM] } });
      return [short, event?.action, event?.outcome];
    });
    expect(read).toEqual(TYPES);
    expect(types.map((type) => type.split('.').pop()).toSorted()).toEqual(TYPES.map(([short]) => short).toSorted());
  });

  test.each(TYPES)('%s in the data alone is the same event', (short, action, outcome) => {
    const [event] = decodeEventNotification({
      data: { event_type: short, source_service: 'SecretsManager', secrets: [ITEM] },
    });
    expect(event).toMatchObject({
      name: `com.ibm.cloud.secrets-manager.${short}`,
      action,
      outcome,
      kind: 'notification',
    });
  });

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

describe('each of the 6 subtypes', () => {
  test('are these 6', () => {
    expect(Object.values(IbmNotificationSubtype).toSorted()).toEqual([...SUBTYPES].toSorted());
  });

  test.each(SUBTYPES)('%s, in the data or behind the type', (subtype) => {
    const type = 'com.ibm.cloud.secrets-manager.secret_about_to_expire';
    const notices: SecretsManagerNotification[] = [
      { type, data: { event_type: 'secret_about_to_expire', event_sub_type: subtype, secrets: [ITEM] } },
      { type: `${type}:${subtype}`, data: { secrets: [ITEM] } },
    ];
    for (const notice of notices) {
      const [event] = decodeEventNotification(notice);
      expect(event).toMatchObject({ name: type, action: 'secret.expire', outcome: 'pending', raw: notice });
    }
  });
});

describe('other forms', () => {
  const item = ITEM;
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
