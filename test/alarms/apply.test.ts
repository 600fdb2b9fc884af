import { CloudWatch, CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SNS, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AlarmChange,
  applyMetricAlarm,
  findRecipe,
  type MetricAlarmClients,
  removeMetricAlarm,
} from '../../src/alarms/index.ts';
import { AuditError } from '../../src/index.ts';
import { type AwsServer, startAwsServer } from '../../src/testing/index.ts';

const GROUP = 'CloudTrail/logs';
const RECIPE = findRecipe('pending-deletion-access');
const OPTIONS = { logGroup: GROUP, emails: ['security@example.com', 'oncall@example.com'] };
const READS = [
  'ListTopics',
  'DescribeMetricFilters',
  'DescribeAlarms',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
];

let server: AwsServer;
const open: { destroy(): void }[] = [];

beforeEach(async () => {
  server = await startAwsServer({ quotas: false, logGroups: { [GROUP]: { trail: true } } });
});
afterEach(async () => {
  for (const client of open.splice(0)) client.destroy();
  await server.stop();
});

function configuration() {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'not-a-secret' };
  return { endpoint: server.url, region: 'us-east-1', maxAttempts: 1, credentials };
}

function whole() {
  const config = configuration();
  const clients = { logs: new CloudWatchLogs(config), cloudwatch: new CloudWatch(config), sns: new SNS(config) };
  open.push(...Object.values(clients));
  return clients;
}

function bare() {
  const config = configuration();
  const clients = {
    logs: new CloudWatchLogsClient(config),
    cloudwatch: new CloudWatchClient(config),
    sns: new SNSClient(config),
  };
  open.push(...Object.values(clients));
  return clients;
}

const said = (changes: readonly AlarmChange[]) =>
  changes.map(({ action, resource, name }) => `${action} ${resource} ${name}`);
const writes = () => server.requests.map(({ operation }) => operation).filter((name) => !READS.includes(name));

describe.each<[string, () => MetricAlarmClients]>([
  ['whole clients of the SDK', whole],
  ['bare clients of the SDK', bare],
])('with %s', (_, clientsOf) => {
  test('puts everything in, keeps it the second time, and takes it away', async () => {
    const clients = clientsOf();
    const parts = [
      'topic secret-events-alarms',
      'topic-policy secret-events-alarms',
      'subscription security@example.com',
      'subscription oncall@example.com',
      'metric-filter AttemptsToAccessDeletedSecrets',
      'metric-filter AttemptsToAccessDeletedSecrets2',
      'alarm AttemptsToAccessDeletedSecretsAlarm',
    ];
    expect(said(await applyMetricAlarm(clients, RECIPE, OPTIONS))).toEqual(parts.map((part) => `create ${part}`));
    const before = writes().length;
    expect(said(await applyMetricAlarm(clients, RECIPE, OPTIONS))).toEqual(parts.map((part) => `keep ${part}`));
    expect(writes().length).toBe(before);
    expect(said(await removeMetricAlarm(clients, RECIPE, { logGroup: GROUP, topic: true }))).toEqual([
      'delete alarm AttemptsToAccessDeletedSecretsAlarm',
      'delete metric-filter AttemptsToAccessDeletedSecrets',
      'delete metric-filter AttemptsToAccessDeletedSecrets2',
      'delete topic secret-events-alarms',
    ]);
    expect(await removeMetricAlarm(clients, RECIPE, { logGroup: GROUP, topic: true })).toEqual([]);
  });
});

test('what is put in is what the guide says', async () => {
  const clients = whole();
  await applyMetricAlarm(clients, RECIPE, OPTIONS);
  const { metricFilters = [] } = await clients.logs.describeMetricFilters({ logGroupName: GROUP });
  expect(metricFilters[0]).toMatchObject({
    filterPattern:
      '{ $.eventName = "GetSecretValue" && $.errorMessage = "*secret because it was marked for deletion*" }',
    metricTransformations: [
      { metricNamespace: 'CloudTrailLogMetrics', metricName: 'AttemptsToAccessDeletedSecrets', metricValue: '1' },
    ],
  });
  const { MetricAlarms = [] } = await clients.cloudwatch.describeAlarms({});
  expect(MetricAlarms).toHaveLength(1);
  expect(MetricAlarms[0]).toMatchObject({
    AlarmName: 'AttemptsToAccessDeletedSecretsAlarm',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    AlarmActions: ['arn:aws:sns:us-east-1:111122223333:secret-events-alarms'],
  });
  const TopicArn = MetricAlarms[0]?.AlarmActions?.[0] ?? '';
  const { Attributes } = await clients.sns.getTopicAttributes({ TopicArn });
  const [statement] = JSON.parse(Attributes?.['Policy'] ?? '{}').Statement;
  expect(statement).toMatchObject({
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  });
});

