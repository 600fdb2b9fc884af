import { getAuthenticatorFromEnvironment, readExternalSources } from 'ibm-cloud-sdk-core';
import { describe, expect, it } from 'vitest';
import { type IbmServerOptions, sampleActivityEvents, virtualClock } from '../../../src/testing/index.ts';
import {
  type Answer,
  ask,
  failure,
  ids,
  NOW,
  query,
  readStream,
  record,
  SdkService,
  stamp,
  start,
  textOfStream,
  tokenOf,
} from './clients.ts';

const ALL = 'source logs';
const many = (count: number) => Array.from({ length: count }, (_, index) => record(`e${index}`, count - index));

it("the environment leads IBM's own client to both services", async () => {
  const server = await start({ apiKey: 'mine' });
  Object.assign(process.env, server.env);
  try {
    for (const name of ['logs', 'secrets-manager']) {
      const options: { headers?: Record<string, string> } = {};
      await getAuthenticatorFromEnvironment(name).authenticate(options);
      const token = options.headers?.['Authorization']?.slice('Bearer '.length) ?? '';
      const { url } = readExternalSources(name) as { url: string };
      expect([url, (await ask(server, { query: ALL }, { token })).status]).toEqual([server.url, 200]);
    }
  } finally {
    for (const name of Object.keys(server.env)) delete process.env[name];
  }
});

