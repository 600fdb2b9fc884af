import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type IbmFault, type IbmServer, sampleActivityEvents, virtualClock } from '../../../src/testing/index.ts';
import {
  ask,
  askToken,
  failure,
  lastDay,
  NOW,
  query,
  readStream,
  record,
  SdkService,
  start,
  textOfStream,
  tokenOf,
} from './clients.ts';

const RECORDS = sampleActivityEvents({ count: 90, from: NOW - 80_000_000, to: NOW - 60_000 });
const ALL = 'source logs | orderby $m.timestamp asc';
const BODY = { query: ALL, metadata: lastDay() };
const ready = () => start({ records: RECORDS, batchSize: 30 });

describe('a query is refused by', () => {
  const cases: [IbmFault, number, string][] = [
    [{ kind: 'throttle' }, 429, 'resource_exhausted'],
    [{ kind: 'server-error' }, 500, 'method_internal_error'],
    [{ kind: 'access-denied' }, 403, 'unauthorized'],
    [{ kind: 'unauthenticated' }, 401, 'unauthenticated'],
    [{ kind: 'error', status: 408 }, 408, 'deadline_exceeded'],
    [{ kind: 'error', status: 503, code: 'surprise', message: 'of a new kind' }, 503, 'surprise'],
  ];
  for (const [fault, status, code] of cases) {
    it(`${fault.kind}: ${status} ${code}`, async () => {
      const server = await ready();
      server.fault(fault);
      const answer = await ask(server, BODY);
      expect(answer.status).toBe(status);
      expect(await answer.json()).toEqual({
        errors: [{ code, message: expect.any(String) }],
        status_code: status,
        trace: expect.any(String),
      });
      expect(server.requests.at(-1)).toMatchObject({ service: 'logs', status, error: code });
      expect((await query(server, ALL)).rows).toHaveLength(90);
    });
  }

  it('throttling that says how long', async () => {
    const server = await ready();
    server.fault({ kind: 'throttle', retryAfter: 7 });
    expect((await ask(server, BODY)).headers.get('retry-after')).toBe('7');
    server.fault({ kind: 'throttle' });
    expect((await ask(server, BODY)).headers.get('retry-after')).toBeNull();
  });

  it('a token that is good no longer, until there is another', async () => {
    const server = await ready();
    const token = await tokenOf(server);
    server.fault({ kind: 'unauthenticated' });
    expect((await ask(server, BODY, { token })).status).toBe(401);
    expect((await ask(server, BODY, { token })).status).toBe(401);
    expect((await ask(server, BODY)).status).toBe(200);
  });

  it('the token service', async () => {
    const server = await ready();
    server.fault({ kind: 'iam-failure' });
    server.fault({ kind: 'error', service: 'iam', status: 503 });
    const service = new SdkService(server);
    expect(await failure(service.post('/v1/query', BODY))).toMatchObject({ status: 400 });
    expect(await failure(service.post('/v1/query', BODY))).toMatchObject({ status: 503 });
    expect(readStream(await textOfStream(await service.post('/v1/query', BODY))).rows).toHaveLength(90);
    expect(server.requests.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'getToken 400',
      'getToken 503',
      'getToken 200',
      'query 200',
    ]);
  });
});

