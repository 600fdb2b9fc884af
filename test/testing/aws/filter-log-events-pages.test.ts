import { FilterLogEventsCommand, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { filterPages, logs, NOW, record, start } from './clients.ts';

const messages = (count: number, at = NOW - 1000) =>
  Array.from({ length: count }, (_, index) => ({ message: `message ${index}`, timestamp: at + index }));

describe('pages of FilterLogEvents', () => {
  it('have at most 10,000 events', async () => {
    const server = await start({ logGroups: { app: { messages: messages(10_001, NOW - 20_000) } } });
    const pages = await filterPages(logs(server), { logGroupName: 'app' });
    expect(pages.map((page) => page.length)).toEqual([10_000, 1]);
  });

  it('have at most one megabyte, and at least one event', async () => {
    const long = (index: number, length: number) => ({
      message: `${index}`.padEnd(length, 'x'),
      timestamp: NOW + index - 10,
    });
    const server = await start({
      logGroups: {
        app: { messages: [long(0, 500_000), long(1, 500_000), long(2, 500_000), long(3, 1_100_000), long(4, 5)] },
      },
    });
    const pages = await filterPages(logs(server), { logGroupName: 'app' });
    expect(pages.map((page) => page.length)).toEqual([2, 1, 1, 1]);
  });

  it('may be partial or empty, and end only without a token', async () => {
    const quiet = messages(95);
    const records = quiet.map((one, index) => ({ ...one, message: index === 57 ? 'needle' : one.message }));
    const server = await start({ scanPerPage: 20, logGroups: { app: { messages: records } } });
    const pages = await filterPages(logs(server), { logGroupName: 'app', filterPattern: 'needle' });
    expect(pages.map((page) => page.length)).toEqual([0, 0, 1, 0, 0]);
  });

  it("are walked by the SDK's own paginator", async () => {
    const server = await start({ logGroups: { app: { messages: messages(30) } } });
    let count = 0;
    for await (const page of paginateFilterLogEvents({ client: logs(server) }, { logGroupName: 'app', limit: 7 })) {
      count += page.events?.length ?? 0;
      expect(page.searchedLogStreams).toEqual([]);
    }
    expect(count).toBe(30);
  });

  it('do not move when more arrives in between', async () => {
    const server = await start({ logGroups: { app: { messages: messages(10) } } });
    const client = logs(server);
    const first = await client.send(new FilterLogEventsCommand({ logGroupName: 'app', limit: 5 }));
    server.addMessages(
      'app',
      messages(10).map((one) => ({ ...one, message: 'late' })),
    );
    const input = { logGroupName: 'app', limit: 50, nextToken: first.nextToken };
    const second = await client.send(new FilterLogEventsCommand(input));
    expect(second.events?.map((event) => event.message)).toEqual(
      messages(10)
        .slice(5)
        .map((one) => one.message),
    );
    expect(second.nextToken).toBeUndefined();
  });

  it('look through 100,000 records', async () => {
    const records = Array.from({ length: 100_000 }, (_, index) =>
      record(`${index}`, index % 1000, { eventName: index % 50 === 0 ? 'DeleteSecret' : 'GetSecretValue' }),
    );
    const server = await start({ records, logGroups: { trail: { trail: true } } });
    const filterPattern = '{ $.eventName = "DeleteSecret" && $.errorCode NOT EXISTS }';
    const found = (await filterPages(logs(server), { logGroupName: 'trail', filterPattern })).flat();
    expect(new Set(found.map((event) => JSON.parse(event.message ?? '').eventID)).size).toBe(2000);
    const times = found.map((event) => event.timestamp ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
