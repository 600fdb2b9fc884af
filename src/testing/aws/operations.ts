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
  | 'DescribeMetricFilters';

interface Operation {
  /** What the signature has to be made for. */
  readonly service: 'cloudtrail' | 'logs';
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
};

/** @internal */
export function isOperation(name: string): name is AwsOperation {
  return Object.hasOwn(OPERATIONS, name);
}
