import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { type AwsServer, startAwsServer, virtualClock } from '../../../src/testing/index.ts';
import { cloudTrail, failure, NOW, record, start } from './clients.ts';

const SCOPE = 'Credential=AKIAEXAMPLE/20261120/us-east-1/cloudtrail/aws4_request';
const SIGNED = `AWS4-HMAC-SHA256 ${SCOPE}, SignedHeaders=host;x-amz-date, Signature=${'0a'.repeat(32)}`;

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: string;
}

/** A request made by hand; the headers that are `undefined` are left out. */
function ask(server: AwsServer, asked: Asked = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { 'x-amz-target': 'CloudTrail_20131101.LookupEvents', authorization: SIGNED, ...asked.headers };
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const url = `${server.url}${asked.path ?? '/'}`;
    const asking = request(
      url,
      { method: asked.method ?? 'POST', headers: sent as Record<string, string> },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
        response.on('error', reject);
      },
    );
    asking.on('error', reject);
    asking.end(asked.body ?? '{}');
  });
}

describe('a request', () => {
  it('is known by what follows the last dot of its target', async () => {
    const server = await start({ records: [record('a', 1)] });
    const targets = [
      'CloudTrail_20131101.LookupEvents',
      'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
      'LookupEvents',
    ];
    for (const target of targets) {
      const { status, body } = await ask(server, { headers: { 'x-amz-target': target } });
      expect([status, body['Events']]).toEqual([200, [expect.objectContaining({ EventId: 'a' })]]);
    }
  });

  it('may have no body', async () => {
    const server = await start();
    expect(await ask(server, { body: '' })).toEqual({ status: 200, body: { Events: [] } });
  });

  const refused: Record<string, [Asked, string, number]> = {
    'with no signature': [{ headers: { authorization: undefined } }, 'MissingAuthenticationTokenException', 400],
    'with half a signature': [
      { headers: { authorization: `AWS4-HMAC-SHA256 ${SCOPE}` } },
      'IncompleteSignatureException',
      400,
    ],
    'with headers that are signed and no signature': [
      { headers: { authorization: `AWS4-HMAC-SHA256 ${SCOPE}, SignedHeaders=host` } },
      'IncompleteSignatureException',
      400,
    ],
    'with another way to sign': [{ headers: { authorization: 'Bearer abc' } }, 'IncompleteSignatureException', 400],
    'signed for another service': [
      { headers: { authorization: SIGNED.replace('cloudtrail', 'logs') } },
      'InvalidSignatureException',
      400,
    ],
    'for no operation': [{ headers: { 'x-amz-target': undefined } }, 'UnknownOperationException', 400],
    'for an operation that is not simulated': [
      { headers: { 'x-amz-target': 'CloudTrail_20131101.DeleteTrail' } },
      'UnknownOperationException',
      400,
    ],
    'for the name of an inherited property': [
      { headers: { 'x-amz-target': 'x.constructor' } },
      'UnknownOperationException',
      400,
    ],
    'with a body that is no JSON': [{ body: '{"MaxResults":' }, 'SerializationException', 400],
    'with a body that is no object': [{ body: '[1]' }, 'SerializationException', 400],
    'with a body that is too deep': [{ body: '['.repeat(1_000_000) }, 'SerializationException', 400],
    'with a number of the wrong type': [{ body: '{"MaxResults":"5"}' }, 'SerializationException', 400],
    'with a fraction': [{ body: '{"MaxResults":1.5}' }, 'SerializationException', 400],
    'with a time of the wrong type': [{ body: '{"StartTime":"2026-11-20"}' }, 'SerializationException', 400],
    'with a list of the wrong type': [{ body: '{"LookupAttributes":{}}' }, 'SerializationException', 400],
    'with a token of the wrong type': [{ body: '{"NextToken":5}' }, 'SerializationException', 400],
    'by another method': [{ method: 'PUT' }, 'UnknownOperationException', 404],
    'for another path': [{ path: '/x' }, 'UnknownOperationException', 404],
  };
  for (const [name, [asked, code, status]] of Object.entries(refused)) {
    it(`${name} is refused`, async () => {
      const server = await start();
      const answer = await ask(server, asked);
      expect([answer.status, answer.body['__type']]).toEqual([status, code]);
      expect((await ask(server)).status).toBe(200);
    });
  }

  it('that is too large is cut off, and the server goes on', async () => {
    const server = await start();
    const answer = await ask(server, { body: JSON.stringify({ NextToken: 'x'.repeat(5_000_000) }) }).catch(
      (error) => error,
    );
    expect([413, undefined]).toContain(answer.status);
    expect(server.requests).toEqual([]);
    expect((await ask(server)).status).toBe(200);
  });

  it('that is no HTTP does no harm', async () => {
    const server = await start();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined).resume();
    socket.end('\x16\x03\x01 hello\r\n\r\n');
    await closed;
    expect((await ask(server)).status).toBe(200);
  });

  it('that is given up half way does no harm', async () => {
    const server = await start();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"a', () => resolve());
    });
    socket.destroy();
    expect((await ask(server)).status).toBe(200);
  });
});