describe('a stream holds', () => {
  const answered = async (fault: IbmFault) => {
    const server = await ready();
    server.fault(fault);
    const answer = await query(server, ALL);
    expect(server.requests.at(-1)).toMatchObject({ status: 200, fault: fault.kind });
    expect((await query(server, ALL)).rows).toHaveLength(90);
    return answer;
  };

  it('nothing but that it was one too many', async () => {
    const { kinds, errors } = await answered({ kind: 'stream-rate-limit' });
    expect(kinds).toEqual(['query_id', 'error']);
    expect(errors).toEqual([{ error: { message: expect.any(String), code: { rate_limit_reached: {} } } }]);
  });

  it('an error behind some rows, in both forms', async () => {
    const first = await answered({ kind: 'stream-error' });
    expect([first.kinds, first.rows.length]).toEqual([['query_id', 'result', 'error'], 30]);
    const second = await answered({ kind: 'stream-error', shape: 'errors', batches: 2, message: 'no', code: 'odd' });
    expect([second.kinds, second.errors]).toEqual([
      ['query_id', 'result', 'result', 'errors'],
      [{ errors: [{ code: 'odd', message: 'no' }], status_code: 500, trace: expect.any(String) }],
    ]);
  });

  const timesOf = (rows: readonly { readonly user_data: string }[]) =>
    rows.map((row) => JSON.parse(row.user_data).eventTime);

  it('rows twice', async () => {
    const { rows } = await answered({ kind: 'repeated-rows' });
    expect(rows).toHaveLength(120);
    expect(rows.slice(30, 60)).toEqual(rows.slice(0, 30));
  });

  it('rows in no order', async () => {
    const { rows } = await answered({ kind: 'shuffled-rows' });
    const times = timesOf(rows);
    expect(times).not.toEqual(times.toSorted());
    expect(times.toSorted()).toEqual(RECORDS.map((one) => one['eventTime']));
  });

  it('a record that is cut off', async () => {
    const { rows } = await answered({ kind: 'malformed-row' });
    expect(() => JSON.parse(rows[0]?.user_data ?? '')).toThrow(SyntaxError);
    expect(timesOf(rows.slice(1))).toHaveLength(89);
  });

  it('a warning', async () => {
    const warning = { bytes_scanned_limit_warning: {} };
    expect((await answered({ kind: 'warning', warning })).warnings).toEqual([warning]);
  });

  it('comments and signs of life', async () => {
    const server = await ready();
    server.fault({ kind: 'keep-alive' });
    const text = await (await ask(server, BODY)).text();
    expect(text.match(/^:$/gm)?.length).toBe(8);
    expect(readStream(text).rows).toHaveLength(90);
  });

  it('lines that end as the server is told', async () => {
    const server = await start({ records: RECORDS, lineEnd: '\r\n' });
    const text = await (await ask(server, BODY)).text();
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(readStream(text.replaceAll('\r\n', '\n')).rows).toHaveLength(90);
  });
});

describe('an answer is spoiled on its way by', () => {
  it('a reset in the middle', async () => {
    const server = await ready();
    server.fault({ kind: 'reset' });
    const answer = await ask(server, BODY);
    const reader = answer.body?.getReader();
    let bytes = 0;
    const broken = await failure(
      (async () => {
        for (;;) {
          const piece = await reader?.read();
          if (!piece || piece.done) return;
          bytes += piece.value.length;
        }
      })(),
    );
    expect(broken.name).toBe('TypeError');
    expect(bytes).toBeGreaterThan(10_000);
    expect((await query(server, ALL)).rows).toHaveLength(90);
  });

  it('an end that looks like one', async () => {
    const server = await ready();
    server.fault({ kind: 'truncate' });
    const text = await (await ask(server, BODY)).text();
    expect(text.endsWith('\n\n')).toBe(false);
    const whole = text.slice(0, text.lastIndexOf('\n\n') + 2);
    expect(readStream(whole).rows).toHaveLength(60);
  });

  it('an end without its empty line', async () => {
    const server = await ready();
    server.fault({ kind: 'unclosed' });
    const text = await (await ask(server, BODY)).text();
    expect(text.endsWith(']}}')).toBe(true);
    expect(readStream(text).rows).toHaveLength(60);
    expect(readStream(`${text}\n\n`).rows).toHaveLength(90);
  });

  it('slowness, on the clock of the server', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, records: RECORDS, batchSize: 30 });
    server.fault({ kind: 'slow', ms: 40_000 });
    expect((await query(server, ALL)).rows).toHaveLength(90);
    expect(clock.now()).toBe(NOW + 40_000);
  });

  it('silence at once, and behind some rows', async () => {
    const server = await ready();
    server.fault({ kind: 'hang' });
    const token = await tokenOf(server);
    const aborting = new AbortController();
    const asking = ask(server, BODY, { token, signal: aborting.signal });
    while (server.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    aborting.abort();
    expect((await failure(asking)).name).toBe('AbortError');

    server.fault({ kind: 'hang', batches: 2 });
    const other = new AbortController();
    const answer = await ask(server, BODY, { token, signal: other.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (readStream(text.slice(0, text.lastIndexOf('\n\n') + 1)).rows.length < 60)
      text += (await reader?.read())?.value ?? '';
    const silence = reader?.read() ?? Promise.resolve();
    other.abort();
    expect((await failure(silence)).name).toBe('AbortError');
  });

  it('borders inside characters', async () => {
    const server = await start({ records: [record('ü€😀', 1)] });
    server.fault({ kind: 'split' });
    const chunks = await chunksOf(server);
    // Behind the first byte of each of the three.
    expect(chunks.map((chunk) => chunk.at(-1))).toEqual([0x0a, 0xc3, 0xe2, 0xf0, 0x0a]);
    expect(readStream(Buffer.concat(chunks).toString()).rows[0]?.user_data).toContain('"ü€😀"');
  });

  it('chunks of a few bytes, once or always', async () => {
    const server = await start({ records: RECORDS.slice(0, 3) });
    server.fault({ kind: 'split', bytes: 5 });
    const chunks = await chunksOf(server);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBe(5);
    expect(readStream(Buffer.concat(chunks).toString()).rows).toHaveLength(3);
    const always = await start({ records: RECORDS.slice(0, 3), chunkBytes: 3 });
    expect(Math.max(...(await chunksOf(always)).map((chunk) => chunk.length))).toBe(3);
  });
});

/** The chunks of an answer as they were sent; fetch puts together what it has not read yet. */
async function chunksOf(server: IbmServer): Promise<readonly Buffer[]> {
  const authorization = `Bearer ${await tokenOf(server)}`;
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization };
    const asking = request(`${server.url}/v1/query`, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('end', () => resolve(chunks));
      response.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(JSON.stringify(BODY));
  });
}

