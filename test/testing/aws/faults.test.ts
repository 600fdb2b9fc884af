import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  PutMetricFilterCommand,
  StartLiveTailCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { type AwsFault, sampleCloudTrailRecords, virtualClock } from '../../../src/testing/index.ts';
import { cloudTrail, failure, filterPages, logs, lookupPages, NOW, start } from './clients.ts';

const RECORDS = sampleCloudTrailRecords({ count: 120, to: NOW });
const lookup = () => new LookupEventsCommand({});

describe('a request is refused by', () => {
  const cases: [AwsFault, string, number][] = [
    [{ kind: 'throttle' }, 'ThrottlingException', 400],
    [{ kind: 'server-error' }, 'InternalFailure', 500],
    [{ kind: 'expired-token' }, 'ExpiredTokenException', 400],
    [{ kind: 'access-denied' }, 'AccessDeniedException', 400],
    [{ kind: 'error', code: 'OperationNotPermittedException' }, 'OperationNotPermittedException', 400],
    [{ kind: 'error', code: 'Surprise', message: 'of a new kind', status: 503 }, 'Surprise', 503],
  ];
  for (const [fault, name, httpStatusCode] of cases) {
    it(`${fault.kind}: ${name}`, async () => {
      const server = await start({ records: RECORDS });
      const client = cloudTrail(server);
      server.fault(fault);
      expect(await failure(client.send(lookup()))).toMatchObject({ name, $metadata: { httpStatusCode } });
      expect(server.requests).toMatchObject([{ status: httpStatusCode, error: name }]);
      expect((await client.send(lookup())).Events).toHaveLength(50);
    });
  }

  it('server-error under the name that CloudWatch Logs has for it', async () => {
    const server = await start({ logGroups: { app: {} } });
    server.fault({ kind: 'server-error' });
    const error = await failure(logs(server).send(new FilterLogEventsCommand({ logGroupName: 'app' })));
    expect(error).toMatchObject({ name: 'ServiceUnavailableException', $metadata: { httpStatusCode: 500 } });
  });

  it('throttling, which the SDK gets over by itself when it is short', async () => {
    const server = await start({ records: RECORDS });
    server.fault({ kind: 'throttle' });
    const { Events } = await cloudTrail(server, { maxAttempts: 2 }).send(lookup());
    expect(Events).toHaveLength(50);
    expect(server.requests.map((request) => request.status)).toEqual([400, 200]);
  });
});

describe('an answer is spoiled on its way by', () => {
  it('a reset in the middle of the body', async () => {
    const server = await start({ records: RECORDS });
    server.fault({ kind: 'reset' });
    const client = cloudTrail(server);
    expect(await failure(client.send(lookup()))).toMatchObject({ code: 'ECONNRESET' });
    expect(server.requests).toMatchObject([{ status: 200, fault: 'reset' }]);
    expect((await client.send(lookup())).Events).toHaveLength(50);
  });

  it('JSON that is cut off', async () => {
    const server = await start({ records: RECORDS });
    server.fault({ kind: 'truncate' });
    const client = cloudTrail(server);
    expect(await failure(client.send(lookup()))).toBeInstanceOf(SyntaxError);
    expect((await client.send(lookup())).Events).toHaveLength(50);
  });

  it('slowness, on the clock of the server', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, records: RECORDS });
    server.fault({ kind: 'slow', ms: 39_000 });
    expect((await cloudTrail(server).send(lookup())).Events).toHaveLength(50);
    expect(clock.now()).toBe(NOW + 39_000);
  });

  it('silence, until the reader gives up', async () => {
    const server = await start({ records: RECORDS });
    server.fault({ kind: 'hang' });
    const aborting = new AbortController();
    const asking = cloudTrail(server).send(lookup(), { abortSignal: aborting.signal });
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    aborting.abort();
    expect((await failure(asking)).name).toBe('AbortError');
  });
});

