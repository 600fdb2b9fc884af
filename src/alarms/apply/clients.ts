/** The vendor's clients: the caller's own, whole or bare, or the SDK's, loaded when it is needed and not before. */
import { type AwsConnection, isSend, load, send, settings } from '../../providers/aws/clients.ts';
import type { SendClient } from '../../providers/aws/ports.ts';
import type { AlarmClient, MetricFilterClient, TestFilterClient, TopicClient } from './ports.ts';

const WHAT = 'an alarm';
const logsSdk = () => load('@aws-sdk/client-cloudwatch-logs', () => import('@aws-sdk/client-cloudwatch-logs'), WHAT);

/** @internal */
export async function metricFilterClient(client: MetricFilterClient | SendClient): Promise<MetricFilterClient> {
  if (!isBare(client)) return client;
  const sdk = await logsSdk();
  return {
    describeMetricFilters: (input) => send(client, new sdk.DescribeMetricFiltersCommand(input)),
    putMetricFilter: (input) => send(client, new sdk.PutMetricFilterCommand(input)),
    deleteMetricFilter: (input) => send(client, new sdk.DeleteMetricFilterCommand(input)),
  };
}

/** @internal */
export async function alarmClient(client: AlarmClient | SendClient): Promise<AlarmClient> {
  if (!isBare(client)) return client;
  const sdk = await load('@aws-sdk/client-cloudwatch', () => import('@aws-sdk/client-cloudwatch'), WHAT);
  return {
    describeAlarms: (input) => send(client, new sdk.DescribeAlarmsCommand(input)),
    putMetricAlarm: (input) => send(client, new sdk.PutMetricAlarmCommand(input)),
    deleteAlarms: (input) => send(client, new sdk.DeleteAlarmsCommand(input)),
  };
}

/** @internal */
export async function topicClient(client: TopicClient | SendClient): Promise<TopicClient> {
  if (!isBare(client)) return client;
  const sdk = await load('@aws-sdk/client-sns', () => import('@aws-sdk/client-sns'), WHAT);
  return {
    listTopics: (input) => send(client, new sdk.ListTopicsCommand(input)),
    createTopic: (input) => send(client, new sdk.CreateTopicCommand(input)),
    getTopicAttributes: (input) => send(client, new sdk.GetTopicAttributesCommand(input)),
    setTopicAttributes: (input) => send(client, new sdk.SetTopicAttributesCommand(input)),
    listSubscriptionsByTopic: (input) => send(client, new sdk.ListSubscriptionsByTopicCommand(input)),
    subscribe: (input) => send(client, new sdk.SubscribeCommand(input)),
    deleteTopic: (input) => send(client, new sdk.DeleteTopicCommand(input)),
  };
}

/** @internal */
export async function testFilterClient(
  connection: AwsConnection,
  client?: TestFilterClient,
): Promise<TestFilterClient> {
  if (client) return client;
  const sdk = await logsSdk();
  // Here the SDK repeats what was one request too many; there is no pace to keep.
  const config = { maxAttempts: 5, ...connection.config };
  const sender = new sdk.CloudWatchLogsClient(settings({ ...connection, config }));
  return { testMetricFilter: (input) => send(sender, new sdk.TestMetricFilterCommand(input)) };
}

/** A client that only sends commands. The SDK's whole clients send as well, so this asks for what they have beside it. */
function isBare(client: object): client is SendClient {
  const whole = ['putMetricFilter', 'putMetricAlarm', 'createTopic'].some((method) => method in client);
  return !whole && isSend(client);
}
