/** Functions of CloudFormation as expressions of Terraform. */
import type { CfnValue, Resources } from '../aws/template.ts';
import { expression, literal, snake, type TfValue } from './template.ts';

/** What CloudFormation knows without being told. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': 'data.aws_caller_identity.current.account_id',
  'AWS::Partition': 'data.aws_partition.current.partition',
  'AWS::Region': 'data.aws_region.current.region',
};

interface Named {
  readonly type: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** What follows the expression of the ARN. */
  readonly behindArn?: string;
}

/** What a resource that others name is, and what of it they are given. */
const NAMED: Readonly<Record<string, Named>> = {
  'AWS::SNS::Topic': { type: 'aws_sns_topic', ref: 'arn' },
  'AWS::KMS::Key': { type: 'aws_kms_key', ref: 'arn' },
  'AWS::CloudWatch::Alarm': { type: 'aws_cloudwatch_metric_alarm', ref: 'alarm_name' },
  'AWS::Events::Rule': { type: 'aws_cloudwatch_event_rule', ref: 'name' },
  'AWS::SQS::Queue': { type: 'aws_sqs_queue', ref: 'url' },
  // CloudFormation's ARN of a log group has this at its end, and CloudTrail wants it.
  'AWS::Logs::LogGroup': { type: 'aws_cloudwatch_log_group', ref: 'name', behindArn: ':*' },
  'AWS::IAM::Role': { type: 'aws_iam_role', ref: 'name' },
  'AWS::S3::Bucket': { type: 'aws_s3_bucket', ref: 'id' },
};

/** A value of a template made here, in Terraform's words. @internal */
export function termOf(value: CfnValue, resources: Resources): TfValue {
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => termOf(item, resources));
  const map = value as Readonly<Record<string, CfnValue>>;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = map;
  if (typeof ref === 'string') return named(ref, resources);
  if (Array.isArray(attribute)) return named(`${attribute[0]}.Arn`, resources);
  if (typeof text === 'string') return text.replace(/\$\{([\w:.]+)\}/g, (_, name: string) => named(name, resources));
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, termOf(item, resources)]));
}

/** A value as the text of a JSON document, in which expressions still work. @internal */
export function documentOf(value: CfnValue | undefined, resources: Resources): string {
  return JSON.stringify(termOf(value ?? {}, resources));
}

function named(name: string, resources: Resources): string {
  const pseudo = PSEUDO[name];
  if (pseudo !== undefined) return expression(pseudo);
  const [id = '', attribute] = name.split('.');
  const kind = NAMED[resources[id]?.Type ?? ''];
  if (kind === undefined) throw new TypeError(`${name} names no resource that Terraform could be told of`);
  const place = `${kind.type}.${snake(id)}`;
  if (attribute === undefined) return expression(`${place}.${kind.ref}`);
  return `${expression(`${place}.arn`)}${kind.behindArn ?? ''}`;
}
