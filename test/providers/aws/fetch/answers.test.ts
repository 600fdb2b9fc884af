import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { AuditError, type ErrorCode } from '../../../../src/model/error.ts';
import { awsErrorCode } from '../../../../src/providers/aws/errors.ts';
import { fetchClient } from '../../../../src/providers/aws/fetch/index.ts';
import { cloudTrailLookup } from '../../../../src/providers/aws/index.ts';
import { events } from '../../../../src/reader/events.ts';
import { virtualClock } from '../../../../src/testing/index.ts';
import { answering, BOTH, failureOf, KEYS } from './raw-server.ts';

const refuse =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': 'id-1',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const HTML = '<!doctype html><title>Bad gateway</title>';

/** What may come over the wire, and what both clients make of it. */
const ANSWERS: readonly (readonly [what: string, answer: (response: ServerResponse) => unknown, code: ErrorCode])[] = [
  ['throttling', refuse(400, { __type: 'ThrottlingException', message: 'Rate exceeded' }), 'rate-limited'],
  [
    'a name with its model',
    refuse(400, { __type: 'com.amazonaws.cloudtrail#InvalidTimeRangeException' }),
    'invalid-argument',
  ],
  [
    'a name with an address',
    refuse(400, { __type: 'AccessDeniedException:http://internal.amazon.com/x/' }),
    'permission-denied',
  ],
  [
    'a name in a header',
    refuse(400, { message: 'no' }, { 'x-amzn-errortype': 'ExpiredTokenException:' }),
    'unauthenticated',
  ],
  ['a name that nobody knows', refuse(503, { __type: 'Surprise' }), 'unavailable'],
  ['no name, 429', refuse(429, {}), 'rate-limited'],
  ['no name, 403', refuse(403, {}), 'permission-denied'],
  ['an empty 500', refuse(500, ''), 'unavailable'],
  ['the error page of a proxy', refuse(502, HTML, { 'content-type': 'text/html' }), 'unavailable'],
  ['a page in place of an answer', refuse(200, HTML, { 'content-type': 'text/html' }), 'unavailable'],
  ['JSON that is cut off', refuse(200, '{"Events":[{"EventId":"1"'), 'unavailable'],
  ['a reset before the answer', (response) => response.socket?.resetAndDestroy(), 'unavailable'],
  [
    'a reset within the answer',
    (response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('{"Events":[', () => response.socket?.resetAndDestroy());
    },
    'unavailable',
  ],
  [
    'an end within the answer',
    (response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('{"Events":[', () => response.socket?.end());
    },
    'unavailable',
  ],
];

describe.each(BOTH)('%s', (_, connect) => {
  test.each(ANSWERS)('%s', async (_what, answer, code) => {
    const { url, seen } = await answering(answer);
    const error = await failureOf(connect(url).lookupEvents({}));
    expect(error).toBeInstanceOf(Error);
    expect(awsErrorCode(error)).toBe(code);
    expect(seen).toHaveLength(1);
  });

  test('a refusal has name, status and request id', async () => {
    const { url } = await answering(refuse(400, { __type: 'InvalidNextTokenException', Message: 'no such token' }));
    expect(await failureOf(connect(url).lookupEvents({}))).toMatchObject({
      name: 'InvalidNextTokenException',
      message: expect.stringContaining('no such token'),
      $metadata: { httpStatusCode: 400, requestId: 'id-1' },
    });
  });

  test('a service that asks to be left alone for a while is', async () => {
    let refused = 0;
    const { url } = await answering((response) =>
      refused++ < 2
        ? refuse(503, { __type: 'ServiceUnavailable' }, { 'retry-after': '60' })(response)
        : refuse(200, {})(response),
    );
    const clock = virtualClock();
    const stream = events(cloudTrailLookup({ region: 'us-east-1', client: connect(url), pace: { clock } }));
    expect(await stream.toArray()).toEqual([]);
    const [books] = stream.report.sources;
    expect(books).toMatchObject({ requests: 3, retries: 2 });
    expect(books?.waitedMs).toBeGreaterThanOrEqual(120_000);
  });

  test('a machine whose clock is an hour slow is refused once', async () => {
    const ahead = 3_600_000;
    const { url, seen } = await answering((response, { headers }) => {
      const now = Date.now() + ahead;
      const [, year, month, day, hour, minute, second] =
        /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
      const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
      const date = new Date(now).toUTCString();
      if (Math.abs(now - signed) < 5 * 60_000) refuse(200, {}, { date })(response);
      else refuse(403, { __type: 'InvalidSignatureException', message: 'Signature expired' }, { date })(response);
    });
    const source = cloudTrailLookup({ region: 'us-east-1', client: connect(url), pace: { clock: virtualClock() } });
    expect(await events(source).toArray()).toEqual([]);
    expect(seen).toHaveLength(2);
    expect(await events(source).toArray()).toEqual([]);
    expect(seen).toHaveLength(3);
  });

  test('a signature that is wrong whatever the time ends it at once', async () => {
    const { url, seen } = await answering(refuse(403, { __type: 'InvalidSignatureException', message: 'no' }));
    const source = cloudTrailLookup({ region: 'us-east-1', client: connect(url), pace: { clock: virtualClock() } });
    expect(await failureOf(events(source).toArray())).toMatchObject({ code: 'unauthenticated' });
    expect(seen).toHaveLength(1);
  });
});

