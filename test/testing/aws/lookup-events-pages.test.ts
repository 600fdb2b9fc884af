import { LookupEventsCommand, type LookupEventsCommandInput, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { sampleCloudTrailRecords, virtualClock } from '../../../src/testing/index.ts';
import { cloudTrail, failure, lookupPages, NOW, record, start } from './clients.ts';

describe('pages of LookupEvents', () => {
  const records = sampleCloudTrailRecords({ count: 123, to: NOW });

  it('are of 50 by default, and end without a token', async () => {
    const server = await start({ records });
    const pages = await lookupPages(cloudTrail(server));
    expect(pages.map((page) => page.length)).toEqual([50, 50, 23]);
    expect(pages.flat().map((event) => event.EventId)).toEqual(records.map((one) => one['eventID']).reverse());
  });

  it('are as small as is asked for, and none too many', async () => {
    const server = await start({ records: records.slice(0, 40) });
    const pages = await lookupPages(cloudTrail(server), { MaxResults: 20 });
    expect(pages.map((page) => page.length)).toEqual([20, 20]);
  });

  it("are walked by the SDK's own paginator", async () => {
    const server = await start({ records });
    const ids: (string | undefined)[] = [];
    for await (const page of paginateLookupEvents({ client: cloudTrail(server) }, {})) {
      ids.push(...(page.Events ?? []).map((event) => event.EventId));
    }
    expect(new Set(ids).size).toBe(123);
  });

  it('do not move when more arrives in between', async () => {
    const server = await start({ records });
    const client = cloudTrail(server);
    const first = await client.send(new LookupEventsCommand({}));
    server.add([record('late', 1), record('later', 600)]);
    const rest: (string | undefined)[] = [];
    for (let NextToken = first.NextToken; NextToken; ) {
      const page = await client.send(new LookupEventsCommand({ NextToken }));
      rest.push(...(page.Events ?? []).map((event) => event.EventId));
      NextToken = page.NextToken;
    }
    expect([...(first.Events ?? []).map((event) => event.EventId), ...rest]).toEqual(
      records.map((one) => one['eventID']).reverse(),
    );
    expect((await lookupPages(client)).flat()).toHaveLength(125);
  });

  it('belong to the parameters they began with', async () => {
    const server = await start({ records });
    const client = cloudTrail(server);
    const StartTime = new Date(NOW - 86_400_000);
    const { NextToken } = await client.send(new LookupEventsCommand({ StartTime, MaxResults: 10 }));
    const changed: LookupEventsCommandInput[] = [
      { NextToken, MaxResults: 10 },
      { NextToken, StartTime: new Date(NOW - 86_400_001), MaxResults: 10 },
      { NextToken, StartTime, MaxResults: 11 },
      { NextToken, StartTime, MaxResults: 10, LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'x' }] },
    ];
    for (const input of changed) {
      expect((await failure(client.send(new LookupEventsCommand(input)))).name).toBe('InvalidNextTokenException');
    }
    const elsewhere = cloudTrail(server, { region: 'eu-west-1' });
    const input = { NextToken, StartTime, MaxResults: 10 };
    expect((await failure(elsewhere.send(new LookupEventsCommand(input)))).name).toBe('InvalidNextTokenException');
    expect((await client.send(new LookupEventsCommand(input))).Events).toHaveLength(10);
  });
});

describe('late events', () => {
  it('are seen from the moment of their delivery', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, records: [record('on time', 10)] });
    server.add([record('late', 20)], { deliveredAt: NOW + 60_000 });
    const ids = async () => (await lookupPages(cloudTrail(server))).flat().map((event) => event.EventId);
    expect(await ids()).toEqual(['on time']);
    await clock.sleep(59_999);
    expect(await ids()).toEqual(['on time']);
    await clock.sleep(1);
    expect(await ids()).toEqual(['on time', 'late']);
  });

  it('can be a whole day fed at once, that happens as the clock goes on', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, records: [record('now', 0), record('in five minutes', -5)] });
    await clock.sleep(5 * 60_000);
    expect((await lookupPages(cloudTrail(server))).flat()).toHaveLength(2);
  });

  it('need a time', async () => {
    const server = await start();
    expect(() => server.add([{ eventName: 'GetSecretValue' }])).toThrow(/eventTime/);
    expect(() => server.add([record('a', 1, { eventTime: 'yesterday' })])).toThrow('"yesterday"');
  });
});

describe('the quota of LookupEvents', () => {
  it('is two a second, for each account and Region, by the clock of the server', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, quotas: {} });
    const client = cloudTrail(server);
    const ask = () => client.send(new LookupEventsCommand({}));
    await ask();
    await ask();
    const error = await failure(ask());
    expect(error).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 400 },
    });
    await cloudTrail(server, { region: 'eu-west-1' }).send(new LookupEventsCommand({}));
    await clock.sleep(500);
    await ask();
    expect((await failure(ask())).name).toBe('ThrottlingException');
    // However long it waits, no more than a second's worth is saved up.
    await clock.sleep(60_000);
    await ask();
    await ask();
    expect((await failure(ask())).name).toBe('ThrottlingException');
    expect(server.requests.map((request) => request.error)).toEqual([
      undefined,
      undefined,
      'ThrottlingException',
      undefined,
      undefined,
      'ThrottlingException',
      undefined,
      undefined,
      'ThrottlingException',
    ]);
  });

  it('is never met by who keeps half a second between requests', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, quotas: {}, records: sampleCloudTrailRecords({ count: 500, to: NOW }) });
    const client = cloudTrail(server);
    let NextToken: string | undefined;
    do {
      const page = await client.send(new LookupEventsCommand({ ...(NextToken && { NextToken }) }));
      NextToken = page.NextToken;
      await clock.sleep(500);
    } while (NextToken);
    expect(server.requests.map((request) => request.status)).toEqual(Array.from({ length: 10 }, () => 200));
  });

  it('can be another', async () => {
    const server = await start({ quotas: { LookupEvents: 1 } });
    const client = cloudTrail(server);
    await client.send(new LookupEventsCommand({}));
    expect((await failure(client.send(new LookupEventsCommand({})))).name).toBe('ThrottlingException');
  });
});

it('serves many events, each once', async () => {
  const records = sampleCloudTrailRecords({ count: 10_000, seed: 5, to: NOW });
  const server = await start({ records });
  const pages = await lookupPages(cloudTrail(server));
  expect(pages).toHaveLength(200);
  expect(new Set(pages.flat().map((event) => event.EventId)).size).toBe(10_000);
});
