import {
  GetQueryResultsCommand,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../../src/testing/index.ts';
import { failure, logs, NOW, start } from './clients.ts';

const SECOND = 1000;
const DAY = { startTime: NOW / SECOND - 86_400, endTime: NOW / SECOND };

/** JSON messages a minute apart, the last of them now. */
const jsonMessages = (values: readonly object[]) =>
  values.map((value, index) => ({
    message: JSON.stringify(value),
    timestamp: NOW - (values.length - 1 - index) * 60_000,
    logStreamName: `stream-${index}`,
  }));

describe('a query while it runs', () => {
  const values = Array.from({ length: 10 }, (_, index) => ({ index }));

  it('is scheduled, then running with a part of its results, then complete', async () => {
    const server = await start({ logGroups: { app: { messages: jsonMessages(values) } } });
    const client = logs(server);
    const queryString = 'filter index >= 2 | fields index';
    const { queryId } = await client.send(new StartQueryCommand({ ...DAY, logGroupName: 'app', queryString }));
    const seen = [];
    for (let poll = 0; poll < 4; poll++) {
      const { status, results, statistics } = await client.send(new GetQueryResultsCommand({ queryId }));
      seen.push([status, results?.length, statistics?.recordsMatched]);
    }
    expect(seen).toEqual([
      ['Scheduled', 0, 0],
      ['Running', 4, 8],
      ['Complete', 8, 8],
      ['Complete', 8, 8],
    ]);
    const { statistics } = await client.send(new GetQueryResultsCommand({ queryId }));
    expect(statistics).toMatchObject({ recordsScanned: 10, logGroupsScanned: 1, resultCount: 8 });
  });

  it('can be stopped, once', async () => {
    const server = await start({ logGroups: { app: {} } });
    const client = logs(server);
    const { queryId } = await client.send(new StartQueryCommand({ ...DAY, logGroupName: 'app', queryString: '' }));
    expect((await client.send(new StopQueryCommand({ queryId }))).success).toBe(true);
    expect((await client.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Cancelled');
    expect((await failure(client.send(new StopQueryCommand({ queryId })))).name).toBe('InvalidParameterException');
  });

  it('is given up after an hour', async () => {
    const clock = virtualClock(NOW);
    const server = await start({ clock, queryPolls: 1000, logGroups: { app: {} } });
    const client = logs(server);
    const { queryId } = await client.send(new StartQueryCommand({ ...DAY, logGroupName: 'app', queryString: '' }));
    await clock.sleep(3_600_001);
    expect((await client.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Timeout');
  });

  it('sees what had arrived when it was started, between two seconds, both inclusive', async () => {
    const at = (timestamp: number) => ({ message: `{"at":${timestamp}}`, timestamp });
    const times = [NOW - 10_001, NOW - 10_000, NOW - 5000, NOW - 4999];
    const server = await start({ queryPolls: 0, logGroups: { app: { messages: times.map(at) } } });
    const client = logs(server);
    const input = {
      logGroupName: 'app',
      startTime: NOW / SECOND - 10,
      endTime: NOW / SECOND - 5,
      queryString: 'fields at',
    };
    const { queryId } = await client.send(new StartQueryCommand(input));
    server.addMessages('app', [at(NOW - 6000)]);
    const { results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
    expect(results.map(([at]) => at?.value)).toEqual([`${NOW - 5000}`, `${NOW - 10_000}`]);
  });

  it('reads several groups as one, newest first', async () => {
    const message = (text: string, ago: number) => ({ messages: [{ message: text, timestamp: NOW - ago }] });
    const server = await start({
      queryPolls: 0,
      logGroups: { a: message('old', 9), b: message('new', 1), c: message('other', 5) },
    });
    const client = logs(server);
    const arn = 'arn:aws:logs:us-east-1:111122223333:log-group:b';
    for (const groups of [{ logGroupNames: ['a', 'b'] }, { logGroupIdentifiers: ['a', arn] }]) {
      const { queryId } = await client.send(
        new StartQueryCommand({ ...DAY, ...groups, queryString: 'fields @message, @log' }),
      );
      const { results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
      expect(results.map((row) => row[0]?.value)).toEqual(['new', 'old']);
      expect(results.map((row) => row[1]?.value)).toEqual(['111122223333:b', '111122223333:a']);
    }
  });
});

describe('the number of results', () => {
  const message = (_: unknown, index: number) => ({ message: `${index}`, timestamp: NOW - index });
  const messages = Array.from({ length: 10_050 }, message);

  async function count(input: Partial<StartQueryCommandInput>) {
    const server = await start({ queryPolls: 0, logGroups: { app: { messages } } });
    const client = logs(server);
    const query = { ...DAY, logGroupName: 'app', queryString: 'fields @message', ...input };
    const { queryId } = await client.send(new StartQueryCommand(query));
    const pages: number[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(new GetQueryResultsCommand({ queryId, ...(nextToken && { nextToken }) }));
      pages.push(page.results?.length ?? 0);
      nextToken = page.nextToken;
    } while (nextToken);
    return pages;
  }

  it('is 10,000 when nothing is said', async () => expect(await count({})).toEqual([10_000]));
  it('is what the request says', async () => expect(await count({ limit: 7 })).toEqual([7]));
  it('is what the query says', async () => expect(await count({ queryString: 'limit 8' })).toEqual([8]));
  it('is the smaller of both', async () => expect(await count({ queryString: 'limit 8', limit: 3 })).toEqual([3]));
  it('is given in pages of 10,000', async () => expect(await count({ limit: 100_000 })).toEqual([10_000, 50]));

  it('of a page can be smaller', async () => {
    const server = await start({ queryPolls: 0, logGroups: { app: { messages: messages.slice(0, 5) } } });
    const client = logs(server);
    const { queryId } = await client.send(new StartQueryCommand({ ...DAY, logGroupName: 'app', queryString: '' }));
    const first = await client.send(new GetQueryResultsCommand({ queryId, maxItems: 3 }));
    const second = await client.send(new GetQueryResultsCommand({ queryId, nextToken: first.nextToken }));
    expect([first.results?.length, second.results?.length, second.nextToken]).toEqual([3, 2, undefined]);
  });
});

describe('what is refused', () => {
  const base = { ...DAY, logGroupName: 'app', queryString: '' };
  const { logGroupName: _, ...nowhere } = base;
  const cases: Record<string, [StartQueryCommandInput, string]> = {
    'no group': [nowhere, 'InvalidParameterException'],
    'groups in two ways': [{ ...base, logGroupNames: ['app'] }, 'InvalidParameterException'],
    'a group that is not there': [{ ...base, logGroupName: 'none' }, 'ResourceNotFoundException'],
    '51 groups': [{ ...nowhere, logGroupNames: Array.from({ length: 51 }, () => 'app') }, 'InvalidParameterException'],
    'an ARN with an asterisk': [
      { ...nowhere, logGroupIdentifiers: ['arn:aws:logs:us-east-1:111122223333:log-group:app:*'] },
      'InvalidParameterException',
    ],
    'an end before the start': [{ ...base, startTime: 10, endTime: 9 }, 'InvalidParameterException'],
    'no start': [{ ...base, startTime: undefined }, 'InvalidParameterException'],
    'no query': [{ ...base, queryString: undefined }, 'InvalidParameterException'],
    'a limit of 100,001': [{ ...base, limit: 100_001 }, 'InvalidParameterException'],
    'a query that is too long': [{ ...base, queryString: ' '.repeat(10_001) }, 'InvalidParameterException'],
    'another language': [{ ...base, queryLanguage: 'SQL' }, 'InvalidParameterException'],
  };
  for (const [name, [input, code]] of Object.entries(cases)) {
    it(name, async () => {
      const server = await start({ logGroups: { app: {} } });
      expect((await failure(logs(server).send(new StartQueryCommand(input)))).name).toBe(code);
    });
  }

  it('results of another Region, of no query, or with a wrong token', async () => {
    const server = await start({ logGroups: { app: {} } });
    const { queryId } = await logs(server).send(new StartQueryCommand(base));
    const elsewhere = logs(server, { region: 'eu-west-1' });
    const results = (input: { queryId: string | undefined; nextToken?: string }) => new GetQueryResultsCommand(input);
    expect((await failure(elsewhere.send(results({ queryId })))).name).toBe('ResourceNotFoundException');
    expect((await failure(logs(server).send(results({ queryId: 'none' })))).name).toBe('ResourceNotFoundException');
    const wrong = results({ queryId, nextToken: 'abc' });
    expect((await failure(logs(server).send(wrong))).name).toBe('InvalidParameterException');
  });

  it('the 101st query at once', async () => {
    const server = await start({ logGroups: { app: {} } });
    const client = logs(server);
    for (let count = 0; count < 100; count++) await client.send(new StartQueryCommand(base));
    expect((await failure(client.send(new StartQueryCommand(base)))).name).toBe('LimitExceededException');
  });
});
