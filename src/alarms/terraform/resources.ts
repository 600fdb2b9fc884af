/** Each type of resource that templates here have, as resources of Terraform's provider `hashicorp/aws`. */
import type { CfnProperties, CfnValue, Resources } from '../aws/template.ts';
import { snake, type TfArguments, type TfResource, type TfValue } from './template.ts';
import { documentOf, termOf } from './values.ts';

/** One resource with what is around it. */
interface Source {
  readonly id: string;
  readonly properties: CfnProperties;
  readonly resources: Resources;
}

type Convert = (source: Source) => readonly TfResource[];

/** Properties under other names: `[property, argument]`; those that a resource does not have are left out. */
type Names = readonly (readonly [property: string, argument: string])[];

function renamed({ properties, resources }: Source, names: Names): TfArguments {
  return Object.fromEntries(
    names.flatMap(([property, argument]) => {
      const value = properties[property];
      return value === undefined ? [] : [[argument, termOf(value, resources)]];
    }),
  );
}

const simple =
  (type: string, names: Names, more: (source: Source) => TfArguments = () => ({})): Convert =>
  (source) => [{ type, name: snake(source.id), arguments: { ...renamed(source, names), ...more(source) } }];

const first = (value: CfnValue | undefined): CfnProperties =>
  (Array.isArray(value) ? value[0] : value) as CfnProperties;
const list = (value: CfnValue | undefined) => (value ?? []) as readonly CfnProperties[];

