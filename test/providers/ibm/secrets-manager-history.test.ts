import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import type { AuditEvent } from '../../../src/model/event.ts';
import { secretsManagerHistory } from '../../../src/providers/ibm/index.ts';
import { events } from '../../../src/reader/events.ts';
import { explain } from '../../../src/reader/explain.ts';
import { virtualClock } from '../../../src/testing/index.ts';
import { assertIbmEvent } from './event-check.ts';
import {
  ACCOUNT,
  crnOf,
  INSTANCE,
  lockOf,
  secretOf,
  startInstance,
  tell,
  versionOf,
  WAYS,
} from './support/instance.ts';

const NAME = `ibm.secrets-manager/us-south/${INSTANCE}`;

/** One line an event: what, when, who. */
const lineOf = ({ name, time, actor, origin, secret }: AuditEvent) =>
  [
    name.replace(/^.*secrets-manager\./, ''),
    time.toISOString().slice(5, 16),
    actor.id ?? (origin.service ? 'the service' : 'nobody knows'),
    secret?.version ?? '-',
  ].join(' ');

/** A secret with a life: two versions by hand, one automatic, two locks, read, updated. */
const BUSY = {
  secret: secretOf('busy', {
    versions_total: 3,
    locks_total: 2,
    updated_at: '2026-11-06T09:00:00Z',
    retrieved_at: '2026-11-07T08:30:00.123Z',
    custom_metadata: { note: 'of the team', payload: 'hunter2!', nested: { data: 'hunter3!' } },
  }),
  versions: [
    versionOf('v3', '2026-11-05T12:00:00Z', { auto_rotated: true, alias: 'current' }),
    versionOf('v2', '2026-11-03T12:00:00Z', { alias: 'previous' }),
    versionOf('v1', '2026-11-01T12:00:01Z', { created_by: 'IBMid-0001' }),
  ],
  locks: [lockOf('app', 'v3', '2026-11-05T13:00:00Z'), lockOf('job', 'v2', '2026-11-04T13:00:00Z')],
};
const BUSY_LINES = [
  'secret.create 11-01T12:00 IBMid-0001 -',
  'secret-version.create 11-03T12:00 IBMid-0002 v2',
  'secret-locks.create 11-04T13:00 iam-ServiceId-1 v2',
  'secret-version.create 11-05T12:00 the service v3',
  'secret-locks.create 11-05T13:00 iam-ServiceId-1 v3',
  'secret-metadata.update 11-06T09:00 nobody knows -',
  'secret.read 11-07T08:30 nobody knows -',
];

const task = (id: string, status: string, fields: object = {}) => ({
  id,
  secret_id: 'custom',
  secret_version_id: 'v9',
  creation_date: '2026-11-02T10:00:00Z',
  last_update_date: '2026-11-02T10:05:00Z',
  created_by: 'IBMid-0003',
  updated_by: 'iam-ServiceId-2',
  type: 'create_credentials',
  trigger: 'manual_secret_rotation',
  status,
  ...fields,
});
const CUSTOM = {
  secret: secretOf('custom', { secret_type: 'custom_credentials' }),
  tasks: [
    task('t1', 'credentials_created'),
    task('t2', 'failed', {
      errors: [
        { code: 'E1', description: 'no answer' },
        { code: 'E2', description: 'late' },
      ],
    }),
    task('t3', 'queued', { trigger: 'automatic_secret_rotation' }),
  ],
};

