import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOG, findEvent } from '../../src/catalog/index.ts';
import { OCSF_VERSIONS, toOcsf } from '../../src/formats/index.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { decodeCloudTrail } from '../../src/providers/aws/index.ts';
import { decodeActivityEvent } from '../../src/providers/ibm/index.ts';
import { auditEvent, cloudTrailRecord } from '../support/arbitraries.ts';
import { problemsOf, SCHEMAS, type Schema } from './ocsf-validator.ts';
import { AWS_SHAPES, IBM_SHAPES, SHAPES } from './shapes.ts';

const schema = (version: string) => SCHEMAS[version] as Schema;
const CAPTIONS: Readonly<Record<string, number>> = { Create: 1, Read: 2, Update: 3, Delete: 4, Other: 99 };
const STATUSES: Readonly<Record<string, number>> = { Success: 1, Failure: 2, Pending: 99, Unknown: 0 };

/** The table that was reviewed by hand: name, activity, status where the record says nothing else. */
const TABLE = readFileSync(join(import.meta.dirname, '../fixtures/formats/ocsf-catalog.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' | ').map((cell) => cell.trim()) as [string, string, string]);

/** The plainest event with a name. */
function eventNamed(name: string): AuditEvent {
  const entry = findEvent(name);
  if (entry === undefined) throw new Error(`${name} is not in the catalog`);
  if (entry.provider === 'aws' && entry.kind !== 'native') {
    return decodeCloudTrail({ eventTime: '2026-11-20T14:30:00Z', eventSource: entry.service, eventName: name });
  }
  if (entry.kind === 'api') {
    return decodeActivityEvent({ eventTime: '2026-11-20T14:30:00.00+0000', action: name, outcome: 'success' });
  }
  const { provider, service, action, kind, outcome = 'unknown', readOnly } = entry;
  return {
    ...{ provider, service, name, action, kind, outcome, denied: false, id: '1', source: 'decoded' },
    ...(readOnly !== undefined && { readOnly }),
    ...{ time: new Date('2026-11-20T14:30:00Z'), actor: {}, origin: {}, raw: {} },
  };
}

describe('the catalog in OCSF', () => {
  test('the table names every entry, once', () => {
    expect(TABLE.map(([name]) => name).toSorted()).toEqual(CATALOG.map(({ name }) => name).toSorted());
  });

  test.each(TABLE)('%s is %s, %s', (name, activity, status) => {
    const written = toOcsf(eventNamed(name));
    const activity_id = CAPTIONS[activity];
    expect(written).toMatchObject({
      activity_id,
      activity_name: activity === 'Other' ? name : activity,
      category_uid: 6,
      class_uid: 6003,
      type_uid: 600_300 + Number(activity_id),
      type_name: `API Activity: ${activity}`,
      status_id: STATUSES[status],
      status,
    });
    for (const version of OCSF_VERSIONS) {
      expect(problemsOf(toOcsf(eventNamed(name), { version }), schema(version))).toEqual([]);
    }
  });

  test('what only reads creates, changes and deletes nothing, and what does is no read', () => {
    const wrong = CATALOG.filter(({ name, readOnly }) => {
      const { activity_id } = toOcsf(eventNamed(name));
      return readOnly === undefined || activity_id === 99 ? false : readOnly !== (activity_id === 2);
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

describe('validity', () => {
  test.each(SHAPES)('%s is valid in every version', (_, event) => {
    for (const version of OCSF_VERSIONS) {
      expect(problemsOf(JSON.parse(JSON.stringify(toOcsf(event, { version, raw: true }))), schema(version))).toEqual(
        [],
      );
    }
  });

  test('so is whatever an event may hold', () => {
    fc.assert(
      fc.property(auditEvent(), (event) => {
        for (const version of OCSF_VERSIONS)
          expect(problemsOf(toOcsf(event, { version }), schema(version))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('the versions differ where OCSF does', () => {
    const event = AWS_SHAPES['aws-service'] as AuditEvent;
    expect(problemsOf(toOcsf(event), schema('1.5.0')).toSorted()).toEqual([
      'actor.user.type_id: 4 is not in the enum',
      'metadata.version: 1.8.0 is not 1.5.0',
      'resources.role: unknown in 1.5.0',
      'resources.role_id: unknown in 1.5.0',
    ]);
    const user = AWS_SHAPES['every-field'] as AuditEvent;
    expect(problemsOf(toOcsf(user, { version: '1.5.0' }), schema('1.8.0'))).toContain(
      'actor.user.credential_uid: deprecated since 1.6.0',
    );
  });

  test.each(['class_uid', 'time', 'actor', 'api', 'src_endpoint', 'metadata', 'cloud', 'severity_id'])(
    'an event without %s is found out',
    (name) => {
      const { [name]: _, ...broken } = toOcsf(AWS_SHAPES['create'] as AuditEvent) as unknown as Record<string, unknown>;
      expect(problemsOf(broken, schema('1.8.0'))).toContain(`.${name}: required`);
    },
  );

  test('so is an empty actor, a text for a time, a wrong caption, a foreign member', () => {
    const right = toOcsf(AWS_SHAPES['create'] as AuditEvent);
    const problems = (change: object) => problemsOf({ ...right, ...change }, schema('1.8.0'));
    expect(problems({ actor: {} })).toEqual([expect.stringMatching(/^actor: none of process, user/)]);
    expect(problems({ time: '2026' })).toEqual(['time: no timestamp_t: "2026"']);
    expect(problems({ status: 'Fine' })).toEqual(['status_id: Fine is not Success']);
    expect(problems({ activity_id: 4 })).toHaveLength(2);
    expect(problems({ colour: 'red' })).toEqual(['colour: unknown in 1.8.0']);
    expect(problems({ api: { operation: 'x', request: { data: {} } } })).toEqual(['api.request.uid: required']);
  });

  test('an unknown version is refused, with those that are known', () => {
    expect(() => toOcsf(AWS_SHAPES['create'] as AuditEvent, { version: '9.9.9' as '1.8.0' })).toThrow(
      'version: there is no OCSF "9.9.9" here; it is one of 1.8.0, 1.5.0.',
    );
    expect(() => toOcsf(AWS_SHAPES['create'] as AuditEvent, { version: 'constructor' as '1.8.0' })).toThrow('no OCSF');
  });
});

/** Every text in a record, wherever it stands, but empty ones. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** A record without the times and flags that OCSF writes as numbers and booleans. */
function comparable(raw: unknown): unknown {
  return JSON.parse(JSON.stringify(raw), (key, value: unknown) =>
    key === 'creationDate' || key === 'mfaAuthenticated' ? undefined : value,
  );
}

/** The outcome, the status code and the like may change their notation, nothing else. */
function missingIn(event: AuditEvent): string[] {
  const { unmapped, ...rest } = toOcsf(event);
  const { audit_event, ...left } = unmapped;
  const kept = new Set([...textsIn(rest), ...textsIn(left), ...textsIn(rest.api.response?.code?.toString())]);
  return textsIn(comparable(event.raw)).filter((text) => !kept.has(text) && text !== event.outcome);
}

describe('losing nothing', () => {
  test.each(SHAPES)('every text of %s is somewhere', (_, event) => {
    expect(missingIn(event)).toEqual([]);
  });

  test('so it is for records of any shape', () => {
    fc.assert(
      fc.property(cloudTrailRecord(), (record) => {
        let event: AuditEvent;
        try {
          event = decodeCloudTrail(record);
        } catch {
          return;
        }
        expect(missingIn(event)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('the record itself comes where it is asked for, and is no secret', () => {
    const event = decodeCloudTrail({
      ...((AWS_SHAPES['create'] as AuditEvent).raw as object),
      secretString: 'hunter2',
    });
    expect(toOcsf(event)).not.toHaveProperty('raw_data');
    const { raw_data = '', unmapped } = toOcsf(event, { raw: true });
    expect(JSON.parse(raw_data)).toEqual(event.raw);
    expect(`${raw_data}${JSON.stringify(unmapped)}`).not.toContain('hunter2');
    expect(unmapped['audit_event']).toMatchObject({ redacted: ['secretString'] });
  });

  test('the event stays as it was', () => {
    for (const [, event] of SHAPES) {
      const before = JSON.stringify(event);
      toOcsf(event);
      expect(JSON.stringify(event)).toBe(before);
    }
  });
});

describe('what is not there', () => {
  const shape = (name: string) => toOcsf({ ...AWS_SHAPES, ...IBM_SHAPES }[name] as AuditEvent);

  test('an actor and a source that nobody told are Unknown, and nothing to search for', () => {
    const { actor, src_endpoint, observables, activity_id } = shape('bare-and-unknown');
    expect(actor).toEqual({ user: { name: 'Unknown', type_id: 0, type: 'Unknown' } });
    expect(src_endpoint).toEqual({ name: 'Unknown' });
    expect(observables).toBeUndefined();
    expect(activity_id).toBe(0);
  });

  test('a source that is no address is a service', () => {
    expect(shape('aws-service').src_endpoint).toEqual({
      svc_name: 'lambda.amazonaws.com',
      domain: 'lambda.amazonaws.com',
    });
    expect(shape('batch').src_endpoint).toEqual({ svc_name: 'AWS Internal/7' });
    expect(shape('by-service').actor).toMatchObject({ app_name: 'containers-kubernetes' });
  });

  test('a request without an id is left', () => {
    expect(shape('time-zone').api).not.toHaveProperty('request');
    expect(shape('odd').unmapped).toHaveProperty('requestData');
    const { api, unmapped } = toOcsf(AWS_SHAPES['odd'] as AuditEvent);
    expect(api).not.toHaveProperty('request');
    expect(unmapped).toMatchObject({ requestParameters: { secretId: 'prod/db' }, requestID: 12 });
  });

  test('without an action only the record can say that it was a read', () => {
    const event = (readOnly?: boolean) =>
      decodeCloudTrail({
        ...{ eventTime: '2026-11-20T14:30:00Z', eventSource: 'kms.amazonaws.com', eventName: 'DeleteReadCreate' },
        ...(readOnly !== undefined && { readOnly }),
      });
    expect([event(true), event(false), event()].map((one) => toOcsf(one).activity_id)).toEqual([2, 0, 0]);
  });
});

describe('time', () => {
  test.each([
    ['2026-11-20T14:30:00Z', 0, '2026-11-20T14:30:00.000Z'],
    ['2026-03-04T05:06:07.89-0530', -330, '2026-03-04T10:36:07.890Z'],
    ['2026-03-04T05:06:07.89+0000', 0, '2026-03-04T05:06:07.890Z'],
    ['2026-03-04T05:06:07.89-00:00', 0, '2026-03-04T05:06:07.890Z'],
    ['2026-03-04 05:06:07 +05:45', 345, '2026-03-03T23:21:07.000Z'],
    ['2026-03-04T05:06:07', undefined, '2026-03-04T05:06:07.000Z'],
  ])('%s is %s minutes from UTC', (eventTime, offset, iso) => {
    const written = toOcsf(decodeActivityEvent({ eventTime, action: 'secrets-manager.secret.read' }));
    expect(written.timezone_offset).toBe(offset);
    expect(written.time_dt).toBe(iso);
    expect(written.time).toBe(Date.parse(iso));
    expect(written.metadata.original_time).toBe(eventTime);
  });
});

test('a hostile record pollutes nothing', () => {
  const record = JSON.parse(
    '{"eventTime":"2026-11-20T14:30:00Z","eventSource":"secretsmanager.amazonaws.com","eventName":"GetSecretValue","__proto__":{"polluted":1},"userIdentity":{"__proto__":{"polluted":2},"sessionContext":{"__proto__":{"polluted":3}}}}',
  ) as object;
  const { unmapped } = toOcsf(decodeCloudTrail(record));
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.hasOwn(unmapped, '__proto__')).toBe(true);
  expect(JSON.stringify(unmapped)).toContain('"__proto__":{"polluted":1}');
  expect(JSON.stringify(unmapped)).toContain('"polluted":3');
});