/** @internal */
export const CONVERT: Readonly<Record<string, Convert>> = {
  'AWS::Logs::MetricFilter': simple(
    'aws_cloudwatch_log_metric_filter',
    [
      ['FilterName', 'name'],
      ['LogGroupName', 'log_group_name'],
      ['FilterPattern', 'pattern'],
    ],
    ({ properties, resources, id }) => ({
      metric_transformation: renamed({ id, resources, properties: first(properties['MetricTransformations']) }, [
        ['MetricNamespace', 'namespace'],
        ['MetricName', 'name'],
        ['MetricValue', 'value'],
      ]),
    }),
  ),
  'AWS::CloudWatch::Alarm': simple(
    'aws_cloudwatch_metric_alarm',
    [
      ['AlarmName', 'alarm_name'],
      ['AlarmDescription', 'alarm_description'],
      ['Namespace', 'namespace'],
      ['MetricName', 'metric_name'],
      ['Statistic', 'statistic'],
      ['Period', 'period'],
      ['EvaluationPeriods', 'evaluation_periods'],
      ['Threshold', 'threshold'],
      ['ComparisonOperator', 'comparison_operator'],
      ['TreatMissingData', 'treat_missing_data'],
      ['AlarmActions', 'alarm_actions'],
    ],
    ({ properties, resources }) => {
      const dimensions = list(properties['Dimensions']).map(({ Name, Value }) => [
        Name,
        termOf(Value ?? '', resources),
      ]);
      return dimensions.length === 0 ? {} : { dimensions: Object.fromEntries(dimensions) as TfArguments };
    },
  ),
  'AWS::SNS::Topic': simple('aws_sns_topic', [
    ['DisplayName', 'display_name'],
    ['KmsMasterKeyId', 'kms_master_key_id'],
  ]),
  'AWS::SNS::TopicPolicy': simple('aws_sns_topic_policy', [], ({ properties, resources }) => ({
    arn: termOf(first(properties['Topics']), resources),
    policy: documentOf(properties['PolicyDocument'], resources),
  })),
  'AWS::SNS::Subscription': simple('aws_sns_topic_subscription', [
    ['TopicArn', 'topic_arn'],
    ['Protocol', 'protocol'],
    ['Endpoint', 'endpoint'],
  ]),
  'AWS::KMS::Key': simple(
    'aws_kms_key',
    [
      ['Description', 'description'],
      ['EnableKeyRotation', 'enable_key_rotation'],
    ],
    ({ properties, resources }) => ({ policy: documentOf(properties['KeyPolicy'], resources) }),
  ),
  'AWS::Events::Rule': (source) => {
    const { id, properties, resources } = source;
    const rule = `aws_cloudwatch_event_rule.${snake(id)}.name`;
    const targets = list(properties['Targets']).map(({ Id, Arn }) => ({
      type: 'aws_cloudwatch_event_target',
      name: `${snake(id)}_${snake(String(Id))}`,
      arguments: { rule: `\${${rule}}`, target_id: String(Id), arn: termOf(Arn ?? '', resources) },
    }));
    const whole = simple(
      'aws_cloudwatch_event_rule',
      [
        ['Name', 'name'],
        ['Description', 'description'],
        ['State', 'state'],
      ],
      () => ({ event_pattern: documentOf(properties['EventPattern'], resources) }),
    );
    return [...whole(source), ...targets];
  },
  'AWS::Lambda::Permission': simple('aws_lambda_permission', [
    ['FunctionName', 'function_name'],
    ['Action', 'action'],
    ['Principal', 'principal'],
    ['SourceArn', 'source_arn'],
  ]),
  'AWS::SQS::Queue': simple('aws_sqs_queue', [
    ['SqsManagedSseEnabled', 'sqs_managed_sse_enabled'],
    ['MessageRetentionPeriod', 'message_retention_seconds'],
  ]),
  'AWS::SQS::QueuePolicy': simple('aws_sqs_queue_policy', [], ({ properties, resources }) => ({
    queue_url: termOf(first(properties['Queues']), resources),
    policy: documentOf(properties['PolicyDocument'], resources),
  })),
  'AWS::Logs::LogGroup': simple('aws_cloudwatch_log_group', [
    ['LogGroupName', 'name'],
    ['RetentionInDays', 'retention_in_days'],
  ]),
  'AWS::IAM::Role': (source) => {
    const { id, properties, resources } = source;
    const role = `\${aws_iam_role.${snake(id)}.name}`;
    return [
      {
        type: 'aws_iam_role',
        name: snake(id),
        arguments: { assume_role_policy: documentOf(properties['AssumeRolePolicyDocument'], resources) },
      },
      ...list(properties['Policies']).map(({ PolicyName, PolicyDocument }) => ({
        type: 'aws_iam_role_policy',
        name: snake(`${id}${PolicyName}`),
        arguments: { name: String(PolicyName), role, policy: documentOf(PolicyDocument, resources) },
      })),
      ...((properties['ManagedPolicyArns'] ?? []) as readonly CfnValue[]).map((arn, i) => ({
        type: 'aws_iam_role_policy_attachment',
        name: `${snake(id)}_${i + 1}`,
        arguments: { role, policy_arn: termOf(arn, resources) },
      })),
    ];
  },
  'AWS::S3::Bucket': ({ id, properties, resources }) => {
    const name = snake(id);
    const bucket = `\${aws_s3_bucket.${name}.id}`;
    const about = (type: string, args: TfArguments) => ({ type, name, arguments: { bucket, ...args } });
    const inner = (property: string) =>
      termOf(properties[property] ?? {}, resources) as Readonly<Record<string, TfValue>>;
    const block = inner('PublicAccessBlockConfiguration');
    return [
      // The bucket holds evidence.
      { type: 'aws_s3_bucket', name, arguments: { lifecycle: { prevent_destroy: true } } },
      about('aws_s3_bucket_public_access_block', {
        block_public_acls: block['BlockPublicAcls'] ?? true,
        block_public_policy: block['BlockPublicPolicy'] ?? true,
        ignore_public_acls: block['IgnorePublicAcls'] ?? true,
        restrict_public_buckets: block['RestrictPublicBuckets'] ?? true,
      }),
      about('aws_s3_bucket_server_side_encryption_configuration', {
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
      }),
      about('aws_s3_bucket_ownership_controls', { rule: { object_ownership: 'BucketOwnerEnforced' } }),
      about('aws_s3_bucket_versioning', { versioning_configuration: { status: 'Enabled' } }),
    ];
  },
  'AWS::S3::BucketPolicy': simple('aws_s3_bucket_policy', [['Bucket', 'bucket']], ({ properties, resources }) => ({
    policy: documentOf(properties['PolicyDocument'], resources),
  })),
  'AWS::CloudTrail::Trail': simple('aws_cloudtrail', [
    ['TrailName', 'name'],
    ['S3BucketName', 's3_bucket_name'],
    ['IsLogging', 'enable_logging'],
    ['IsMultiRegionTrail', 'is_multi_region_trail'],
    ['IncludeGlobalServiceEvents', 'include_global_service_events'],
    ['EnableLogFileValidation', 'enable_log_file_validation'],
    ['IsOrganizationTrail', 'is_organization_trail'],
    ['CloudWatchLogsLogGroupArn', 'cloud_watch_logs_group_arn'],
    ['CloudWatchLogsRoleArn', 'cloud_watch_logs_role_arn'],
    ['SnsTopicName', 'sns_topic_name'],
  ]),
  'AWS::Config::ConfigRule': simple(
    'aws_config_config_rule',
    [
      ['ConfigRuleName', 'name'],
      ['Description', 'description'],
    ],
    ({ properties, resources }) => {
      const { Owner, SourceIdentifier } = properties['Source'] as CfnProperties;
      const { ComplianceResourceTypes } = properties['Scope'] as CfnProperties;
      const input = properties['InputParameters'];
      return {
        scope: { compliance_resource_types: termOf(ComplianceResourceTypes ?? [], resources) },
        source: { owner: String(Owner), source_identifier: String(SourceIdentifier) },
        ...(input !== undefined && { input_parameters: documentOf(input, resources) }),
      };
    },
  ),
  'AWS::Config::ConfigurationAggregator': simple(
    'aws_config_configuration_aggregator',
    [['ConfigurationAggregatorName', 'name']],
    ({ properties, resources }) => {
      const { AccountAggregationSources: accounts, OrganizationAggregationSource: organisation } = properties;
      const words = (value: CfnProperties): TfArguments =>
        Object.fromEntries(
          Object.entries(value).map(([key, item]) => [
            key === 'AllAwsRegions' ? 'all_regions' : snake(key),
            termOf(item, resources),
          ]),
        );
      return {
        ...(accounts !== undefined && { account_aggregation_source: words(first(accounts)) }),
        ...(organisation !== undefined && { organization_aggregation_source: words(first(organisation)) }),
      };
    },
  ),
  'AWS::SecurityHub::Hub': simple('aws_securityhub_account', [['EnableDefaultStandards', 'enable_default_standards']]),
  'AWS::SecurityHub::Standard': simple('aws_securityhub_standards_subscription', [['StandardsArn', 'standards_arn']]),
};