describe('a page is changed to', () => {
  const ids = RECORDS.map((record) => record['eventID']).reverse();

  it('nothing and a token', async () => {
    const server = await start({ records: RECORDS });
    server.fault({ kind: 'empty-page', after: 1, times: 2 });
    const pages = await lookupPages(cloudTrail(server));
    expect(pages.map((page) => page.length)).toEqual([50, 0, 0, 50, 20]);
    expect(pages.flat().map((event) => event.EventId)).toEqual(ids);
    expect(server.requests.map((request) => request.fault)).toEqual([
      undefined,
      'empty-page',
      'empty-page',
      undefined,
      undefined,
    ]);
  });

  it('one that comes twice', async () => {
    const server = await start({ records: RECORDS });
    server.fault({ kind: 'duplicate-page', after: 2 });
    const pages = await lookupPages(cloudTrail(server));
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20, 20]);
    expect(pages[3]).toEqual(pages[2]);
  });

  it('both, for log groups', async () => {
    const messages = Array.from({ length: 20 }, (_, index) => ({ message: `${index}`, timestamp: NOW - 20 + index }));
    const server = await start({ logGroups: { app: { messages } } });
    server.fault({ kind: 'empty-page' });
    server.fault({ kind: 'duplicate-page', after: 1 });
    const input = { logGroupName: 'app', startTime: NOW - 100, limit: 10, startFromHead: false };
    const pages = await filterPages(logs(server), input);
    expect(pages.map((page) => page[0]?.message)).toEqual([undefined, '19', '9', '9']);
  });

  it('one with the token that was sent', async () => {
    const server = await start({ records: RECORDS });
    const client = cloudTrail(server);
    server.fault({ kind: 'same-token', times: 3 });
    const first = await client.send(lookup());
    const { NextToken } = await client.send(new LookupEventsCommand({ NextToken: first.NextToken }));
    expect(NextToken).toBe(first.NextToken);
    const again = await client.send(new LookupEventsCommand({ NextToken }));
    expect(again.NextToken).toBe(NextToken);
    expect(again.Events).toEqual(first.Events);
  });

  it('one whose first record is cut off', async () => {
    const server = await start({ records: RECORDS, logGroups: { trail: { trail: true } }, queryPolls: 0 });
    const ok = (text: string | undefined) => {
      try {
        return typeof JSON.parse(text ?? '') === 'object';
      } catch {
        return false;
      }
    };
    server.fault({ kind: 'malformed-record', operation: 'LookupEvents' });
    const [events = []] = await lookupPages(cloudTrail(server));
    expect(events.map((event) => ok(event.CloudTrailEvent)).filter((good) => !good)).toHaveLength(1);
    expect(ok(events[0]?.CloudTrailEvent)).toBe(false);

    server.fault({ kind: 'malformed-record', operation: 'FilterLogEvents' });
    const [logEvents = []] = await filterPages(logs(server), { logGroupName: 'trail' });
    expect(logEvents.map((event) => ok(event.message)).indexOf(false)).toBe(0);

    server.fault({ kind: 'malformed-record', operation: 'GetQueryResults' });
    const times = { startTime: NOW / 1000 - 86_400, endTime: NOW / 1000 };
    const input = { ...times, logGroupName: 'trail', queryString: 'fields @message' };
    const { queryId } = await logs(server).send(new StartQueryCommand(input));
    const { results = [] } = await logs(server).send(new GetQueryResultsCommand({ queryId }));
    expect(results.map(([message]) => ok(message?.value)).lastIndexOf(false)).toBe(0);
  });

  it('a query that has failed', async () => {
    const server = await start({ logGroups: { app: {} } });
    server.fault({ kind: 'query-status', status: 'Failed' });
    const input = { startTime: 0, endTime: 1, logGroupName: 'app', queryString: '' };
    const { queryId } = await logs(server).send(new StartQueryCommand(input));
    expect((await logs(server).send(new GetQueryResultsCommand({ queryId }))).status).toBe('Failed');
  });

  it('nothing else where there is no page', async () => {
    const server = await start({ logGroups: { app: {} } });
    server.fault({ kind: 'empty-page' });
    const metricTransformations = [{ metricName: 'a', metricNamespace: 'b', metricValue: '1' }];
    const input = { logGroupName: 'app', filterName: 'f', filterPattern: '', metricTransformations };
    await logs(server).send(new PutMetricFilterCommand(input));
    expect((await filterPages(logs(server), { logGroupName: 'app' })).length).toBe(2);
  });
});

describe('a fault', () => {
  it('waits for its operation, its Region and its turn', async () => {
    const server = await start({ logGroups: { app: {} } });
    server.fault({ kind: 'access-denied', operation: 'LookupEvents', region: 'eu-west-1', after: 1 });
    await logs(server).send(new FilterLogEventsCommand({ logGroupName: 'app' }));
    await cloudTrail(server).send(lookup());
    const client = cloudTrail(server, { region: 'eu-west-1' });
    await client.send(lookup());
    expect((await failure(client.send(lookup()))).name).toBe('AccessDeniedException');
    await client.send(lookup());
  });

  it('can be forgotten', async () => {
    const server = await start();
    server.fault({ kind: 'throttle', times: 100 });
    const client = cloudTrail(server);
    expect((await failure(client.send(lookup()))).name).toBe('ThrottlingException');
    server.clearFaults();
    await client.send(lookup());
  });

  it('does not use up another one that comes later in the same answer', async () => {
    const server = await start({ records: RECORDS });
    server.fault({ kind: 'reset' });
    server.fault({ kind: 'throttle' });
    const client = cloudTrail(server);
    expect((await failure(client.send(lookup()))).name).toBe('ThrottlingException');
    expect(await failure(client.send(lookup()))).toMatchObject({ code: 'ECONNRESET' });
    await client.send(lookup());
  });

  it('happens by chance as often as it should, and the same way in every run', async () => {
    const run = async (seed: number) => {
      const server = await start({ seed });
      server.fault({ kind: 'throttle', probability: 0.3 });
      const client = cloudTrail(server);
      for (let count = 0; count < 100; count++) await client.send(lookup()).catch(() => undefined);
      return server.requests.map((request) => request.status);
    };
    const first = await run(1);
    const refused = first.filter((status) => status === 400).length;
    expect(refused).toBeGreaterThan(20);
    expect(refused).toBeLessThan(40);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it('refuses Live Tail as well', async () => {
    const server = await start({ logGroups: { app: {} } });
    server.fault({ kind: 'access-denied' });
    const logGroupIdentifiers = ['arn:aws:logs:us-east-1:111122223333:log-group:app'];
    const error = await failure(logs(server).send(new StartLiveTailCommand({ logGroupIdentifiers })));
    expect(error.name).toBe('AccessDeniedException');
  });
});