describe('an answer of Secrets Manager is spoiled by', () => {
  const get = (server: { readonly url: string }, token: string) =>
    fetch(`${server.url}/api/v2/secrets`, { headers: { authorization: `Bearer ${token}` } });

  it('the same deliveries', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock });
    const token = await tokenOf(server);
    server.fault({ kind: 'truncate' });
    expect((await failure((await get(server, token)).json())).name).toBe('SyntaxError');
    server.fault({ kind: 'slow', ms: 5000 });
    expect(await (await get(server, token)).json()).toMatchObject({ total_count: 0 });
    expect(clock.now()).toBe(NOW + 5000);
    server.fault({ kind: 'reset' });
    const broken = await failure(get(server, token).then((answer) => answer.json()));
    expect(broken.name).toBe('TypeError');
  });

  it('only those faults that are meant for it', async () => {
    const server = await start();
    const token = await tokenOf(server);
    server.fault({ kind: 'throttle', service: 'logs' });
    server.fault({ kind: 'server-error', operation: 'listSecretsLocks' });
    server.fault({ kind: 'access-denied', service: 'secrets-manager', after: 1 });
    expect((await get(server, token)).status).toBe(200);
    expect((await get(server, token)).status).toBe(403);
    expect((await get(server, token)).status).toBe(200);
    expect((await ask(server, BODY, { token })).status).toBe(429);
  });
});

describe('a fault', () => {
  it('of no service is not for tokens, unless the operation says so', async () => {
    const server = await start();
    server.fault({ kind: 'throttle' });
    const form = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: 'not-a-secret' };
    expect((await askToken(server, form)).status).toBe(200);
    server.fault({ kind: 'throttle', operation: 'getToken' });
    expect((await askToken(server, form)).status).toBe(429);
  });

  it('can be forgotten', async () => {
    const server = await ready();
    server.fault({ kind: 'server-error', times: 100 });
    expect((await ask(server, BODY)).status).toBe(500);
    server.clearFaults();
    expect((await ask(server, BODY)).status).toBe(200);
  });

  it('can come together with others of the same answer', async () => {
    const server = await ready();
    server.fault({ kind: 'split', bytes: 100 });
    server.fault({ kind: 'repeated-rows' });
    expect((await query(server, ALL)).rows).toHaveLength(120);
  });

  it('happens by chance in the same way in every run', async () => {
    const run = async (seed: number) => {
      const server = await start({ seed });
      const token = await tokenOf(server);
      server.fault({ kind: 'throttle', probability: 0.3 });
      for (let count = 0; count < 60; count++) await ask(server, BODY, { token });
      return server.requests.map((request) => request.status);
    };
    const first = await run(1);
    const refused = first.filter((status) => status === 429).length;
    expect(refused).toBeGreaterThan(8);
    expect(refused).toBeLessThan(30);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });
});