describe.each(WAYS)('by %s', (way) => {
  test('the life of a secret, as far as it can be told', async () => {
    const { options } = await startInstance([BUSY], way);
    const { list, report } = await tell(options);
    expect(list.map(lineOf)).toEqual(BUSY_LINES);
    for (const event of list) {
      assertIbmEvent(event);
      expect(event).toMatchObject({
        derived: true,
        denied: false,
        outcome: 'success',
        account: ACCOUNT,
        region: 'us-south',
        source: NAME,
        secret: { id: crnOf('busy'), name: 'name of busy', group: 'group-1' },
      });
      expect(event.id).toMatch(/^derived:sha256:[0-9a-f]{32}$/);
    }
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    expect(list.map(({ action }) => action)).toEqual([
      'secret.create',
      'secret.write',
      'lock.create',
      'secret.write',
      'lock.create',
      'secret.update',
      'secret.read',
    ]);
    // Of each act, the object that tells of it.
    expect(
      list.map(({ raw }) => (raw as { id?: string; name?: string }).id ?? (raw as { name?: string }).name),
    ).toEqual(['busy', 'v2', 'job', 'v3', 'app', 'busy', 'busy']);
    expect(report).toMatchObject({ source: NAME, yielded: 7, malformed: 0, requests: 3 });
  });

  test('no value comes out, whatever custom metadata holds', async () => {
    const { options } = await startInstance([BUSY], way);
    const { list } = await tell(options);
    expect(JSON.stringify(list)).not.toMatch(/hunter/);
    expect(JSON.stringify(list)).toContain('of the team');
    expect(list[0]?.redacted).toEqual(['custom_metadata.nested.data', 'custom_metadata.payload']);
  });

  test('tasks of custom credentials, by the names of their notices', async () => {
    const { options, asked } = await startInstance([CUSTOM, { secret: secretOf('plain') }], way);
    const { list } = await tell(options, { where: { action: ['task.create', 'task.succeed', 'task.fail'] } });
    expect(list.map(lineOf).toSorted()).toEqual([
      'secret_task_created 11-02T10:00 IBMid-0003 v9',
      'secret_task_created 11-02T10:00 IBMid-0003 v9',
      'secret_task_created 11-02T10:00 the service v9',
      'secret_task_failed 11-02T10:05 iam-ServiceId-2 v9',
      'secret_task_succeeded 11-02T10:05 iam-ServiceId-2 v9',
    ]);
    const failed = list.find(({ outcome }) => outcome === 'failure');
    expect(failed).toMatchObject({
      action: 'task.fail',
      error: { code: 'E1', message: 'no answer' },
      kind: 'notification',
    });
    for (const event of list) assertIbmEvent(event);
    expect(asked()).toEqual(['listSecrets', 'listSecretTasks']);
  });

  test('one notice says what cannot be told, and the report is not complete', async () => {
    const { options } = await startInstance([BUSY, CUSTOM], way);
    const { notices, complete } = await tell(options);
    expect(complete).toBe(false);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ code: 'derived-history', incomplete: true, count: 1 });
    for (const word of ['who read', 'failures', 'deletions', 'listings', 'logins', 'addresses', 'the last'])
      expect(notices[0]?.message).toContain(word);
  });

  test('2,345 secrets in three pages, each once, in both orders', async () => {
    const secrets = Array.from({ length: 2345 }, (_, i) => ({
      secret: secretOf(`s${i}`, {
        created_at: new Date(Date.UTC(2026, 9, 1) + ((i * 7919) % 2345) * 1000).toISOString(),
      }),
    }));
    const { options, asked } = await startInstance(secrets, way);
    for (const order of ['oldest-first', 'newest-first'] as const) {
      const { list } = await tell(options, { order, where: { action: 'secret.create' } });
      const times = list.map(({ time }) => time.getTime());
      expect(new Set(list.map(({ secret }) => secret?.id)).size).toBe(2345);
      expect(times).toEqual(times.toSorted((a, b) => (order === 'oldest-first' ? a - b : b - a)));
    }
    expect(asked()).toEqual(Array.from({ length: 6 }, () => 'listSecrets'));
  });

  test('secrets that are deleted while they are listed hide none of the others', async () => {
    const secrets = Array.from({ length: 2500 }, (_, i) => ({
      secret: secretOf(`s${i}`, { created_at: new Date(Date.UTC(2026, 9, 1) + i * 1000).toISOString() }),
    }));
    const { options } = await startInstance(secrets, way);
    const source = secretsManagerHistory(options);
    const stream = events(
      {
        ...source,
        order: source.order,
        codeOf: source.codeOf,
        read: (request) => {
          // After the first page ten secrets of it go, so that ten of the second page move up into it.
          const sink = { ...request.sink, notice: request.sink.notice.bind(request.sink), count: counted };
          function counted(...args: Parameters<typeof request.sink.count>): void {
            request.sink.count(...args);
            if (args[0] === 'requests' && ++requests === 2) secrets.splice(100, 10);
          }
          let requests = 0;
          return source.read({ ...request, sink });
        },
      },
      { where: { action: 'secret.create' } },
    );
    const list = await stream.toArray();
    expect(new Set(list.map(({ secret }) => secret?.id))).toEqual(
      new Set([
        ...secrets.map(({ secret }) => secret['crn']),
        ...Array.from({ length: 10 }, (_, i) => crnOf(`s${100 + i}`)),
      ]),
    );
    expect(stream.report.sources[0]?.notices.map(({ code }) => code)).toEqual(['derived-history']);
  });

  test('a secret that is gone when its versions are asked for is told as far as it was listed', async () => {
    const { options, server } = await startInstance([BUSY, CUSTOM], way);
    server.fault({ kind: 'error', status: 404, code: 'not_found', operation: 'listSecretVersions' });
    const { list, notices } = await tell(options, { where: { 'secret.name': 'name of busy' } });
    expect(list.map(lineOf)).toEqual(BUSY_LINES.filter((line) => line.endsWith(' -')));
    expect(notices).toHaveLength(1);
  });

  test.each([
    ['unauthenticated', { kind: 'unauthenticated', times: 9 }, /401/],
    ['permission-denied', { kind: 'access-denied', times: 9 }, /403/],
    ['unavailable', { kind: 'server-error', times: 99 }, /500/],
    ['rate-limited', { kind: 'throttle', times: 9999 }, /rate/],
  ] as const)('%s, with IBM’s own words and no credentials', async (code, fault, words) => {
    const { options, server } = await startInstance([BUSY], way);
    server.fault(fault);
    const error = await tell(options).catch((reason: unknown) => reason);
    expect(AuditError.is(error) && [error.code, error.source]).toEqual([code, NAME]);
    expect((error as AuditError).message).toMatch(words);
    expect(JSON.stringify([error, (error as AuditError).message, String((error as Error).cause)])).not.toMatch(
      /Bearer ey|not-a-secret/,
    );
  });

  test('a throttled and a broken request are made again, and nothing is lost or doubled', async () => {
    const { options, server } = await startInstance([BUSY, CUSTOM], way);
    server.fault({ kind: 'throttle', times: 2 });
    server.fault({ kind: 'server-error' });
    server.fault({ kind: 'truncate', service: 'secrets-manager' });
    const { list, report } = await tell(options);
    expect(list).toHaveLength(BUSY_LINES.length + 6);
    expect(report?.retries).toBe(4);
  });

  test('an abort rejects with its reason, before and while it waits', async () => {
    const { options, server } = await startInstance([BUSY], way);
    const reason = new Error('enough');
    await expect(tell(options, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(0);
    server.fault({ kind: 'hang', service: 'secrets-manager' });
    const controller = new AbortController();
    const pending = tell(options, { signal: controller.signal });
    while (server.requests.every(({ service }) => service !== 'secrets-manager')) await new Promise(setImmediate);
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });
});