describe('a query', () => {
  it('answers with rows in the form that IBM documents', async () => {
    const server = await start({ records: [record('a', 1)] });
    const answer = await ask(server, { query: ALL });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const text = await answer.text();
    const [id, rows, ...rest] = text.split('\n\n');
    expect(id).toMatch(/^: success\ndata: \{"query_id":\{"query_id":"[0-9a-f-]{36}"\}\}$/);
    expect(rest).toEqual(['']);
    expect(JSON.parse((rows ?? '').slice(': success\ndata: '.length))).toEqual({
      result: {
        results: [
          {
            metadata: [
              { key: 'timestamp', value: '2026-11-20T11:59:00.000Z' },
              { key: 'severity', value: '3' },
              { key: 'logid', value: '77777777-0000-4000-8000-000000000001' },
            ],
            labels: [
              { key: 'applicationname', value: 'ibm-audit-event' },
              { key: 'subsystemname', value: 'secrets-manager:11111111-2222-4333-8444-555555555555' },
              { key: 'threadid' },
            ],
            user_data: JSON.stringify(record('a', 1)),
          },
        ],
      },
    });
  });

  it("is answered alike to IBM's own client", async () => {
    const records = sampleActivityEvents({ count: 500, to: NOW - 1000 });
    const server = await start({ records });
    const metadata = { start_date: stamp(25 * 60), end_date: stamp(0), limit: 12_000 };
    const ordered = `${ALL} | orderby $m.timestamp asc`;
    const stream = await new SdkService(server).post('/v1/query', { query: ordered, metadata });
    const answer = readStream(await textOfStream(stream));
    expect(answer.rows.map((row) => JSON.parse(row.user_data))).toEqual(records);
    expect(answer.kinds).toEqual(['query_id', ...Array.from({ length: 5 }, () => 'result')]);
    expect(server.requests.map((request) => `${request.service} ${request.operation} ${request.status}`)).toEqual([
      'iam getToken 200',
      'logs query 200',
    ]);
    expect(server.requests[1]?.input).toEqual({ query: ordered, metadata });
  });

  it('finds the last 15 minutes and 2,000 rows when it says nothing else', async () => {
    const recent = Array.from({ length: 2001 }, (_, index) => record(`e${index}`, 1 + index / 300));
    const server = await start({ records: [record('old', 15.1), record('young', 14.9), ...recent] });
    const answer = readStream(await (await ask(server, { query: ALL })).text());
    expect(answer.rows).toHaveLength(2000);
    expect(answer.warnings).toEqual([{ number_of_results_limit_warning: { number_of_results_limit: 2000 } }]);
    const rest = await query(server, "source logs | filter $d.id == 'old' || $d.id == 'young'", {
      start_date: undefined,
      end_date: undefined,
    });
    expect(ids(rest)).toEqual(['young']);
    const from = { start_date: stamp(16), end_date: undefined };
    expect(ids(await query(server, "source logs | filter $d.id == 'old'", from))).toEqual(['old']);
    const to = { start_date: undefined, end_date: stamp(15) };
    expect(ids(await query(server, "source logs | filter $d.id == 'old' || $d.id == 'young'", to))).toEqual(['old']);
    const now = { start_date: undefined, end_date: undefined, now_date: stamp(15) };
    expect(ids(await query(server, "source logs | filter $d.id == 'old' || $d.id == 'young'", now))).toEqual(['old']);
  });

  const refused: Record<string, unknown> = {
    'no query': {},
    'an empty query': { query: '' },
    'a query of 4,097 characters': { query: `source logs | filter $d.a == '${'x'.repeat(4096)}'` },
    'a query that is no text': { query: 1 },
    'metadata that is no object': { query: ALL, metadata: [] },
    'a limit beyond 50,000': { query: ALL, metadata: { limit: 50_001 } },
    'a limit that is no whole number': { query: ALL, metadata: { limit: 1.5 } },
    'a time without a zone': { query: ALL, metadata: { start_date: '2026-11-20T12:00:00' } },
    'a start behind the end': { query: ALL, metadata: { start_date: stamp(0), end_date: stamp(1) } },
    'another tier': { query: ALL, metadata: { tier: 'hot' } },
    'another syntax': { query: ALL, metadata: { syntax: 'sql' } },
    'a query that is not DataPrime': { query: 'action:x' },
    'a query that is not Lucene': { query: 'action:(x', metadata: { syntax: 'lucene' } },
    'no JSON': '{',
    'JSON that is no object': '[]',
  };
  for (const [what, body] of Object.entries(refused)) {
    it(`is refused with ${what}`, async () => {
      const answer = await ask(await start(), body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        errors: [{ code: 'bad_request_or_unspecified', message: expect.any(String) }],
        status_code: 400,
        trace: expect.any(String),
      });
    });
  }

  it('is refused with another content type, method or path', async () => {
    const server = await start();
    expect((await ask(server, { query: ALL }, { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await fetch(`${server.url}/v1/query`)).status).toBe(404);
    expect((await fetch(`${server.url}/v1/dataprime/query/run`, { method: 'POST' })).status).toBe(404);
    expect(server.requests.at(-1)).toMatchObject({ service: 'logs', operation: 'POST /v1/dataprime/query/run' });
  });

  it('of more than 4 MiB is refused, or its connection broken, and the server goes on', async () => {
    const server = await start();
    const token = await tokenOf(server);
    const large = ask(server, { query: 'x'.repeat(5 * 1024 * 1024) }, { token });
    const outcome = await large.then(
      (answer) => answer.status,
      (error: Error) => error.name,
    );
    expect([413, 'TypeError']).toContain(outcome);
    expect((await ask(server, { query: ALL }, { token })).status).toBe(200);
  });

  it('may come in base64', async () => {
    const server = await start({ records: [record('a', 1)] });
    const encoded = Buffer.from('id.keyword:a').toString('base64');
    expect(ids(await query(server, encoded, { syntax: 'lucene_utf8_base64' }))).toEqual(['a']);
    const other = Buffer.from("source logs | filter $d.id == 'b'").toString('base64');
    expect(ids(await query(server, other, { syntax: 'dataprime_utf8_base64' }))).toEqual([]);
  });
});

describe('the limit', () => {
  const records = many(30);
  const limited = (options: IbmServerOptions, metadata: object, text = ALL): Promise<Answer> =>
    start({ records, ...options }).then((server) => query(server, text, metadata));
  const told = (number_of_results_limit: number) => [{ number_of_results_limit_warning: { number_of_results_limit } }];

  it('cuts, and says so', async () => {
    const { rows, warnings } = await limited({}, { limit: 10 });
    expect([rows.length, warnings]).toEqual([10, told(10)]);
    expect((await limited({}, { limit: 30 })).warnings).toEqual([]);
    expect((await limited({}, { limit: 0 })).rows).toEqual([]);
  });

  it('cuts in silence where the client set it and the server is told to be silent', async () => {
    const { rows, warnings } = await limited({ limitWarning: 'never' }, { limit: 10 });
    expect([rows.length, warnings]).toEqual([10, []]);
  });

  it('is lowered to what a tier allows', async () => {
    expect((await limited({}, { limit: 12_001 })).warnings).toEqual(told(12_000));
    expect((await limited({}, { limit: 12_001, tier: 'archive' })).warnings).toEqual([]);
  });

  it('in the query itself is no reason for a warning', async () => {
    const { rows, warnings } = await limited({}, {}, `${ALL} | limit 3`);
    expect([rows.length, warnings]).toEqual([3, []]);
  });
});

describe('the range', () => {
  const days = [20, 12, 6, 3, 1].map((day) => record(`day ${day}`, day * 1440));
  const range = { start_date: stamp(30 * 1440), end_date: stamp(0) };

  it('of more than 8 days is answered in part, and the part is told', async () => {
    const newest = await query(await start({ records: days }), ALL, range);
    expect(ids(newest)).toEqual(['day 1', 'day 3', 'day 6']);
    expect(newest.warnings).toEqual([
      { time_range_warning: { warning_message: expect.any(String), start_date: stamp(8 * 1440), end_date: stamp(0) } },
    ]);
    const oldest = await query(await start({ records: days, clampTo: 'oldest', maxRangeDays: 11 }), ALL, range);
    expect(ids(oldest)).toEqual(['day 20']);
    expect(oldest.warnings).toMatchObject([{ time_range_warning: { end_date: stamp(19 * 1440) } }]);
  });

  it('has bounds of any precision', async () => {
    const server = await start({ records: [record('first', 2), record('second', 1)], timestamps: 'nanoseconds' });
    const found = async (start_date: string, end_date: string) =>
      ids(await query(server, ALL, { start_date, end_date }));
    expect(await found('2026-11-20T11:58:00.000000001Z', '2026-11-20T11:59:00.000000003Z')).toEqual([
      'second',
      'first',
    ]);
    expect(await found('2026-11-20T11:58:00.000000002Z', '2026-11-20T11:59:00.000000002Z')).toEqual([]);
    expect(await found('2026-11-20T12:58:00.000000001+01:00', '2026-11-20T12:59:00+01:00')).toEqual(['first']);
    const days = { start_date: '2026-11-01T00:00:00.123456789Z', end_date: '2026-11-20T12:00:00.000000001Z' };
    expect((await query(server, ALL, days)).warnings).toMatchObject([
      { time_range_warning: { start_date: '2026-11-12T12:00:00.000000001Z', end_date: days.end_date } },
    ]);
  });

  it('has bounds that belong to it or not, as the server is told', async () => {
    const records = [record('first', 20), record('middle', 15), record('last', 10)];
    const bounds = { start_date: stamp(20), end_date: stamp(10) };
    const found: Record<string, readonly string[]> = {
      '[)': ['middle', 'first'],
      '[]': ['last', 'middle', 'first'],
      '()': ['middle'],
      '(]': ['last', 'middle'],
    };
    for (const [name, wanted] of Object.entries(found)) {
      const server = await start({ records, bounds: name as '[)' });
      expect(ids(await query(server, ALL, bounds)), name).toEqual(wanted);
    }
  });
});

describe('rows', () => {
  it('are newest first when a query does not order them, or the other way round', async () => {
    const records = many(3);
    expect(ids(await query(await start({ records }), ALL))).toEqual(['e2', 'e1', 'e0']);
    expect(ids(await query(await start({ records, unordered: 'oldest-first' }), ALL))).toEqual(['e0', 'e1', 'e2']);
  });

  it('are in the tiers that they were fed to', async () => {
    const server = await start({ records: [record('both', 3)] });
    server.add([record('archived', 2)], { tiers: ['archive'] });
    server.add([record('quick', 1)], { tiers: ['frequent_search'] });
    expect(ids(await query(server, ALL))).toEqual(['quick', 'both']);
    expect(ids(await query(server, ALL, { tier: 'frequent_search' }))).toEqual(['quick', 'both']);
    expect(ids(await query(server, ALL, { tier: 'archive' }))).toEqual(['archived', 'both']);
  });

  it('can be found from their delivery on, by the time that they were given', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock });
    server.add([record('late', 30)], { deliveredAt: NOW + 60_000 });
    server.add([record('old', 30)], { deliveredAt: NOW + 60_000, timestamp: NOW - 30 * 60_000 });
    server.addRows([{ user_data: 'text', timestamp: NOW - 1000, deliveredAt: NOW + 60_000, logid: 'mine' }]);
    const range = { start_date: stamp(60), end_date: stamp(-60) };
    expect((await query(server, ALL, range)).rows).toEqual([]);
    await clock.advance(60_000);
    const { rows } = await query(server, ALL, range);
    expect(rows.map((row) => row.metadata[0]?.value)).toEqual([stamp(-1), '2026-11-20T11:59:59.000Z', stamp(30)]);
    expect([rows[1]?.user_data, rows[1]?.metadata[2]?.value]).toEqual(['text', 'mine']);
  });

  it('carry their times and ids as the server is told', async () => {
    const records = [record('a', 1)];
    const metadata = async (options: IbmServerOptions) =>
      (await query(await start({ records, ...options }), ALL)).rows[0]?.metadata.map(
        ({ key, value }) => `${key}=${value}`,
      );
    const id = 'logid=77777777-0000-4000-8000-000000000001';
    expect(await metadata({ timestamps: 'no-zone' })).toEqual(['timestamp=2026-11-20T11:59:00.000', 'severity=3', id]);
    expect(await metadata({ timestamps: 'nanoseconds', logIds: false })).toEqual([
      'timestamp=2026-11-20T11:59:00.000000001',
      'severity=3',
    ]);
  });

  it('are labelled after the instance that their event names', async () => {
    const logSourceCRN = 'crn:v1:bluemix:public:kms:us-south:a/0a11:22222222-2222-4333-8444-555555555555::';
    const wrapped = { logSourceCRN, payload: record('w', 1) };
    const server = await start({ records: [record('k', 2, { logSourceCRN }), wrapped] });
    const { rows } = await query(server, "source logs | filter $l.subsystemname.startsWith('kms:')");
    expect(rows.map((row) => row.labels[1]?.value)).toEqual([
      'kms:22222222-2222-4333-8444-555555555555',
      'kms:22222222-2222-4333-8444-555555555555',
    ]);
  });

  it('need a time', async () => {
    const noTime = await failure(start({ records: [{ action: 'a.b.c' }] }));
    expect([noTime['code'], noTime.message]).toEqual(['invalid-argument', expect.stringContaining('eventTime')]);
  });
});

