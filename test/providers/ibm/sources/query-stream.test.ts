import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { AuditError } from '../../../../src/model/error.ts';
import { ibmCloudLogs } from '../../../../src/providers/ibm/cloud-logs.ts';
import type { IbmCloudLogsOptions } from '../../../../src/providers/ibm/cloud-logs-options.ts';
import type { IbmAuthenticator } from '../../../../src/providers/ibm/ports.ts';
import { streamItems } from '../../../../src/providers/ibm/query-stream.ts';
import { events } from '../../../../src/reader/events.ts';
import type { EventsRequest } from '../../../../src/reader/request.ts';
import { virtualClock } from '../../../../src/testing/index.ts';
import { INSTANCE, NOW, recordsOf, startRig } from './rig.ts';

const ROW = {
  metadata: [{ key: 'timestamp', value: new Date(NOW).toISOString() }],
  labels: [{ key: 'applicationname', value: 'ibm-audit-event' }],
  user_data: JSON.stringify({ ...recordsOf(1)[0], message: 'grüße 🗝' }),
};
const RESULT = JSON.stringify({ result: { results: [ROW] } });
const QUERY_ID = '{"query_id":{"query_id":"11111111-2222-4333-8444-555555555555"}}';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server that answers every query with the bytes it is told, and counts the sockets that stay open. */
async function answering(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  let asked = 0;
  let closed = 0;
  const server = createServer((request, response) => {
    asked++;
    response.on('close', () => closed++);
    request.resume().on('end', () => answer(response, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  return {
    url,
    asked: () => asked,
    isAsked: () => until(() => asked > 0),
    isReleased: () => until(() => closed === asked),
  };
}

const streaming = (...pieces: readonly (string | Buffer)[]) =>
  answering(async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  });

function read(url: string, options: Partial<IbmCloudLogsOptions> = {}, request: EventsRequest = {}) {
  const authenticator: IbmAuthenticator = {
    async authenticate({ headers = {} }) {
      headers['Authorization'] = 'Bearer x';
    },
  };
  const base = { region: 'us-south', instanceId: INSTANCE, tier: 'frequent_search', authenticator } as const;
  const clock = virtualClock(Date.now());
  const source = ibmCloudLogs({ ...base, endpoint: url, pace: { clock }, ...options });
  return events(source, { scope: 'all', from: '1d', ...request });
}

describe('a stream of server-sent events', () => {
  const text = `: success\ndata: ${QUERY_ID}\n\n:\n\n: success\ndata: ${RESULT}\n\n`;
  const bytes = Buffer.from(text);
  const key = bytes.indexOf(Buffer.from('🗝'));

  test.each<readonly [what: string, pieces: readonly (string | Buffer)[]]>([
    ['as it should be', [text]],
    ['a byte at a time', [...bytes].map((byte) => Buffer.of(byte))],
    ['cut in the middle of a character', [bytes.subarray(0, key + 2), bytes.subarray(key + 2)]],
    ['with CRLF', [text.replaceAll('\n', '\r\n')]],
    ['with CRLF, cut between the two', text.replaceAll('\n', '\r\n').split(/(?<=\r)/)],
    ['with CR alone', [text.replaceAll('\n', '\r')]],
    ['with a byte order mark', [`\ufeff${text}`]],
    ['without the blank behind the colon', [text.replaceAll('data: ', 'data:')]],
    ['without the last empty line', [text.trimEnd()]],
    ['with event names, ids and retry times', [text.replaceAll('data:', 'event: message\nid: 7\nretry: 10\ndata:')]],
    ['with a field that nobody knows', [`x-new: 1\n${text}`]],
    ['with an item over several lines', [text.replace('{"result":', '{"result":\ndata: ')]],
    ['without a query id', [`data: ${RESULT}\n\n`]],
  ])('%s', async (_, pieces) => {
    const server = await streaming(...pieces);
    const list = await read(server.url).toArray();
    expect(list.map(({ raw }) => (raw as { message: string }).message)).toEqual(['grüße 🗝']);
    expect(server.asked()).toBe(1);
  });

  test('that holds a comment and nothing else is an answer without rows', async () => {
    const server = await streaming(': success\n\n');
    expect(await read(server.url).toArray()).toEqual([]);
  });

  test.each<readonly [what: string, text: string]>([
    ['nothing', ''],
    ['an item that is cut off', `data: ${QUERY_ID}\n\ndata: ${RESULT.slice(0, 200)}`],
    ['an item that is cut off, and looks closed', `data: ${RESULT.slice(0, -1)}\n\n`],
    ['a field that is cut off', `data: ${QUERY_ID}\n\ndat`],
    ['a field without a value', `data: ${QUERY_ID}\n\ndata`],
    ['what is no JSON', 'data: <html>\n\n'],
    ['a page of a proxy', '<html>\n<body>come back later</body></html>'],
  ])('%s is asked for again, and then unavailable', async (_, body) => {
    const server = await streaming(body);
    await expect(read(server.url).toArray()).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.asked()).toBe(5);
  });

  test.each<readonly [what: string, item: string]>([
    ['an item that is no object', '[1]'],
    ['an item of a kind that nobody knows', '{"statistics":{"bytes":1}}'],
    ['an item with hostile keys', '{"__proto__":{"polluted":1},"constructor":{"x":1}}'],
    ['an item with nothing in it', '{}'],
    ['an item whose rows are no list', '{"result":{"results":{"a":1}}}'],
  ])('%s is not passed over in silence', async (_, item) => {
    const server = await streaming(`data: ${item}\n\ndata: ${RESULT}\n\n`);
    const stream = read(server.url);
    const outcome = await stream.toArray().catch((error: unknown) => error);
    if (AuditError.is(outcome)) expect(outcome.code).toBe('unknown');
    else {
      expect(outcome).toHaveLength(1);
      expect(stream.report.sources[0]?.notices.map(({ code }) => code)).toContain('incomplete-answer');
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test.each(['{"result":{"results":[null,7,"x",[],{},{"user_data":7},{"__proto__":{"a":1}}]}}', '{"result":{}}'])(
    '%s gives no event, and no error',
    async (item) => {
      const server = await streaming(`data: ${item}\n\n`);
      const stream = read(server.url);
      expect(await stream.toArray()).toEqual([]);
      const count = item.startsWith('{"result":{"results":[') ? 7 : 0;
      expect(stream.report.sources[0]).toMatchObject({ malformed: count, received: count });
    },
  );

  test.each([
    ['rows', RESULT],
    ['warnings', '{"warning":{"compile_warning":{}}}'],
  ])('an answer with %s without end is given up before memory is', async (_, item) => {
    const many = `data: ${item}\n\n`.repeat(50);
    const server = await answering(async (response) => {
      response.writeHead(200);
      while (!response.destroyed) {
        response.write(many);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    await expect(read(server.url, { pageRows: 10 }).toArray()).rejects.toThrow('the answer has no end');
    await server.isReleased();
  });

  test('an item without end is given up before memory is', async () => {
    const chunk = 'x'.repeat(1024);
    const pieces = async function* () {
      yield 'data: "';
      for (;;) yield chunk;
    };
    const source = pieces();
    let cancelled = false;
    const body = {
      getReader: () => ({
        read: async () => ({ done: false, value: new TextEncoder().encode((await source.next()).value as string) }),
        cancel: async () => {
          cancelled = true;
        },
      }),
    };
    const items = streamItems({ status: 200, headers: { get: () => null }, body }, 'Cloud Logs', 64 * 1024);
    await expect(items.next()).rejects.toMatchObject({
      code: 'incomplete',
      message: expect.stringContaining('pageRows'),
    });
    expect(cancelled).toBe(true);
  });
});

describe('an error of IBM', () => {
  const failing = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
    answering((response) => response.writeHead(status, headers).end(body));
  const errorBody = (code: string, message: string) =>
    JSON.stringify({ errors: [{ code, message }], trace: 'aaaa-bbbb', status_code: 0 });

  test('is told in its own words, with its trace, and without control characters', async () => {
    const server = await failing(403, errorBody('forbidden', 'no\u001b[2J role\u202e'));
    const error = (await read(server.url)
      .toArray()
      .catch((e: unknown) => e)) as AuditError;
    expect(error).toMatchObject({ code: 'permission-denied', retryable: false });
    expect(error.message).toBe(
      `ibm.cloud-logs/us-south/${INSTANCE}: Cloud Logs: HTTP 403: no [2J role (forbidden, trace aaaa-bbbb)`,
    );
    expect(server.asked()).toBe(1);
  });

  test.each<readonly [status: number, code: string, body: string]>([
    [400, 'invalid-argument', errorBody('bad_request_or_unspecified', 'x')],
    [401, 'unauthenticated', errorBody('unauthenticated', 'x')],
    [403, 'permission-denied', errorBody('unauthorized', 'x')],
    [404, 'not-found', ''],
    [409, 'unknown', errorBody('conflict', 'x')],
    [418, 'unknown', '<html>'],
    [302, 'unknown', ''],
    [500, 'unavailable', errorBody('method_internal_error', 'x'.repeat(100_000))],
    [503, 'unavailable', '\u0000'],
    [400, 'invalid-argument', '{"errors":[{"__proto__":{"code":"x"}}],"errorCode":7}'],
  ])('%d is %s', async (status, code, body) => {
    const server = await failing(status, body, status === 302 ? { location: 'http://127.0.0.1:1/' } : {});
    const error = (await read(server.url)
      .toArray()
      .catch((e: unknown) => e)) as AuditError;
    expect(error).toMatchObject({ code });
    expect(error.message.length).toBeLessThan(700);
    expect(error.message).toContain(`HTTP ${status}`);
  });

  test('an address where nobody is', async () => {
    await expect(read('http://127.0.0.1:1').toArray()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('an abort rejects with its reason, and lets go of the socket', () => {
  const stages: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'before the answer': () => {},
    'before the first item': (response) => void response.writeHead(200).flushHeaders(),
    'in the middle of an item': (response) => {
      response.writeHead(200);
      response.write(`data: ${RESULT.slice(0, 50)}`);
    },
    'between two items': (response) => {
      response.writeHead(200);
      response.write(`data: ${RESULT}\n\n`);
    },
    'in the body of an error': (response) => {
      response.writeHead(500);
      response.write('{"errors":');
    },
  };
  test.each(Object.entries(stages))('%s', async (_, answer) => {
    const server = await answering(answer);
    const controller = new AbortController();
    const reason = new Error('enough');
    const pending = read(server.url, {}, { signal: controller.signal }).toArray();
    pending.catch(() => {});
    await server.isAsked();
    setTimeout(() => controller.abort(reason), 10);
    await expect(pending).rejects.toBe(reason);
    await server.isReleased();
  });

  test('while a token is fetched', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const authenticator = { authenticate: () => new Promise<never>(() => {}) };
    const pending = read('http://127.0.0.1:1', { authenticator }, { signal: controller.signal }).toArray();
    setTimeout(() => controller.abort(reason), 5);
    await expect(pending).rejects.toBe(reason);
  });

  test('while the pace is waited for', async () => {
    const rig = await startRig(recordsOf(5), ({ server, authenticator }) =>
      ibmCloudLogs({
        region: 'us-south',
        instanceId: INSTANCE,
        endpoint: server.url,
        authenticator,
        tier: 'frequent_search',
        // The wall's clock: the second query would come in a minute.
        pace: { perMinute: 1 },
      }),
    );
    open.push(rig);
    const controller = new AbortController();
    const reason = new Error('enough');
    const pending = events(rig.source, { from: '20d', signal: controller.signal }).toArray();
    setTimeout(() => controller.abort(reason), 100);
    await expect(pending).rejects.toBe(reason);
    expect(rig.server.requests.filter(({ service }) => service === 'logs')).toHaveLength(1);
  });

  test('leaving in the middle of a reading, too', async () => {
    const server = await streaming(`data: ${RESULT}\n\n`);
    for await (const event of read(server.url, {}, { from: '30d' })) {
      expect(event.provider).toBe('ibm');
      break;
    }
    await server.isReleased();
    expect(server.asked()).toBeLessThan(3);
  });
});