describe('the fewest requests', () => {
  const quiet = Array.from({ length: 300 }, (_, i) => ({ secret: secretOf(`quiet${i}`) }));
  const rotated = {
    secret: secretOf('rotated', { versions_total: 2, updated_at: '2026-11-01T12:00:00Z' }),
    versions: [versionOf('r2', '2026-11-09T12:00:00Z'), versionOf('r1', '2026-11-01T12:00:00Z')],
  };
  const touched = { secret: secretOf('touched', { updated_at: '2026-11-09T12:00:00Z' }), versions: [] };
  const locked = {
    secret: secretOf('locked', { locks_total: 1 }),
    locks: [lockOf('app', 'v1', '2026-11-09T12:00:00Z')],
  };
  const all = [...quiet, rotated, touched, locked, CUSTOM];

  test.each([
    [
      'everything',
      {},
      ['listSecrets', 'listSecretLocks', 'listSecretTasks', 'listSecretVersions', 'listSecretVersions'],
    ],
    [
      'a window: what changed before it is not looked at, unless versions may lie in it',
      { from: '2026-11-10' },
      ['listSecrets', 'listSecretLocks', 'listSecretTasks', 'listSecretVersions'],
    ],
    ['a window before every secret', { to: '2026-10-01' }, ['listSecrets']],
    ['reads', { where: { action: 'secret.read' } }, ['listSecrets']],
    ['creations', { where: { name: 'secrets-manager.secret.create' } }, ['listSecrets']],
    ['locks', { where: { action: 'lock.create' } }, ['listSecrets', 'listSecretLocks']],
    ['versions', { where: { action: 'secret.write' } }, ['listSecrets', 'listSecretVersions', 'listSecretVersions']],
    ['failed tasks', { where: { outcome: 'failure' } }, ['listSecrets', 'listSecretTasks']],
    ['refusals', { where: { denied: true } }, []],
    ['another cloud', { where: { provider: 'aws' } }, []],
    ['deletions', { where: { action: 'secret.delete' } }, []],
    ['audit events only', { where: { derived: false } }, []],
  ] as const)('%s', async (_, request, expected) => {
    const { options, asked } = await startInstance(all);
    const { list } = await tell(options, request);
    expect(asked().toSorted()).toEqual([...expected].toSorted());
    // Whatever was not asked: the answer is that of everything, filtered.
    const { where, ...window } = { where: undefined, ...request };
    const everything = await tell(options, window);
    const { matches } = await import('../../../src/filter/match.ts');
    expect(list.map(({ id }) => id)).toEqual(
      everything.list.filter((event) => where === undefined || matches(where, event)).map(({ id }) => id),
    );
  });

  test('explain says them, and asks nothing', async () => {
    const { options, server } = await startInstance(all);
    const [plan] = explain(secretsManagerHistory(options), {});
    expect(plan?.steps.join('\n')).toMatch(/secrets, 1000 a page[\s\S]+versions[\s\S]+locks[\s\S]+tasks/);
    const [none] = explain(secretsManagerHistory(options), { where: { action: 'secret.delete' } });
    expect(none?.steps).toEqual(['no request: nothing that can be derived passes the filter']);
    expect(server.requests).toEqual([]);
  });
});