describe('the quota', () => {
  it('is 10 queries in any minute, and what is refused does not count', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, quotas: {} });
    const token = await tokenOf(server);
    const status = async () => (await ask(server, { query: ALL }, { token })).status;
    for (let count = 0; count < 10; count++) expect(await status()).toBe(200);
    expect(await status()).toBe(429);
    await clock.advance(59_999);
    expect(await status()).toBe(429);
    await clock.advance(1);
    expect(await status()).toBe(200);
  });

  it('can be another', async () => {
    const server = await start({ quotas: { queriesPerMinute: 1 } });
    const token = await tokenOf(server);
    expect((await ask(server, { query: ALL }, { token })).status).toBe(200);
    const answer = await ask(server, { query: ALL }, { token });
    expect(await answer.json()).toMatchObject({ errors: [{ code: 'resource_exhausted' }], status_code: 429 });
  });

  it('can be told in a stream that begins well', async () => {
    const server = await start({ records: many(3), quotas: { queriesPerMinute: 1 }, rateLimitAs: 'stream' });
    expect((await query(server, ALL)).rows).toHaveLength(3);
    const answer = await query(server, ALL);
    expect(answer.errors).toEqual([{ error: { message: expect.any(String), code: { rate_limit_reached: {} } } }]);
    expect(answer.rows).toEqual([]);
    expect(server.requests.at(-1)).toMatchObject({ status: 200, error: 'rate_limit_reached' });
    expect(server.requests.at(-1)?.fault).toBeUndefined();
  });
});

