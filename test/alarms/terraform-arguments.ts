/** The arguments of Terraform resources, as the providers document them: only those that are used, kept by hand. */
import type { TerraformConfiguration } from '../../src/alarms/index.ts';

// registry.terraform.io/providers/hashicorp/aws (6.x) and registry.terraform.io/providers/IBM-Cloud/ibm (1.80).
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_metric_filter: ['name', 'log_group_name', 'pattern', 'metric_transformation'],
  aws_cloudwatch_metric_alarm: [
    ...[
      'alarm_name',
      'alarm_description',
      'namespace',
      'metric_name',
      'dimensions',
      'statistic',
      'period',
      'threshold',
    ],
    ...['evaluation_periods', 'comparison_operator', 'treat_missing_data', 'alarm_actions'],
  ],
  aws_sns_topic: ['display_name', 'kms_master_key_id'],
  aws_sns_topic_policy: ['arn', 'policy'],
  aws_sns_topic_subscription: ['topic_arn', 'protocol', 'endpoint'],
  aws_kms_key: ['description', 'enable_key_rotation', 'policy'],
  aws_cloudwatch_event_rule: ['name', 'description', 'event_pattern', 'state'],
  aws_cloudwatch_event_target: ['rule', 'target_id', 'arn'],
  aws_lambda_permission: ['function_name', 'action', 'principal', 'source_arn'],
  aws_sqs_queue: ['sqs_managed_sse_enabled', 'message_retention_seconds'],
  aws_sqs_queue_policy: ['queue_url', 'policy'],
  aws_cloudwatch_log_group: ['name', 'retention_in_days'],
  aws_iam_role: ['assume_role_policy'],
  aws_iam_role_policy: ['name', 'role', 'policy'],
  aws_iam_role_policy_attachment: ['role', 'policy_arn'],
  aws_s3_bucket: ['lifecycle'],
  aws_s3_bucket_public_access_block: [
    ...['bucket', 'block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'],
  ],
  aws_s3_bucket_server_side_encryption_configuration: ['bucket', 'rule'],
  aws_s3_bucket_ownership_controls: ['bucket', 'rule'],
  aws_s3_bucket_versioning: ['bucket', 'versioning_configuration'],
  aws_s3_bucket_policy: ['bucket', 'policy'],
  aws_cloudtrail: [
    ...['name', 's3_bucket_name', 'enable_logging', 'is_multi_region_trail', 'include_global_service_events'],
    ...['enable_log_file_validation', 'is_organization_trail', 'cloud_watch_logs_group_arn'],
    ...['cloud_watch_logs_role_arn', 'sns_topic_name', 'depends_on'],
  ],
  aws_config_config_rule: ['name', 'description', 'scope', 'source', 'input_parameters'],
  aws_config_configuration_aggregator: ['name', 'account_aggregation_source', 'organization_aggregation_source'],
  aws_securityhub_account: ['enable_default_standards'],
  aws_securityhub_standards_subscription: ['standards_arn', 'depends_on'],
  ibm_logs_outgoing_webhook: ['instance_id', 'region', 'name', 'type', 'ibm_event_notifications'],
  ibm_logs_alert_definition: [
    ...['instance_id', 'region', 'name', 'description', 'enabled', 'priority', 'type', 'group_by_keys'],
    ...['incidents_settings', 'notification_group', 'phantom_mode', 'logs_immediate', 'logs_threshold'],
  ],
  ibm_atracker_target: ['name', 'target_type', 'region', 'cloudlogs_endpoint'],
  ibm_atracker_route: ['name', 'rules'],
};

/** Types and arguments that no provider knows. */
export function unknownArguments(resources: TerraformConfiguration['resource']): readonly string[] {
  return Object.entries(resources).flatMap(([type, named]) => {
    const known = ARGUMENTS[type];
    if (known === undefined) return [type];
    return Object.entries(named).flatMap(([name, given]) =>
      Object.keys(given)
        .filter((argument) => !known.includes(argument))
        .map((argument) => `${type}.${name}: ${argument}`),
    );
  });
}
