/** The alarm itself, in an account. */
import type { MetricPlan } from '../aws/metric-plan.ts';
import type { Change } from './apply.ts';
import { called } from './call.ts';
import type { AlarmClient, AlarmFacts, PutAlarmInput } from './ports.ts';

/** @internal */
export async function applyAlarm(
  cloudwatch: AlarmClient,
  { metric, alarm }: MetricPlan,
  topicArn: string,
  change: Change,
): Promise<void> {
  const input: PutAlarmInput = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    Namespace: metric.namespace,
    MetricName: metric.name,
    Dimensions: metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    Statistic: alarm.statistic,
    Period: alarm.period,
    EvaluationPeriods: 1,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: 'notBreaching',
    AlarmActions: [topicArn],
  };
  const found = await find(cloudwatch, alarm.name);
  const action = found === undefined ? 'create' : isSame(found, input) ? 'keep' : 'update';
  await change({ action, resource: 'alarm', name: alarm.name }, () =>
    called('PutMetricAlarm', () => cloudwatch.putMetricAlarm(input)),
  );
}

/** @internal */
export async function removeAlarm(cloudwatch: AlarmClient, { alarm }: MetricPlan, change: Change): Promise<void> {
  if ((await find(cloudwatch, alarm.name)) === undefined) return;
  await change({ action: 'delete', resource: 'alarm', name: alarm.name }, () =>
    called('DeleteAlarms', () => cloudwatch.deleteAlarms({ AlarmNames: [alarm.name] })),
  );
}

async function find(cloudwatch: AlarmClient, name: string): Promise<AlarmFacts | undefined> {
  const { MetricAlarms = [] } = await called('DescribeAlarms', () => cloudwatch.describeAlarms({ AlarmNames: [name] }));
  return MetricAlarms.find(({ AlarmName }) => AlarmName === name);
}

/** Whether the members that are put are there; CloudWatch has more of its own. */
function isSame(found: AlarmFacts, wanted: AlarmFacts): boolean {
  return Object.entries(wanted).every(
    ([member, value]) => text(found[member as keyof AlarmFacts]) === text(value as AlarmFacts[keyof AlarmFacts]),
  );
}

function text(value: AlarmFacts[keyof AlarmFacts]): string {
  if (!Array.isArray(value)) return JSON.stringify(value ?? []);
  const items = value.map((item) => (typeof item === 'object' ? JSON.stringify([item.Name, item.Value]) : item));
  return JSON.stringify(items.sort());
}
