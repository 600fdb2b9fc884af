/** Recipes as a CloudFormation template: metric filters, alarms, and one topic for all of them. */
import { AuditError } from '../../model/error.ts';
import { checkLogGroup } from '../checks.ts';
import { type AlarmRecipe, isEventRecipe } from '../recipe.ts';
import { type AlarmTuning, type MetricPlan, metricPlanOf } from './metric-plan.ts';
import { arnOf, type CfnValue, type CloudFormationTemplate, type Resources, ref, templateOf } from './template.ts';
import { type AlarmReceivers, checkReceivers, topicOf } from './topic.ts';
import { type TrailOptions, trailResources } from './trail.ts';

/** What alarms on metrics take beside the recipe. */
export interface MetricAlarmOptions extends AlarmReceivers, AlarmTuning {
  /** The name of the log group that the trail delivers to; it has to exist. Recipes of charges need none. */
  readonly logGroup?: string;
  /** Makes the trail as well, with a log group of its own, in place of {@link MetricAlarmOptions.logGroup}. */
  readonly trail?: TrailOptions;
}

/**
 * One or several recipes as a CloudFormation template: for each a metric filter, a metric and an alarm, for all of them
 * one encrypted topic with its subscriptions. It needs a trail that delivers to the log group. The same input gives the
 * same template, to the letter.
 *
 * Sources: Secrets Manager User Guide, `monitoring_cloudwatch_deleted-secrets`; CloudTrail User Guide,
 * `cloudwatch-alarms-for-cloudtrail`; CloudFormation's resource reference.
 *
 * @throws AuditError `invalid-argument` for a recipe, an e-mail address, a log group or another option that AWS would
 * refuse; `unsupported` for a recipe without events of AWS, and for one whose pattern is beyond a limit, which it names.
 * @example
 * ```ts
 * import { findRecipe, toCloudFormation } from 'secret-events/alarms';
 *
 * const template = toCloudFormation(findRecipe('pending-deletion-access'), {
 *   logGroup: 'CloudTrail/MyCloudWatchLogGroup',
 *   emails: ['security@example.com'],
 * });
 * console.log(JSON.stringify(template, undefined, 2));
 * ```
 */
export function toCloudFormation(
  recipes: AlarmRecipe | readonly AlarmRecipe[],
  options: MetricAlarmOptions,
): CloudFormationTemplate {
  const list: readonly AlarmRecipe[] = Array.isArray(recipes) ? recipes : [recipes as AlarmRecipe];
  checkReceivers(options);
  const plans = list.map((recipe) => metricPlanOf(recipe, options));
  checkDistinct(plans);
  const trail = options.trail && trailResources(options.trail);
  if (trail === undefined && list.some(isEventRecipe)) checkLogGroup(options.logGroup);
  const logGroup: CfnValue = trail === undefined ? (options.logGroup ?? '') : ref(trail.logGroup);
  const title = plans.length === 1 ? (list[0]?.title ?? '') : `Alarms on secrets (${plans.length})`;
  const sources = plans.map(({ id }) => arnOf(alarmId(id)));
  const { topic, resources } = topicOf('AlarmTopic', title, options, { service: 'cloudwatch.amazonaws.com', sources });
  const alarms = plans.map((plan) => alarmResources(plan, logGroup, topic));
  return templateOf(title, Object.assign({}, trail?.resources, resources, ...alarms));
}

const alarmId = (id: string) => `${id}Alarm`;

/** Two recipes of one name would be one resource. */
function checkDistinct(plans: readonly MetricPlan[]): void {
  if (plans.length === 0) throw new AuditError('invalid-argument', 'a template needs at least one recipe');
  const twice = plans.find(({ id }, i) => plans.findIndex((plan) => plan.id === id) < i);
  if (twice) throw new AuditError('invalid-argument', `the recipe ${twice.id} is given twice; give one another name`);
}

function alarmResources({ id, filters, metric, alarm }: MetricPlan, logGroup: CfnValue, topic: CfnValue): Resources {
  const { namespace, name, dimensions } = metric;
  const resources: Record<string, Resources[string]> = {};
  filters.forEach((filter, i) => {
    resources[`${id}Filter${i === 0 ? '' : i + 1}`] = {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        FilterName: filter.name,
        LogGroupName: logGroup,
        FilterPattern: filter.pattern,
        MetricTransformations: [{ MetricNamespace: namespace, MetricName: name, MetricValue: '1' }],
      },
    };
  });
  resources[alarmId(id)] = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: alarm.name,
      AlarmDescription: alarm.description,
      Namespace: namespace,
      MetricName: name,
      ...(dimensions.length > 0 && { Dimensions: dimensions.map((one) => ({ Name: one.name, Value: one.value })) }),
      Statistic: alarm.statistic,
      Period: alarm.period,
      EvaluationPeriods: 1,
      Threshold: alarm.threshold,
      ComparisonOperator: alarm.comparison,
      // Quiet hours bring no data, and are no reason for "insufficient data".
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic],
    },
  };
  return resources;
}
