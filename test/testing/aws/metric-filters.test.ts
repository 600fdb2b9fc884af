import {
  DescribeMetricFiltersCommand,
  type DescribeMetricFiltersCommandInput,
  PutMetricFilterCommand,
  type PutMetricFilterCommandInput,
  paginateDescribeMetricFilters,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { failure, logs, NOW, start } from './clients.ts';

const ACCESS = [
  '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534',
  '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /apache_pb.gif HTTP/1.0" 500 5324',
  '127.0.0.1 - frank [10/Oct/2000:13:50:35 -0700] "GET /apache_pb.gif HTTP/1.0" 200 4355',
];

describe('TestMetricFilter', () => {
  async function test(filterPattern: string, logEventMessages: string[]) {
    const server = await start();
    const answer = await logs(server).send(new TestMetricFilterCommand({ filterPattern, logEventMessages }));
    return answer.matches ?? [];
  }

  it('gives the number of a match, counted from 0, and takes fields out by name', async () => {
    const found = await test('[ip, identity, user_id, timestamp, request, status_code, size]', ACCESS);
    expect(found.map((match) => match.eventNumber)).toEqual([0, 1, 2]);
    expect(found[1]).toEqual({
      eventNumber: 1,
      eventMessage: ACCESS[1],
      extractedValues: {
        $status_code: '500',
        $identity: '-',
        $request: 'GET /apache_pb.gif HTTP/1.0',
        $size: '5324',
        $user_id: 'frank',
        $ip: '127.0.0.1',
        $timestamp: '10/Oct/2000:13:35:22 -0700',
      },
    });
  });

  it('takes out what has no name by its place', async () => {
    const [first] = await test('[..., size]', ACCESS);
    expect(first?.extractedValues).toEqual({
      $1: '127.0.0.1',
      $2: '-',
      $3: 'frank',
      $4: '10/Oct/2000:13:25:15 -0700',
      $5: 'GET /apache_pb.gif HTTP/1.0',
      $6: '200',
      $size: '1534',
    });
    const [, second] = await test('[..., status_code=200, size]', ACCESS);
    expect(second).toMatchObject({ eventNumber: 2, extractedValues: { $status_code: '200', $5: expect.any(String) } });
  });

  it('finds pages that went wrong', async () => {
    const found = await test('[..., request=*.html*, status_code=4*,]', [
      '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
      '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /about-us/index.html HTTP/1.0" 200 5324',
      '127.0.0.1 - frank [10/Oct/2000:13:50:35 -0700] "GET /apache_pb.gif HTTP/1.0" 404 4355',
      '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /products/index.html HTTP/1.0" 400 1534',
    ]);
    expect(found.map((match) => match.eventNumber)).toEqual([0, 3]);
    expect(found[1]?.extractedValues).toMatchObject({ $status_code: '400', $7: '1534' });
  });

  it('matches terms and JSON, and takes nothing out of them', async () => {
    const messages = ['[INFO] Starting', '[ERROR] Terminating', '{"eventName":"GetSecretValue"}'];
    expect(await test('"[ERROR]"', messages)).toEqual([
      { eventNumber: 1, eventMessage: messages[1], extractedValues: {} },
    ]);
    expect(await test('{ $.eventName = GetSecretValue }', messages)).toMatchObject([{ eventNumber: 2 }]);
    expect(await test('{ $.eventName = NoSuchName }', messages)).toEqual([]);
  });

  it('refuses what is no pattern, and too few and too many messages', async () => {
    for (const [pattern, messages] of [
      ['{', ['a']],
      ['x'.repeat(1025), ['a']],
      ['a', []],
      ['a', Array.from({ length: 51 }, () => 'a')],
      ['a', ['']],
    ] as [string, string[]][]) {
      expect((await failure(test(pattern, messages))).name).toBe('InvalidParameterException');
    }
  });
});

const FILTER: PutMetricFilterCommandInput = {
  logGroupName: 'trail',
  filterName: 'AttemptsToAccessDeletedSecrets',
  filterPattern: '{ $.eventName = "GetSecretValue" }',
  metricTransformations: [
    { metricName: 'Attempts', metricNamespace: 'CloudTrailLogMetrics', metricValue: '1', defaultValue: 0 },
  ],
};

describe('PutMetricFilter', () => {
  it('keeps a filter, and replaces one of the same name', async () => {
    const server = await start({ logGroups: { trail: {} } });
    const client = logs(server);
    await client.send(new PutMetricFilterCommand({ ...FILTER, filterPattern: '' }));
    await client.send(new PutMetricFilterCommand(FILTER));
    const { metricFilters } = await client.send(new DescribeMetricFiltersCommand({ logGroupName: 'trail' }));
    expect(metricFilters).toEqual([{ ...FILTER, creationTime: NOW, applyOnTransformedLogs: false }]);
    const elsewhere = logs(server, { region: 'eu-west-1' });
    expect((await elsewhere.send(new DescribeMetricFiltersCommand({}))).metricFilters).toEqual([]);
  });

  const transformation = { metricName: 'Attempts', metricNamespace: 'CloudTrailLogMetrics', metricValue: '1' };
  const withMetric = (fields: object) =>
    ({ ...FILTER, metricTransformations: [{ ...transformation, ...fields }] }) as PutMetricFilterCommandInput;
  const invalid: Record<string, PutMetricFilterCommandInput> = {
    'no transformation': { ...FILTER, metricTransformations: [] },
    'two transformations': { ...FILTER, metricTransformations: [transformation, transformation] },
    'a pattern that is none': { ...FILTER, filterPattern: '{ $.a }' },
    'a pattern that is too long': { ...FILTER, filterPattern: 'x'.repeat(1025) },
    'a name with a colon': { ...FILTER, filterName: 'a:b' },
    'no metric name': withMetric({ metricName: undefined }),
    'a metric name with a dollar': withMetric({ metricName: '$a' }),
    'no value': withMetric({ metricValue: undefined }),
    'a value that is too long': withMetric({ metricValue: '1'.repeat(101) }),
    'an unknown unit': withMetric({ unit: 'Parsecs' }),
    'four dimensions': withMetric({ dimensions: { a: '$.a', b: '$.b', c: '$.c', d: '$.d' } }),
    'dimensions and a default': withMetric({ dimensions: { a: '$.a' }, defaultValue: 0 }),
    'an unknown system field': { ...FILTER, emitSystemFieldDimensions: ['@aws.partition'] },
    'system fields that are one dimension too many': {
      ...withMetric({ dimensions: { a: '$.a', b: '$.b' } }),
      emitSystemFieldDimensions: ['@aws.account', '@aws.region'],
    },
    'criteria that are too long': { ...FILTER, fieldSelectionCriteria: 'x'.repeat(2001) },
  };
  for (const [name, input] of Object.entries(invalid)) {
    it(`refuses ${name}`, async () => {
      const server = await start({ logGroups: { trail: {} } });
      expect((await failure(logs(server).send(new PutMetricFilterCommand(input)))).name).toBe(
        'InvalidParameterException',
      );
    });
  }

  it('takes dimensions, units and system fields', async () => {
    const server = await start({ logGroups: { trail: {} } });
    const input = {
      ...withMetric({ dimensions: { a: '$.a', b: '$.b' }, unit: 'Count' }),
      emitSystemFieldDimensions: ['@aws.region'],
      fieldSelectionCriteria: '@aws.region = "us-east-1"',
    };
    await logs(server).send(new PutMetricFilterCommand(input));
    const { metricFilters = [] } = await logs(server).send(new DescribeMetricFiltersCommand({}));
    expect(metricFilters[0]).toMatchObject(input);
  });

  it('refuses a group that is not there', async () => {
    const server = await start();
    expect((await failure(logs(server).send(new PutMetricFilterCommand(FILTER)))).name).toBe(
      'ResourceNotFoundException',
    );
  });

  it('refuses the 101st filter of a group, and its sixth with a regex', async () => {
    const server = await start({ logGroups: { trail: {}, other: {} } });
    const client = logs(server);
    const put = (index: number, fields: object = {}) =>
      client.send(new PutMetricFilterCommand({ ...FILTER, filterName: `filter-${index}`, ...fields }));
    const filterPattern = '{ $.a = %x% }';
    for (let index = 0; index < 5; index++) await put(index, { filterPattern });
    expect((await failure(put(5, { filterPattern }))).name).toBe('LimitExceededException');
    await put(4, { filterPattern });
    for (let index = 5; index < 100; index++) await put(index);
    expect((await failure(put(100))).name).toBe('LimitExceededException');
    await put(99);
    await put(100, { logGroupName: 'other' });
  });
});

describe('DescribeMetricFilters', () => {
  async function withFilters() {
    const server = await start({ logGroups: { trail: {}, other: {} } });
    const client = logs(server);
    for (const filterName of ['b-2', 'a-1', 'b-1']) {
      const metricTransformations = [{ metricName: filterName, metricNamespace: 'N', metricValue: '1' }];
      await client.send(new PutMetricFilterCommand({ ...FILTER, filterName, metricTransformations }));
    }
    await client.send(new PutMetricFilterCommand({ ...FILTER, logGroupName: 'other', filterName: 'c' }));
    const names = async (input: DescribeMetricFiltersCommandInput) => {
      const { metricFilters = [] } = await client.send(new DescribeMetricFiltersCommand(input));
      return metricFilters.map((filter) => filter.filterName);
    };
    return { client, names };
  }

  it('lists by group, prefix and metric, sorted by name', async () => {
    const { names } = await withFilters();
    expect(await names({})).toEqual(['a-1', 'b-1', 'b-2', 'c']);
    expect(await names({ logGroupName: 'trail' })).toEqual(['a-1', 'b-1', 'b-2']);
    expect(await names({ logGroupName: 'trail', filterNamePrefix: 'b' })).toEqual(['b-1', 'b-2']);
    // The prefix counts only beside a group.
    expect(await names({ filterNamePrefix: 'b' })).toEqual(['a-1', 'b-1', 'b-2', 'c']);
    expect(await names({ metricName: 'b-2', metricNamespace: 'N' })).toEqual(['b-2']);
    expect(await names({ metricName: 'b-2', metricNamespace: 'M' })).toEqual([]);
  });

  it('comes in pages', async () => {
    const { client } = await withFilters();
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateDescribeMetricFilters({ client, pageSize: 3 }, {})) {
      pages.push((page.metricFilters ?? []).map((filter) => filter.filterName));
    }
    expect(pages).toEqual([['a-1', 'b-1', 'b-2'], ['c']]);
  });

  it('refuses half a metric, a wrong limit, a group that is not there, a token for something else', async () => {
    const { client, names } = await withFilters();
    const { nextToken } = await client.send(new DescribeMetricFiltersCommand({ limit: 1 }));
    const cases: [DescribeMetricFiltersCommandInput, string][] = [
      [{ metricName: 'a' }, 'InvalidParameterException'],
      [{ metricNamespace: 'a' }, 'InvalidParameterException'],
      [{ limit: 0 }, 'InvalidParameterException'],
      [{ limit: 51 }, 'InvalidParameterException'],
      [{ logGroupName: 'none' }, 'ResourceNotFoundException'],
      [{ nextToken, logGroupName: 'trail' }, 'InvalidParameterException'],
      [{ nextToken: 'abc' }, 'InvalidParameterException'],
    ];
    for (const [input, code] of cases) expect((await failure(names(input))).name).toBe(code);
  });
});