test('a dry run lists the same and changes nothing', async () => {
  const clients = whole();
  const planned = await applyMetricAlarm(clients, RECIPE, { ...OPTIONS, dryRun: true });
  expect(writes()).toEqual([]);
  expect(await applyMetricAlarm(clients, RECIPE, OPTIONS)).toEqual(planned);
  const removed = await removeMetricAlarm(clients, RECIPE, { logGroup: GROUP, topic: true, dryRun: true });
  expect(await removeMetricAlarm(clients, RECIPE, { logGroup: GROUP, topic: true })).toEqual(removed);
});

test('what has become different is put right, and nothing else', async () => {
  const clients = whole();
  await applyMetricAlarm(clients, RECIPE, OPTIONS);
  const changed = { ...OPTIONS, emails: [...OPTIONS.emails, 'new@example.com'], threshold: { count: 5 } };
  const changes = (await applyMetricAlarm(clients, RECIPE, changed)).filter(({ action }) => action !== 'keep');
  expect(said(changes)).toEqual([
    'create subscription new@example.com',
    'update alarm AttemptsToAccessDeletedSecretsAlarm',
  ]);
});

test('a topic that exists is used, and never taken away', async () => {
  const clients = whole();
  const { TopicArn = '' } = await clients.sns.createTopic({ Name: 'ours' });
  const changes = await applyMetricAlarm(clients, RECIPE, { logGroup: GROUP, topicArn: TopicArn });
  expect(said(changes)[0]).toBe('create metric-filter AttemptsToAccessDeletedSecrets');
  await removeMetricAlarm(clients, RECIPE, { logGroup: GROUP, topic: true });
  expect((await clients.sns.listTopics({})).Topics).toEqual([{ TopicArn }]);
});

test('a prefix keeps two of one recipe apart', async () => {
  const clients = whole();
  await applyMetricAlarm(clients, RECIPE, { ...OPTIONS, prefix: 'a' });
  await applyMetricAlarm(clients, RECIPE, { ...OPTIONS, prefix: 'b' });
  await removeMetricAlarm(clients, RECIPE, { logGroup: GROUP, prefix: 'a', topic: true });
  const { MetricAlarms = [] } = await clients.cloudwatch.describeAlarms({});
  expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).toEqual(['b-AttemptsToAccessDeletedSecretsAlarm']);
});

test('charges have no metric filter and need no log group', async () => {
  const clients = whole();
  const changes = await applyMetricAlarm(clients, findRecipe('estimated-charges'), { emails: ['a@example.com'] });
  expect(changes.some(({ resource }) => resource === 'metric-filter')).toBe(false);
  const { MetricAlarms = [] } = await clients.cloudwatch.describeAlarms({});
  expect(MetricAlarms[0]).toMatchObject({ Namespace: 'AWS/Billing', Statistic: 'Maximum', Threshold: 50 });
  expect(await applyMetricAlarm(clients, findRecipe('estimated-charges'), { emails: ['a@example.com'] })).toEqual(
    changes.map((change) => ({ ...change, action: 'keep' })),
  );
});

describe('refusals', () => {
  test.each([
    ['SNS', 'ListTopics', 'access-denied', 'permission-denied'],
    ['CloudWatch Logs', 'PutMetricFilter', 'access-denied', 'permission-denied'],
    ['CloudWatch', 'PutMetricAlarm', 'expired-token', 'unauthenticated'],
    ['CloudWatch, for its rate', 'DescribeAlarms', 'throttle', 'rate-limited'],
    ['SNS, since it fails', 'CreateTopic', 'server-error', 'unavailable'],
  ] as const)('of %s have their code and name the operation', async (_, operation, kind, code) => {
    server.fault({ kind, operation, times: 1 });
    const error = await applyMetricAlarm(whole(), RECIPE, OPTIONS).catch((thrown: unknown) => thrown);
    expect(AuditError.is(error) && [error.code, error.message.split(':')[0]]).toEqual([code, operation]);
    expect(AuditError.is(error) && error.cause).toBeInstanceOf(Error);
  });

  test('of a log group that is not there', async () => {
    const options = { ...OPTIONS, logGroup: 'nowhere' };
    const error = await applyMetricAlarm(whole(), RECIPE, options).catch((thrown: unknown) => thrown);
    expect(AuditError.is(error) && error.code).toBe('not-found');
  });

  test('of our own come before anything is asked', async () => {
    const clients = whole();
    const bad = [
      { ...OPTIONS, emails: ['nobody'] },
      { ...OPTIONS, logGroup: 'a b' },
      { logGroup: GROUP },
      { ...OPTIONS, prefix: '$' },
    ];
    for (const options of bad) {
      const error = await applyMetricAlarm(clients, RECIPE, options).catch((thrown: unknown) => thrown);
      expect(AuditError.is(error) && error.code).toBe('invalid-argument');
    }
    expect(server.requests).toEqual([]);
  });
});
