/** Alarms put into an account by code, for people without a pipeline of templates. */
import type { SendClient } from '../../providers/aws/ports.ts';
import { type AlarmTuning, type MetricPlan, metricPlanOf } from '../aws/metric-plan.ts';
import { type AlarmReceivers, checkReceivers } from '../aws/topic.ts';
import { checkLogGroup } from '../checks.ts';
import type { AlarmRecipe } from '../recipe.ts';
import { applyAlarm, removeAlarm } from './alarm.ts';
import { alarmClient, metricFilterClient, topicClient } from './clients.ts';
import { applyFilters, removeFilters } from './filters.ts';
import type { AlarmClient, MetricFilterClient, TopicClient } from './ports.ts';
import { applyTopic, removeTopic } from './topic.ts';

/** The clients of the three services: the SDK's own, whole (`CloudWatch`) or bare (`CloudWatchClient`), or what answers like them. */
export interface MetricAlarmClients {
  readonly logs: MetricFilterClient | SendClient;
  readonly cloudwatch: AlarmClient | SendClient;
  readonly sns: TopicClient | SendClient;
}

/** What is applied beside the recipe. */
export interface ApplyOptions extends AlarmReceivers, AlarmTuning {
  /** The name of the log group that the trail delivers to; it has to exist. Recipes of charges need none. */
  readonly logGroup?: string;
  /** Changes nothing, and lists what would change. */
  readonly dryRun?: boolean;
}

/** What is taken away. */
export interface RemoveOptions {
  readonly logGroup?: string;
  /** As it was applied with. */
  readonly prefix?: string;
  /** The topic as well, with its subscriptions; other alarms of this package may use it. */
  readonly topic?: boolean;
  readonly dryRun?: boolean;
}

/** One thing that was changed, or would be. */
export interface AlarmChange {
  /** `keep`: it is as it should be. */
  readonly action: 'create' | 'update' | 'keep' | 'delete';
  readonly resource: 'topic' | 'topic-policy' | 'subscription' | 'metric-filter' | 'alarm';
  readonly name: string;
}

/** How a change is made, unless it is only to be listed. @internal */
export type Change = (change: AlarmChange, make: () => Promise<unknown>) => Promise<void>;

/**
 * Puts a recipe into an account: a topic with its subscriptions (unless `topicArn` names one), metric filters, and the
 * alarm. What is there and right is kept, so it can run as often as one likes. The topic that it makes lets only
 * CloudWatch's alarms of the account publish; it is encrypted when `kmsKeyArn` is given, since a key of one's own takes
 * another service.
 *
 * It needs `logs:DescribeMetricFilters`, `logs:PutMetricFilter`, `cloudwatch:DescribeAlarms`,
 * `cloudwatch:PutMetricAlarm`, and of SNS `ListTopics`, `CreateTopic`, `GetTopicAttributes`, `SetTopicAttributes`,
 * `ListSubscriptionsByTopic`, `Subscribe`.
 *
 * @returns What was changed or kept, in the order it was done; with `dryRun` what would be.
 * @throws AuditError `invalid-argument` and `unsupported` as `toCloudFormation`, before anything is asked; else what AWS
 * says, with the operation: `permission-denied`, `not-found` for the log group, and so on.
 * @example
 * ```ts
 * import type { MetricAlarmClients } from 'secret-events/alarms';
 * import { applyMetricAlarm, findRecipe } from 'secret-events/alarms';
 *
 * // new CloudWatchLogs({}), new CloudWatch({}), new SNS({}) of the AWS SDK
 * declare const clients: MetricAlarmClients;
 * const options = { logGroup: 'CloudTrail/logs', emails: ['security@example.com'], dryRun: true };
 * for (const { action, resource, name } of await applyMetricAlarm(clients, findRecipe('access-denied'), options)) {
 *   console.log(action, resource, name);
 * }
 * ```
 */
export async function applyMetricAlarm(
  clients: MetricAlarmClients,
  recipe: AlarmRecipe,
  options: ApplyOptions,
): Promise<readonly AlarmChange[]> {
  checkReceivers(options);
  const plan = planOf(recipe, options);
  const [logs, cloudwatch, sns] = await whole(clients);
  const { changes, change } = changesOf(options.dryRun);
  const topicArn = await applyTopic(sns, options, change);
  await applyFilters(logs, plan, options.logGroup ?? '', change);
  await applyAlarm(cloudwatch, plan, topicArn, change);
  return changes;
}

/**
 * Takes away what `applyMetricAlarm` put into an account; what is not there is no error. The topic stays unless asked for.
 *
 * It needs `logs:DescribeMetricFilters`, `logs:DeleteMetricFilter`, `cloudwatch:DescribeAlarms`,
 * `cloudwatch:DeleteAlarms`, and for the topic `sns:ListTopics` and `sns:DeleteTopic`.
 *
 * @throws AuditError as `applyMetricAlarm`.
 * @example
 * ```ts
 * import { findRecipe, type MetricAlarmClients, removeMetricAlarm } from 'secret-events/alarms';
 *
 * declare const clients: MetricAlarmClients;
 * await removeMetricAlarm(clients, findRecipe('access-denied'), { logGroup: 'CloudTrail/logs' });
 * ```
 */
export async function removeMetricAlarm(
  clients: MetricAlarmClients,
  recipe: AlarmRecipe,
  options: RemoveOptions,
): Promise<readonly AlarmChange[]> {
  const plan = planOf(recipe, options);
  const [logs, cloudwatch, sns] = await whole(clients);
  const { changes, change } = changesOf(options.dryRun);
  await removeAlarm(cloudwatch, plan, change);
  await removeFilters(logs, plan, options.logGroup ?? '', change);
  if (options.topic) await removeTopic(sns, options, change);
  return changes;
}

function planOf(recipe: AlarmRecipe, options: AlarmTuning & { readonly logGroup?: string }): MetricPlan {
  const plan = metricPlanOf(recipe, options);
  if (plan.filters.length > 0) checkLogGroup(options.logGroup);
  return plan;
}

function whole({ logs, cloudwatch, sns }: MetricAlarmClients) {
  return Promise.all([metricFilterClient(logs), alarmClient(cloudwatch), topicClient(sns)]);
}

function changesOf(dryRun = false): { readonly changes: readonly AlarmChange[]; readonly change: Change } {
  const changes: AlarmChange[] = [];
  const change: Change = async (one, make) => {
    if (!dryRun && one.action !== 'keep') await make();
    changes.push(one);
  };
  return { changes, change };
}