describe('what is told, and what is not told twice', () => {
  const linesOf = async (secret: Record<string, unknown>, rest: object = {}) => {
    const { options } = await startInstance([{ secret, ...rest }]);
    return (await tell(options)).list.map(lineOf);
  };

  test('an untouched secret: its creation', async () => {
    expect(await linesOf(secretOf('s'))).toEqual(['secret.create 11-01T12:00 IBMid-0001 -']);
  });

  test('the version that came with the secret is no act of its own; one a minute later is', async () => {
    const updated = { versions_total: 2, updated_at: '2026-11-01T12:01:00Z' };
    const versions = [versionOf('b', '2026-11-01T12:01:00Z'), versionOf('a', '2026-11-01T12:00:00Z')];
    expect(await linesOf(secretOf('s', updated), { versions })).toEqual([
      'secret.create 11-01T12:00 IBMid-0001 -',
      'secret-version.create 11-01T12:01 IBMid-0002 b',
    ]);
  });

  test('updated_at that is the moment of a version, a lock or a read is no update of metadata', async () => {
    const at = '2026-11-04T10:00:00Z';
    const made = { versions: [versionOf('v', '2026-11-04T10:00:01Z')] };
    expect(await linesOf(secretOf('s', { versions_total: 2, updated_at: at }), made)).not.toContainEqual(
      expect.stringMatching(/^secret-metadata/),
    );
    const locks = [lockOf('l', 'v', at)];
    expect(await linesOf(secretOf('s', { locks_total: 1, updated_at: at }), { locks })).toHaveLength(2);
    expect(await linesOf(secretOf('s', { updated_at: at, retrieved_at: at }))).toEqual([
      'secret.create 11-01T12:00 IBMid-0001 -',
      'secret.read 11-04T10:00 nobody knows -',
    ]);
    expect(await linesOf(secretOf('s', { updated_at: at }))).toHaveLength(2);
  });

  test('without retrieved_at, and at the epoch in any spelling, nobody has read it', async () => {
    for (const retrieved_at of [
      undefined,
      null,
      '',
      '1970-01-01T00:00:00Z',
      '1970-01-01T00:00:00.000+0000',
      '0001-01-01T00:00:00Z',
    ])
      expect(await linesOf(secretOf('s', { retrieved_at }))).toHaveLength(1);
  });

  test('locks that only the list of a version has', async () => {
    const locks = [lockOf('app', 'v1', '2026-11-03T10:00:00Z'), lockOf('old', 'v0', '2026-11-02T10:00:00Z')];
    const versions = [versionOf('v1', '2026-11-01T13:00:00Z'), versionOf('v0', '2026-11-01T12:00:00Z')];
    const secret = secretOf('s', { locks_total: 2, versions_total: 2 });
    const { options, asked } = await startInstance([{ secret, versions, locks }], "the vendor's client");
    const client = options.client as NonNullable<typeof options.client>;
    // The same instance, whose list of a secret's locks leaves out those of earlier versions: which it is, is not documented.
    const narrow: typeof client = {
      listSecrets: (params) => client.listSecrets(params),
      listSecretVersions: (params) => client.listSecretVersions(params),
      listSecretVersionLocks: (params) => client.listSecretVersionLocks(params),
      listSecretLocks: async (params) => {
        const { result } = await client.listSecretLocks(params);
        return { result: { locks: (result.locks ?? []).slice(0, 1), total_count: 1 } };
      },
    };
    const { list } = await tell({ ...options, client: narrow }, { where: { action: 'lock.create' } });
    expect(list.map(lineOf)).toEqual([
      'secret-version-locks.create 11-02T10:00 iam-ServiceId-1 v0',
      'secret-locks.create 11-03T10:00 iam-ServiceId-1 v1',
    ]);
    expect(asked().filter((name) => name === 'listSecretVersionLocks')).toHaveLength(2);
  });

  test('250 locks of one secret, over three pages', async () => {
    const locks = Array.from({ length: 250 }, (_, i) => lockOf(`l${i}`, 'v', '2026-11-03T10:00:00Z'));
    const lines = await linesOf(secretOf('s', { locks_total: 250 }), { locks });
    expect(lines).toHaveLength(251);
  });

  test('an act keeps its id when the secret is read, renamed or locked later', async () => {
    const secret = secretOf('s');
    const { options } = await startInstance([{ secret }]);
    const [before] = (await tell(options)).list;
    Object.assign(secret, { name: 'renamed', retrieved_at: '2026-11-09T10:00:00Z', labels: ['x'] });
    const { list } = await tell(options);
    expect(list.map(({ id }) => id)).toContain(before?.id);
    expect(list).toHaveLength(2);
  });
});

