/**
 * Alarms: what the clouds' guides say should be watched, as recipes, and each cloud's own resources made of them.
 *
 * @module
 */
export type { AwsConnection } from '../providers/aws/clients.ts';
export type { SendClient } from '../providers/aws/ports.ts';
export {
  type AlarmChange,
  type ApplyOptions,
  applyMetricAlarm,
  type MetricAlarmClients,
  type RemoveOptions,
  removeMetricAlarm,
} from './apply/apply.ts';
export { liveTester } from './apply/live.ts';
export type {
  AlarmClient,
  AlarmFacts,
  MetricFilterClient,
  MetricFilterFacts,
  MetricTransformationFacts,
  PutAlarmInput,
  TestFilterClient,
  TopicClient,
} from './apply/ports.ts';
export { type MetricAlarmOptions, toCloudFormation } from './aws/cloudformation.ts';
export { type ConfigRulesOptions, toConfigRules, toSecurityHub } from './aws/config-rules.ts';
export { type EventBridgeOptions, toEventBridge } from './aws/eventbridge.ts';
export type { AlarmTuning } from './aws/metric-plan.ts';
export type { CfnProperties, CfnResource, CfnValue, CloudFormationTemplate } from './aws/template.ts';
export type { AlarmReceivers } from './aws/topic.ts';
export { type TrailOptions, toTrailTemplate } from './aws/trail.ts';
export { toYaml } from './aws/yaml.ts';
export { type AlarmExample, alarmExamples } from './examples.ts';
export {
  type IbmAlertDefinition,
  type IbmAlertOptions,
  type IbmLabelFilter,
  type IbmLogsFilter,
  toIbmAlert,
} from './ibm/alert.ts';
export {
  type IbmRequest,
  type IbmRoutingOptions,
  type IbmWebhookOptions,
  toIbmAlertRequest,
  toIbmRouting,
  toIbmWebhook,
} from './ibm/requests.ts';
export { type RecipeQuery, recipeQueries } from './queries.ts';
export type {
  AlarmRecipe,
  AlarmSeverity,
  AlarmThreshold,
  AnyOfFilters,
  ChargesRecipe,
  EventRecipe,
  RecipeText,
} from './recipe.ts';
export { ALARM_RECIPES, type AlarmName, findRecipe } from './recipes.ts';
export { toTerraform } from './terraform/aws.ts';
export { type IbmTerraformOptions, toIbmTerraform } from './terraform/ibm.ts';
export type { TerraformConfiguration, TfArguments, TfValue } from './terraform/template.ts';
export { type Trial, type TrialAlarm, tryRecipe } from './trial.ts';
export { deprecatedVersionUsed, type UsualActors, unusualActor } from './variants.ts';
