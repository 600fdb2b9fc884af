import { FilterLogEventsCommand, type FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../../src/testing/index.ts';
import { failure, filterPages, logs, NOW, record, start } from './clients.ts';

const messages = (count: number, at = NOW - 1000) =>
  Array.from({ length: count }, (_, index) => ({ message: `message ${index}`, timestamp: at + index }));
const texts = (pages: { message?: string | undefined }[][]) => pages.flat().map((event) => event.message);

describe('what FilterLogEvents gives', () => {
  it('has the records of a trail in streams by account and Region', async () => {
    const east = record('a', 5, { recipientAccountId: '444455556666' });
    const west = record('b', 4, { awsRegion: 'eu-west-1', managementEvent: false });
    const server = await start({ records: [east], logGroups: { trail: { trail: true }, other: {} } });
    server.add([west], { deliveredAt: NOW - 60_000 });
    const [page = []] = await filterPages(logs(server), { logGroupName: 'trail' });
    expect(page).toEqual([
      {
        logStreamName: '444455556666_CloudTrail_us-east-1',
        timestamp: NOW - 300_000,
        ingestionTime: NOW - 300_000,
        message: JSON.stringify(east),
        eventId: expect.stringMatching(/^\d{56}$/),
      },
      {
        logStreamName: '111122223333_CloudTrail_eu-west-1',
        timestamp: NOW - 240_000,
        ingestionTime: NOW - 60_000,
        message: JSON.stringify(west),
        eventId: expect.stringMatching(/^\d{56}$/),
      },
    ]);
    expect(new Set(page.map((event) => event.eventId)).size).toBe(2);
    expect(await filterPages(logs(server), { logGroupName: 'other' })).toEqual([[]]);
  });

  it('has messages of any kind, sorted by time, then by arrival, then as they were fed', async () => {
    const server = await start({
      logGroups: {
        app: {
          messages: [
            { message: 'late', timestamp: NOW - 1 },
            { message: 'first', timestamp: NOW - 9, logStreamName: 'one', eventId: 'mine' },
            { message: 'second', timestamp: new Date(NOW - 9) },
          ],
        },
      },
    });
    server.addMessages('app', [{ message: 'came later', timestamp: NOW - 9 }], { deliveredAt: NOW - 2 });
    const pages = await filterPages(logs(server), { logGroupName: 'app' });
    expect(texts(pages)).toEqual(['first', 'second', 'came later', 'late']);
    expect(pages[0]?.[0]).toMatchObject({ eventId: 'mine', logStreamName: 'one' });
    expect(pages[0]?.[1]).toMatchObject({ logStreamName: 'default' });
  });

  it('is filtered by the pattern', async () => {
    const server = await start({
      logGroups: {
        trail: { records: [record('a', 2), record('b', 1, { eventName: 'DeleteSecret' })], messages: messages(1) },
      },
    });
    const found = async (filterPattern: string) =>
      texts(await filterPages(logs(server), { logGroupName: 'trail', filterPattern }));
    expect(await found('{ $.eventName = "DeleteSecret" }')).toEqual([expect.stringContaining('DeleteSecret')]);
    expect(await found('{ $.eventName = "NoSuchName" }')).toEqual([]);
    expect(await found('message')).toEqual(['message 0']);
  });

  it('has both ends of the time range in it', async () => {
    const server = await start({ logGroups: { app: { messages: messages(10, NOW - 9) } } });
    const range = { logGroupName: 'app', startTime: NOW - 7, endTime: NOW - 5 };
    expect(texts(await filterPages(logs(server), range))).toEqual(['message 2', 'message 3', 'message 4']);
  });

  it('is of the streams that are named, or begin so', async () => {
    const stream = (logStreamName: string) => ({ message: logStreamName, timestamp: NOW, logStreamName });
    const server = await start({ logGroups: { app: { messages: [stream('a-1'), stream('a-2'), stream('b-1')] } } });
    const found = async (input: Partial<FilterLogEventsCommandInput>) =>
      texts(await filterPages(logs(server), { logGroupName: 'app', ...input }));
    expect(await found({ logStreamNames: ['a-2', 'b-1'] })).toEqual(['a-2', 'b-1']);
    expect(await found({ logStreamNamePrefix: 'a-' })).toEqual(['a-1', 'a-2']);
    expect(await found({ logStreamNames: ['none'] })).toEqual([]);
  });

  it('takes a name or an ARN as the identifier, of a group in this Region', async () => {
    const server = await start({ logGroups: { app: { messages: messages(1), region: 'us-east-1' } } });
    const client = logs(server);
    const arn = 'arn:aws:logs:us-east-1:111122223333:log-group:app';
    for (const logGroupIdentifier of ['app', arn, `${arn}:*`]) {
      expect(texts(await filterPages(client, { logGroupIdentifier }))).toEqual(['message 0']);
    }
    const elsewhere = logs(server, { region: 'eu-west-1' });
    for (const input of [{ logGroupName: 'app' }, { logGroupIdentifier: arn }]) {
      expect((await failure(filterPages(elsewhere, input))).name).toBe('ResourceNotFoundException');
    }
    const foreign = { logGroupIdentifier: arn.replace('111122223333', '999999999999') };
    expect((await failure(filterPages(client, foreign))).name).toBe('ResourceNotFoundException');
  });

  it('is newest first when it is not to start from the head', async () => {
    const server = await start({ logGroups: { app: { messages: messages(25) } } });
    const input = { logGroupName: 'app', startTime: NOW - 2000, startFromHead: false, limit: 10 };
    const pages = await filterPages(logs(server), input);
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
    expect(texts(pages)).toEqual(
      messages(25)
        .map((one) => one.message)
        .reverse(),
    );
  });

  it('keeps the direction of the token, whatever is asked for later', async () => {
    const server = await start({ logGroups: { app: { messages: messages(4) } } });
    const input = { logGroupName: 'app', startTime: NOW - 2000, limit: 2 };
    const { nextToken } = await logs(server).send(new FilterLogEventsCommand({ ...input, startFromHead: false }));
    const { events = [] } = await logs(server).send(
      new FilterLogEventsCommand({ ...input, startFromHead: true, nextToken }),
    );
    expect(events.map((event) => event.message)).toEqual(['message 1', 'message 0']);
  });
});

describe('what FilterLogEvents refuses', () => {
  const app = { logGroupName: 'app' };
  const cases: Record<string, [FilterLogEventsCommandInput, string]> = {
    'no group': [{}, 'InvalidParameterException'],
    'a group twice': [{ ...app, logGroupIdentifier: 'app' }, 'InvalidParameterException'],
    'a group that is not there': [{ logGroupName: 'none' }, 'ResourceNotFoundException'],
    'a name with a space': [{ logGroupName: 'a b' }, 'InvalidParameterException'],
    'an ARN of something else': [{ logGroupIdentifier: 'arn:aws:s3:::bucket' }, 'InvalidParameterException'],
    'streams by name and by prefix': [
      { ...app, logStreamNames: ['a'], logStreamNamePrefix: 'a' },
      'InvalidParameterException',
    ],
    'no streams at all': [{ ...app, logStreamNames: [] }, 'InvalidParameterException'],
    '101 streams': [
      { ...app, logStreamNames: Array.from({ length: 101 }, (_, i) => `${i}`) },
      'InvalidParameterException',
    ],
    'a limit of 0': [{ ...app, limit: 0 }, 'InvalidParameterException'],
    'a limit of 10,001': [{ ...app, limit: 10_001 }, 'InvalidParameterException'],
    'a time before 1970': [{ ...app, startTime: -1 }, 'InvalidParameterException'],
    'an end before the start': [{ ...app, startTime: 2, endTime: 1 }, 'InvalidParameterException'],
    'a pattern that is none': [{ ...app, filterPattern: '{ $.a }' }, 'InvalidParameterException'],
    'a pattern that is too long': [{ ...app, filterPattern: 'x'.repeat(1025) }, 'InvalidParameterException'],
    'newest first from before 2024': [
      { ...app, startFromHead: false, startTime: Date.UTC(2023, 11, 31) },
      'InvalidParameterException',
    ],
    'newest first from an unknown time': [{ ...app, startFromHead: false }, 'InvalidParameterException'],
    'a token that was never given out': [{ ...app, nextToken: 'abc' }, 'InvalidParameterException'],
  };
  for (const [name, [input, code]] of Object.entries(cases)) {
    it(name, async () => {
      const server = await start({ logGroups: { app: {} } });
      const error = await failure(logs(server).send(new FilterLogEventsCommand(input)));
      expect(error.name).toBe(code);
      expect(error).toMatchObject({ $metadata: { httpStatusCode: 400 } });
    });
  }

  it('a token with other parameters, and one that is a day old', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, logGroups: { app: { messages: messages(9) }, other: {} } });
    const client = logs(server);
    const { nextToken } = await client.send(new FilterLogEventsCommand({ ...app, limit: 2 }));
    for (const input of [{ logGroupName: 'other' }, { ...app, filterPattern: 'x' }, { ...app, startTime: 1 }]) {
      const error = await failure(client.send(new FilterLogEventsCommand({ ...input, nextToken })));
      expect(error.message).toBe('The specified nextToken is invalid.');
    }
    const input = { ...app, limit: 3, nextToken };
    await clock.sleep(86_400_000);
    expect((await client.send(new FilterLogEventsCommand(input))).events).toHaveLength(3);
    await clock.sleep(1);
    expect((await failure(client.send(new FilterLogEventsCommand(input)))).name).toBe('InvalidParameterException');
  });
});

it('has a quota that depends on the Region', async () => {
  const server = await start({ quotas: {}, logGroups: { app: {} } });
  for (const [region, quota] of Object.entries({ 'us-east-1': 25, 'eu-central-1': 5, 'eu-west-1': 10 })) {
    const client = logs(server, { region });
    const ask = () => client.send(new FilterLogEventsCommand({ logGroupName: 'app' }));
    for (let count = 0; count < quota; count++) await ask();
    expect((await failure(ask())).name, region).toBe('ThrottlingException');
  }
});
