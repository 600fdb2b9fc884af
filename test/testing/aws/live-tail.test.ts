import {
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { encodeEvent } from '../../../src/testing/aws/event-stream.ts';
import { type AwsServer, type AwsServerOptions, type VirtualClock, virtualClock } from '../../../src/testing/index.ts';
import { failure, logs, NOW, record, start } from './clients.ts';

const ARN = 'arn:aws:logs:us-east-1:111122223333:log-group:trail';

interface Session {
  readonly server: AwsServer;
  readonly clock: VirtualClock;
  next(): Promise<StartLiveTailResponseStream>;
  /** The messages of the next update that has some; a second passes for each that has none. */
  messages(): Promise<(string | undefined)[]>;
  /** Ends the session from the reader's side; to leave the iterator does not close the connection. */
  leave(): void;
}

async function tail(input: Partial<StartLiveTailCommandInput> = {}, options: AwsServerOptions = {}): Promise<Session> {
  const clock = virtualClock(NOW);
  const server = await start({ clock, logGroups: { trail: { trail: true } }, ...options });
  const client = logs(server);
  const { responseStream } = await client.send(new StartLiveTailCommand({ logGroupIdentifiers: [ARN], ...input }));
  if (!responseStream) throw new Error('There is no stream.');
  const iterator = responseStream[Symbol.asyncIterator]();
  const next = async () => {
    const { done, value } = await iterator.next();
    if (done) throw new Error('The stream has ended.');
    return value as StartLiveTailResponseStream;
  };
  const messages = async () => {
    await clock.advance(1000);
    const { sessionUpdate } = await next();
    return (sessionUpdate?.sessionResults ?? []).map((event) => event.message);
  };
  return { server, clock, next, messages, leave: () => client.destroy() };
}

describe('StartLiveTail', () => {
  it('starts with what the session is about', async () => {
    const { next } = await tail({ logEventFilterPattern: 'Secret', logStreamNames: ['a'] });
    expect(await next()).toEqual({
      sessionStart: {
        requestId: expect.any(String),
        sessionId: expect.any(String),
        logGroupIdentifiers: [ARN],
        logStreamNames: ['a'],
        logStreamNamePrefixes: [],
        logEventFilterPattern: 'Secret',
      },
    });
  });

  it('updates every second with what has arrived since, and with nothing when nothing has', async () => {
    const { server, clock, next } = await tail({}, { records: [record('before', 5)] });
    await next();
    const deleted = record('new', 1, { eventName: 'DeleteSecret' });
    server.add([deleted], { deliveredAt: NOW + 400 });
    await clock.advance(1000);
    expect(await next()).toEqual({
      sessionUpdate: {
        sessionMetadata: { sampled: false },
        sessionResults: [
          {
            logGroupIdentifier: ARN,
            logStreamName: '111122223333_CloudTrail_us-east-1',
            message: JSON.stringify(deleted),
            timestamp: NOW - 60_000,
            ingestionTime: NOW + 400,
          },
        ],
      },
    });
    await clock.advance(1000);
    expect(await next()).toEqual({ sessionUpdate: { sessionMetadata: { sampled: false }, sessionResults: [] } });
  });

  it('has what arrives later when it arrives, sorted by time', async () => {
    const later = { ...record('future', 0), eventTime: new Date(NOW + 2500).toISOString() };
    const { server, next, messages } = await tail({}, { records: [later] });
    await next();
    server.add([record('late', 3)], { deliveredAt: NOW + 2900 });
    expect([await messages(), await messages()]).toEqual([[], []]);
    expect(await messages()).toEqual([expect.stringContaining('"late"'), expect.stringContaining('"future"')]);
  });

  it('has only what the pattern and the streams let through', async () => {
    const pattern = await tail({ logEventFilterPattern: '{ $.eventName = "DeleteSecret" }' });
    await pattern.next();
    pattern.server.add([record('read', 0), record('delete', 0, { eventName: 'DeleteSecret' })]);
    expect(await pattern.messages()).toEqual([expect.stringContaining('"delete"')]);

    for (const streams of [{ logStreamNames: ['b-1'] }, { logStreamNamePrefixes: ['b'] }]) {
      const session = await tail(streams);
      await session.next();
      const message = (logStreamName: string) => ({ message: logStreamName, timestamp: NOW, logStreamName });
      session.server.addMessages('trail', [message('a-1'), message('b-1')]);
      expect(await session.messages()).toEqual(['b-1']);
    }
  });

  it('samples what is more than 500 in one update, and says so', async () => {
    const { server, clock, next } = await tail();
    await next();
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ message: `${index}`, timestamp: NOW + index }));
    server.addMessages('trail', many(500));
    await clock.advance(1000);
    expect(await next()).toMatchObject({ sessionUpdate: { sessionMetadata: { sampled: false } } });
    server.addMessages('trail', many(501));
    await clock.advance(1000);
    const { sessionUpdate } = await next();
    expect(sessionUpdate?.sessionMetadata?.sampled).toBe(true);
    expect(new Set(sessionUpdate?.sessionResults?.map((event) => event.message)).size).toBe(500);
  });

  it('loses the oldest updates of a reader that is slow, and keeps the newest ten', async () => {
    const { server, clock, next } = await tail();
    await next();
    const updates = 80;
    for (let update = 0; update < updates; update++) {
      server.addMessages('trail', [{ message: `${update}`.padEnd(500_000, ' '), timestamp: clock.now() }]);
      await clock.advance(1000);
    }
    const seen: number[] = [];
    while (seen.at(-1) !== updates - 1) {
      const { sessionUpdate } = await next();
      for (const event of sessionUpdate?.sessionResults ?? []) seen.push(Number(event.message));
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.length).toBeLessThan(updates);
    expect(seen.slice(-10)).toEqual(Array.from({ length: 10 }, (_, index) => updates - 10 + index));
  });

  it('reads up to ten groups', async () => {
    const other = ARN.replace('trail', 'other');
    const session = await tail({ logGroupIdentifiers: [ARN, other] }, { logGroups: { trail: {}, other: {} } });
    await session.next();
    session.server.addMessages('other', [{ message: 'from the other', timestamp: NOW }]);
    expect(await session.messages()).toEqual(['from the other']);
  });
});