describe('what the fetch client takes more exactly than the SDK', () => {
  const settings = { region: 'us-east-1', credentials: KEYS } as const;

  test('a refusal without JSON keeps its status: what a proxy forbids is not tried again', async () => {
    const { url } = await answering(refuse(403, HTML, { 'content-type': 'text/html' }));
    const error = await failureOf(fetchClient({ ...settings, endpoint: url }).lookupEvents({}));
    expect(awsErrorCode(error)).toBe('permission-denied');
    expect((error as Error).message).toBe('LookupEvents: HTTP 403: the answer is no JSON');
  });

  test.each(['null', '[]', '"text"', '{"Events":{}}', '{"Events":[],"NextToken":7}', ''])(
    'an answer of %s is none, and may come whole the next time',
    async (body) => {
      const { url } = await answering(refuse(200, body));
      const error = await failureOf(fetchClient({ ...settings, endpoint: url }).lookupEvents({}));
      expect(awsErrorCode(error)).toBe('unavailable');
      expect((error as Error).message).toContain('id-1');
    },
  );

  test('null is nothing, as with the SDK', async () => {
    const { url } = await answering(refuse(200, { Events: null, NextToken: null }));
    expect(await fetchClient({ ...settings, endpoint: url }).lookupEvents({})).toEqual({});
  });

  test('an answer that is too long is given up, and not read to its end', async () => {
    let closed = false;
    const { url } = await answering((response) => {
      response.writeHead(200);
      const more = () => void (response.destroyed || response.write(' '.repeat(64 * 1024), more));
      response.on('close', () => {
        closed = true;
      });
      more();
    });
    const client = fetchClient({ ...settings, endpoint: url, maxBytes: 1_000_000 });
    const error = await failureOf(client.lookupEvents({}));
    expect(AuditError.is(error) && error.code).toBe('incomplete');
    expect((error as Error).message).toContain('maxBytes');
    while (!closed) await new Promise((resolve) => setTimeout(resolve, 1));
  });

  test('an endless refusal is read as far as it is told', async () => {
    const { url } = await answering((response) => {
      response.writeHead(500);
      const more = () => void (response.destroyed || response.write('x'.repeat(64 * 1024), more));
      more();
    });
    const error = await failureOf(fetchClient({ ...settings, endpoint: url }).lookupEvents({}));
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });

  test('a redirect is not followed: the session token stays where it was sent', async () => {
    const other = await answering(refuse(200, {}));
    const { url } = await answering((response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    const error = await failureOf(fetchClient({ ...settings, endpoint: url }).lookupEvents({}));
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 307 } });
    expect(other.seen).toEqual([]);
  });

  test('keys that the service repeats are not told, nor is what steers a terminal', async () => {
    const canonical = `The Canonical String should have been\nx-amz-security-token:${KEYS.sessionToken}\u001b[31m`;
    const { url } = await answering(refuse(403, { __type: 'SignatureDoesNotMatch', message: canonical }));
    const error = (await failureOf(fetchClient({ ...settings, endpoint: url }).lookupEvents({}))) as Error;
    expect(error.message).toContain('x-amz-security-token:...');
    expect(error.message).not.toContain('\u001b');
    expect(`${error.stack}${JSON.stringify(error)}`).not.toMatch(/the-session-token|the-secret-access-key/);
  });

  test('a certificate that is not trusted is not tried again', async () => {
    const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const failing = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const error = await failureOf(fetchClient({ ...settings, fetch: failing }).lookupEvents({}));
    expect(awsErrorCode(error)).toBe('unknown');
    // Workers tell less; without a code it is the network's fault.
    const lost = () => Promise.reject(new Error('Network connection lost.'));
    expect(awsErrorCode(await failureOf(fetchClient({ ...settings, fetch: lost }).lookupEvents({})))).toBe(
      'unavailable',
    );
  });
});
