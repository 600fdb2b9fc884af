/** The operations that are simulated, by the name that ends `X-Amz-Target`. */
import type { Answer, Backend, Call } from './backend.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { lookupEvents } from './lookup-events.ts';
import { testMetricFilter } from './metric-filters.ts';

/** An operation that the server answers. */
export type AwsOperation =
  | 'LookupEvents'
  | 'FilterLogEvents'
  | 'StartQuery'
  | 'GetQueryResults'
  | 'StopQuery'
  | 'StartLiveTail'
  | 'TestMetricFilter'
  | 'PutMetricFilter'
  | 'DescribeMetricFilters'
  | 'DeleteMetricFilter'
  | 'PutMetricAlarm'
  | 'DescribeAlarms'
  | 'DeleteAlarms'
  | 'CreateTopic'
  | 'ListTopics'
  | 'GetTopicAttributes'
  | 'SetTopicAttributes'
  | 'Subscribe'
  | 'ListSubscriptionsByTopic'
  | 'DeleteTopic';

/** What a signature is made for. @internal */
export type AwsService = 'cloudtrail' | 'logs' | 'monitoring' | 'sns';

interface Operation {
  /** What the signature has to be made for. */
  readonly service: AwsService;
  run(call: Call, backend: Backend): Answer;
}

/** @internal */
export const OPERATIONS: Readonly<Record<AwsOperation, Operation>> = {
  LookupEvents: { service: 'cloudtrail', run: lookupEvents },
  FilterLogEvents: { service: 'logs', run: filterLogEvents },
  StartQuery: { service: 'logs', run: (call, backend) => backend.queries.start(call, backend) },
  GetQueryResults: { service: 'logs', run: (call, backend) => backend.queries.results(call, backend) },
  StopQuery: { service: 'logs', run: (call, backend) => backend.queries.stop(call) },
  StartLiveTail: { service: 'logs', run: (call, backend) => backend.liveTail.start(call, backend) },
  TestMetricFilter: { service: 'logs', run: testMetricFilter },
  PutMetricFilter: { service: 'logs', run: (call, backend) => backend.metricFilters.put(call, backend) },
  DescribeMetricFilters: { service: 'logs', run: (call, backend) => backend.metricFilters.describe(call, backend) },
  DeleteMetricFilter: { service: 'logs', run: (call, backend) => backend.metricFilters.delete(call, backend) },
  PutMetricAlarm: { service: 'monitoring', run: (call, backend) => backend.alarms.put(call) },
  DescribeAlarms: { service: 'monitoring', run: (call, backend) => backend.alarms.describe(call) },
  DeleteAlarms: { service: 'monitoring', run: (call, backend) => backend.alarms.delete(call) },
  CreateTopic: { service: 'sns', run: (call, backend) => backend.topics.create(call) },
  ListTopics: { service: 'sns', run: (call, backend) => backend.topics.list(call) },
  GetTopicAttributes: { service: 'sns', run: (call, backend) => backend.topics.attributes(call) },
  SetTopicAttributes: { service: 'sns', run: (call, backend) => backend.topics.setAttribute(call) },
  Subscribe: { service: 'sns', run: (call, backend) => backend.topics.subscribe(call) },
  ListSubscriptionsByTopic: { service: 'sns', run: (call, backend) => backend.topics.listSubscriptions(call) },
  DeleteTopic: { service: 'sns', run: (call, backend) => backend.topics.delete(call) },
};

/** @internal */
export function isOperation(name: string): name is AwsOperation {
  return Object.hasOwn(OPERATIONS, name);
}