describe('a server', () => {
  it('logs every request with its Region, account, input, time and outcome', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, account: '999988887777', latencyMs: 200 });
    await cloudTrail(server, { region: 'eu-west-1' }).send(new LookupEventsCommand({ MaxResults: 5 }));
    await failure(cloudTrail(server).send(new LookupEventsCommand({ MaxResults: 500 })));
    expect(server.requests).toEqual([
      {
        operation: 'LookupEvents',
        region: 'eu-west-1',
        account: '999988887777',
        input: { MaxResults: 5 },
        at: NOW,
        status: 200,
      },
      {
        operation: 'LookupEvents',
        region: 'us-east-1',
        account: '999988887777',
        input: { MaxResults: 500 },
        at: NOW + 200,
        status: 400,
        error: 'InvalidMaxResultsException',
      },
    ]);
    expect(clock.now()).toBe(NOW + 400);
  });

  it('has the environment that makes an SDK use it', async () => {
    const server = await start({ records: [record('a', 1)] });
    const names = Object.keys(server.env) as (keyof typeof server.env)[];
    const before = { ...process.env };
    try {
      Object.assign(process.env, server.env);
      const client = new CloudTrailClient({});
      expect((await client.send(new LookupEventsCommand({}))).Events).toHaveLength(1);
      client.destroy();
    } finally {
      for (const name of names) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
    expect(names.sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
    ]);
  });

  it('listens on the loopback interface and nowhere else', async () => {
    const server = await start();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const port = Number(new URL(server.url).port);
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((one) => !one.internal);
    for (const { address } of outside) {
      const reached = await new Promise((resolve) => {
        const socket = connect({ port, host: address, timeout: 2000 });
        socket
          .on('connect', () => resolve('connected'))
          .on('error', () => resolve('refused'))
          .on('timeout', () => resolve('silent'));
        socket.on('connect', () => socket.destroy());
      });
      expect(reached, address).not.toBe('connected');
    }
  });

  it('stops at once, with open connections, and can be stopped twice', async () => {
    const server = await startAwsServer({ clock: virtualClock(NOW), quotas: false });
    await ask(server);
    server.fault({ kind: 'hang' });
    const hanging = ask(server);
    while (server.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const [error] = await Promise.all([failure(hanging), server.stop()]);
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    await server.stop();
    expect(await failure(ask(server))).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is disposed of by what it is used in', async () => {
    const server = await startAwsServer();
    await server[Symbol.asyncDispose]();
    expect(await failure(ask(server))).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('needs nothing said', async () => {
    const server = await startAwsServer();
    try {
      expect(await ask(server)).toEqual({ status: 200, body: { Events: [] } });
    } finally {
      await server.stop();
    }
  });
});