describe('the end of a session', () => {
  it('comes after three hours, as SessionTimeoutException', async () => {
    const { clock, next } = await tail({}, { liveTail: { intervalMs: 3_600_000 } });
    await next();
    await clock.advance(3 * 3_600_000);
    for (let update = 0; update < 3; update++) expect(await next()).toHaveProperty('sessionUpdate');
    expect((await failure(next())).name).toBe('SessionTimeoutException');
  });

  it('comes when it is asked for', async () => {
    const { server, next } = await tail();
    await next();
    server.endLiveTail();
    expect((await failure(next())).name).toBe('SessionTimeoutException');
  });

  it('can be an error of the service', async () => {
    const { server, next } = await tail();
    await next();
    server.endLiveTail('error');
    expect((await failure(next())).name).toBe('SessionStreamingException');
  });

  it('can be a broken connection', async () => {
    const { server, next } = await tail();
    await next();
    server.endLiveTail('drop');
    expect(await failure(next())).toMatchObject({ code: 'ECONNRESET' });
  });

  it('is noticed when the reader goes away', async () => {
    const first = await tail();
    const client = logs(first.server);
    const begin = () => client.send(new StartLiveTailCommand({ logGroupIdentifiers: [ARN] }));
    // Fifteen at once are allowed.
    for (let count = 1; count < 15; count++) await begin();
    expect((await failure(begin())).name).toBe('LimitExceededException');
    first.leave();
    for (let begun = false; !begun; ) {
      begun = await begin().then(
        () => true,
        (error) => error.name !== 'LimitExceededException',
      );
    }
    expect((await failure(begin())).name).toBe('LimitExceededException');
  });

  it('comes with the end of the server', async () => {
    const { server, next } = await tail();
    await next();
    await server.stop();
    expect(await failure(next())).toBeInstanceOf(Error);
  });
});

describe('what StartLiveTail refuses', () => {
  const cases: Record<string, [Partial<StartLiveTailCommandInput>, string]> = {
    'no groups': [{ logGroupIdentifiers: [] }, 'InvalidParameterException'],
    'eleven groups': [{ logGroupIdentifiers: Array.from({ length: 11 }, () => ARN) }, 'InvalidParameterException'],
    'a name': [{ logGroupIdentifiers: ['trail'] }, 'InvalidParameterException'],
    'an ARN with an asterisk': [{ logGroupIdentifiers: [`${ARN}:*`] }, 'InvalidParameterException'],
    'a group that is not there': [{ logGroupIdentifiers: [`${ARN}-none`] }, 'ResourceNotFoundException'],
    'streams by name and by prefix': [
      { logStreamNames: ['a'], logStreamNamePrefixes: ['a'] },
      'InvalidParameterException',
    ],
    'streams of two groups': [{ logGroupIdentifiers: [ARN, ARN], logStreamNames: ['a'] }, 'InvalidParameterException'],
    'a pattern that is none': [{ logEventFilterPattern: '{ $.a }' }, 'InvalidParameterException'],
  };
  for (const [name, [input, code]] of Object.entries(cases)) {
    it(name, async () => expect((await failure(tail(input))).name).toBe(code));
  }
});

it('writes frames byte by byte as the format has them', () => {
  // Total length, length of the headers, their checksum, the headers, the payload, the checksum of it all.
  const frame = encodeEvent('event', 'e', { a: 1 });
  expect(frame.readUInt32BE(0)).toBe(frame.length);
  const headers = frame.subarray(12, 12 + frame.readUInt32BE(4)).toString('latin1');
  expect(headers).toBe(
    '\x0b:event-type\x07\x00\x01e\x0d:content-type\x07\x00\x10application/json\x0d:message-type\x07\x00\x05event',
  );
  expect(frame.subarray(12 + headers.length, -4).toString()).toBe('{"a":1}');
});
