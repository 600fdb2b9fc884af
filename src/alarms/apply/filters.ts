/** The metric filters of an alarm, in an account. */
import type { MetricPlan } from '../aws/metric-plan.ts';
import type { Change } from './apply.ts';
import { called } from './call.ts';
import type { MetricFilterClient, MetricFilterFacts } from './ports.ts';

/** @internal */
export async function applyFilters(
  logs: MetricFilterClient,
  { filters, metric }: MetricPlan,
  logGroupName: string,
  change: Change,
): Promise<void> {
  for (const { name, pattern } of filters) {
    const input = {
      logGroupName,
      filterName: name,
      filterPattern: pattern,
      metricTransformations: [{ metricNamespace: metric.namespace, metricName: metric.name, metricValue: '1' }],
    };
    const found = await find(logs, logGroupName, name);
    const action = found === undefined ? 'create' : isSame(found, input) ? 'keep' : 'update';
    await change({ action, resource: 'metric-filter', name }, () =>
      called('PutMetricFilter', () => logs.putMetricFilter(input)),
    );
  }
}

/** @internal */
export async function removeFilters(
  logs: MetricFilterClient,
  { filters }: MetricPlan,
  logGroupName: string,
  change: Change,
): Promise<void> {
  for (const { name: filterName } of filters) {
    if ((await find(logs, logGroupName, filterName)) === undefined) continue;
    await change({ action: 'delete', resource: 'metric-filter', name: filterName }, () =>
      called('DeleteMetricFilter', () => logs.deleteMetricFilter({ logGroupName, filterName })),
    );
  }
}

async function find(
  logs: MetricFilterClient,
  logGroupName: string,
  filterNamePrefix: string,
): Promise<MetricFilterFacts | undefined> {
  let nextToken: string | undefined;
  do {
    const input = { logGroupName, filterNamePrefix, ...(nextToken !== undefined && { nextToken }) };
    const page = await called('DescribeMetricFilters', () => logs.describeMetricFilters(input));
    const found = page.metricFilters?.find(({ filterName }) => filterName === filterNamePrefix);
    if (found) return found;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return undefined;
}

function isSame(found: MetricFilterFacts, wanted: Required<MetricFilterFacts>): boolean {
  const facts = ({ filterPattern, metricTransformations = [] }: MetricFilterFacts) =>
    JSON.stringify([
      filterPattern,
      metricTransformations?.map(({ metricNamespace, metricName, metricValue }) => [
        metricNamespace,
        metricName,
        metricValue,
      ]),
    ]);
  return facts(found) === facts(wanted);
}