describe('what an API may answer', () => {
  test('times that are none are counted and named; the rest is told', async () => {
    const secret = secretOf('odd', { created_at: 'yesterday', retrieved_at: '2026-11-04T10:00:00Z' });
    const { options } = await startInstance([{ secret }, { secret: secretOf('fine') }]);
    const { list, report, notices } = await tell(options);
    expect(list.map(({ secret }) => secret?.name).toSorted()).toEqual(['name of fine', 'name of odd', 'name of odd']);
    expect(report?.malformed).toBe(1);
    expect(notices[1]).toMatchObject({
      code: 'malformed-record',
      message: 'The created_at is no time: "yesterday".',
      places: ['secret "odd"'],
    });
  });

  test('hostile names and keys go through and change nothing', async () => {
    const hostile = JSON.parse(
      JSON.stringify(
        secretOf('__proto__', { name: `\u001b[2J${'x'.repeat(100_000)}`, created_by: 'constructor' }),
      ).replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
    ) as Record<string, unknown>;
    const { options } = await startInstance([{ secret: hostile }, { secret: {} }, { secret: { id: 7 } as never }]);
    const { list, report } = await tell(options);
    expect(list).toHaveLength(1);
    assertIbmEvent(list[0] as AuditEvent);
    expect(report?.malformed).toBe(2);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('an answer without a list is not an instance without secrets', async () => {
    const { options } = await startInstance([]);
    const friendly = { ...options.client, listSecrets: async () => ({ result: { message: 'welcome' } }) };
    const { endpoint: _, authenticator: __, ...rest } = options;
    await expect(tell({ ...rest, client: friendly as never })).rejects.toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('no list of secrets'),
    });
    expect((await tell(options)).list).toEqual([]);
  });

  test('a list that never ends by its own word ends when nothing new comes', async () => {
    let calls = 0;
    const client = {
      listSecrets: async () => ({ result: { secrets: [secretOf('s')], next: { href: `#${++calls}` } } }),
      listSecretVersions: async () => ({ result: { versions: [] } }),
      listSecretLocks: async () => ({ result: { locks: [] } }),
      listSecretVersionLocks: async () => ({ result: { locks: [] } }),
    };
    const { list } = await tell({ client, name: 'odd', pace: { clock: virtualClock(0) } });
    expect([list.length, calls]).toEqual([1, 2]);
  });

  test('more events than maxEvents: the first of the order, and a notice', async () => {
    const secrets = Array.from({ length: 3000 }, (_, i) => ({
      secret: secretOf(`s${i}`, {
        created_at: new Date(Date.UTC(2026, 9, 1) + ((i * 7919) % 3000) * 1000).toISOString(),
      }),
    }));
    const { options } = await startInstance(secrets);
    const request = { where: { action: 'secret.create' } } as const;
    const whole = (await tell(options, request)).list.map(({ id }) => id);
    const bounded = await tell({ ...options, maxEvents: 50 }, request);
    expect(bounded.list.map(({ id }) => id)).toEqual(whole.slice(0, 50));
    expect(bounded.notices.map(({ code, incomplete }) => [code, incomplete])).toContainEqual(['result-limit', true]);
    const limited = await tell(options, { ...request, limit: 7 });
    expect(limited.list.map(({ id }) => id)).toEqual(whole.slice(0, 7));
    expect(limited.notices.map(({ code }) => code)).toEqual(['derived-history']);
  });
});

describe('options', () => {
  test('names', () => {
    expect(secretsManagerHistory({ region: 'us-south', instanceId: INSTANCE }).name).toBe(NAME);
    expect(secretsManagerHistory({ client: {} as never }).name).toBe('ibm.secrets-manager');
    expect(secretsManagerHistory({ client: {} as never, name: 'mine' }).name).toBe('mine');
  });

  test.each([
    [{ region: 'us-south' }, /instanceId is missing/],
    [{ instanceId: INSTANCE }, /region is missing/],
    [{ region: 'us-south/../x', instanceId: INSTANCE }, /region: "us-south\/\.\.\/x"/],
    [{ region: 'us-south', instanceId: 'evil.example.com#' }, /instanceId: "evil.example.com#"/],
    [{ endpoint: 'ftp://example.com' }, /endpoint/],
    [{ maxEvents: 0 }, /maxEvents: 0/],
  ] as const)('%j is refused', (options, message) => {
    expect(() => secretsManagerHistory(options as never)).toThrow(message);
    expect(() => secretsManagerHistory(options as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as never,
    );
  });
});