describe('fields that no row has', () => {
  const text = 'source logs | filter $d.nobody.knows == null && $d.action != null && $l.category == null';

  it('are null, in silence', async () => {
    const answer = await query(await start({ records: many(1) }), text);
    expect([answer.rows.length, answer.warnings]).toEqual([1, []]);
  });

  it('are told when the server is told to, and refused when the client wants them to be', async () => {
    const server = await start({ records: many(1), compileWarnings: true });
    expect((await query(server, text)).warnings).toEqual([
      { compile_warning: { warning_message: 'Unknown field: $d.nobody.knows' } },
      { compile_warning: { warning_message: 'Unknown field: $l.category' } },
    ]);
    expect(String(await failure(query(server, text, { strict_fields_validation: true })))).toContain('$d.nobody.knows');
  });
});

it('latency passes on the clock of the server', async () => {
  const clock = virtualClock(NOW);
  const server = await start({ clock, latencyMs: 250 });
  await query(server, ALL);
  // The token takes its time as well.
  expect(clock.now()).toBe(NOW + 500);
});

it('a server can be stopped at the end of a block, in the middle of an answer', async () => {
  const server = await start({ records: many(200), batchSize: 1 });
  server.fault({ kind: 'hang', batches: 1 });
  const answer = await ask(server, { query: ALL, metadata: { start_date: stamp(600), end_date: stamp(0) } });
  await server[Symbol.asyncDispose]();
  expect((await failure(answer.text())).name).toBe('TypeError');
  expect((await failure(fetch(server.url))).name).toBe('TypeError');
});
