/** The trail that alarms rest on: its bucket, its log group, and what lets CloudTrail write to both. */
import { AuditError } from '../../model/error.ts';
import { checkEmails, shown, wholeNumber } from '../checks.ts';
import {
  arnOf,
  type CfnProperties,
  type CloudFormationTemplate,
  policyOf,
  type Resources,
  ref,
  sub,
  templateOf,
} from './template.ts';
import { topicOf } from './topic.ts';

/** How the trail is made. */
export interface TrailOptions {
  /** Of the trail; its log group is named after it. At most 80 letters, digits, dots, dashes and underscores. */
  readonly name: string;
  /** `false`: only the Region that the template is deployed in. All Regions by default. */
  readonly multiRegion?: boolean;
  /** The id of an organisation (`o-exampleorgid`): the trail is then that of all its accounts. Deploy it in the management account. */
  readonly organizationId?: string;
  /** How many days the log group keeps what it gets; 90 by default. */
  readonly retentionDays?: number;
  /** Who is told by e-mail of each new log file in the bucket. Many: a file comes every few minutes. */
  readonly fileNotices?: readonly string[];
}

/** Source: CloudWatch Logs API Reference, `API_PutRetentionPolicy`. */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * A trail as a CloudFormation template: an S3 bucket that only this trail may write to, a log group with a role, and the
 * trail, for all Regions unless told otherwise. The bucket stays when the stack is deleted: it holds evidence.
 *
 * Sources: CloudTrail User Guide, `create-s3-bucket-policy-for-cloudtrail`,
 * `cloudtrail-required-policy-for-cloudwatch-logs`, `cloudtrail-permissions-for-sns-notifications`.
 *
 * @throws AuditError `invalid-argument` for a name, organisation, retention or e-mail address that AWS would refuse.
 * @example
 * ```ts
 * import { toTrailTemplate, toYaml } from 'secret-events/alarms';
 *
 * console.log(toYaml(toTrailTemplate({ name: 'secrets-trail', retentionDays: 365 })));
 * ```
 */
export function toTrailTemplate(options: TrailOptions): CloudFormationTemplate {
  const { resources, logGroup } = trailResources(options);
  return {
    ...templateOf('A trail with a bucket and a log group, for alarms on secrets.', resources),
    Outputs: {
      LogGroupName: { Description: 'What alarms take as their log group.', Value: ref(logGroup) },
      BucketName: { Description: 'Where the log files are.', Value: ref('TrailBucket') },
    },
  };
}

/** @internal */
export function trailResources(options: TrailOptions): { readonly resources: Resources; readonly logGroup: string } {
  check(options);
  const { name, multiRegion = true, organizationId, retentionDays = 90, fileNotices = [] } = options;
  const trailArn = sub(`arn:\${AWS::Partition}:cloudtrail:\${AWS::Region}:\${AWS::AccountId}:trail/${name}`);
  const notices = noticesOf(fileNotices, trailArn);
  const resources: Resources = {
    ...notices,
    TrailBucket: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    },
    TrailBucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: ref('TrailBucket'), PolicyDocument: bucketPolicy(trailArn, organizationId) },
    },
    TrailLogGroup: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: `CloudTrail/${name}`, RetentionInDays: retentionDays },
    },
    TrailRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: policyOf([
          {
            Sid: 'CloudTrail',
            Effect: 'Allow',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
          },
        ]),
        Policies: [{ PolicyName: 'WriteToLogGroup', PolicyDocument: rolePolicy(name, organizationId) }],
      },
    },
    Trail: {
      Type: 'AWS::CloudTrail::Trail',
      DependsOn: ['TrailBucketPolicy', ...(fileNotices.length > 0 ? ['TrailTopicPolicy'] : [])],
      Properties: {
        TrailName: name,
        S3BucketName: ref('TrailBucket'),
        IsLogging: true,
        IsMultiRegionTrail: multiRegion,
        IncludeGlobalServiceEvents: multiRegion,
        EnableLogFileValidation: true,
        ...(organizationId !== undefined && { IsOrganizationTrail: true }),
        CloudWatchLogsLogGroupArn: arnOf('TrailLogGroup'),
        CloudWatchLogsRoleArn: arnOf('TrailRole'),
        ...(fileNotices.length > 0 && { SnsTopicName: ref('TrailTopic') }),
      },
    },
  };
  return { resources, logGroup: 'TrailLogGroup' };
}

function noticesOf(emails: readonly string[], trailArn: CfnProperties): Resources {
  if (emails.length === 0) return {};
  const publisher = { service: 'cloudtrail.amazonaws.com', sources: [trailArn] } as const;
  return topicOf('TrailTopic', 'New log files of CloudTrail', { emails }, publisher).resources;
}

function bucketPolicy(trailArn: CfnProperties, organizationId: string | undefined): CfnProperties {
  const principal = { Service: 'cloudtrail.amazonaws.com' };
  const folders = [`\${AWS::AccountId}`, ...(organizationId === undefined ? [] : [organizationId])];
  return policyOf([
    {
      Sid: 'CheckAcl',
      Effect: 'Allow',
      Principal: principal,
      Action: 's3:GetBucketAcl',
      Resource: arnOf('TrailBucket'),
      Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
    },
    {
      Sid: 'Write',
      Effect: 'Allow',
      Principal: principal,
      Action: 's3:PutObject',
      Resource: folders.map((folder) => sub(`\${TrailBucket.Arn}/AWSLogs/${folder}/*`)),
      Condition: {
        StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trailArn },
      },
    },
  ]);
}

/** Only the streams that CloudTrail makes: one for the account and Region or, of an organisation, one for each of its accounts. */
function rolePolicy(name: string, organizationId: string | undefined): CfnProperties {
  const group = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:CloudTrail/${name}:log-stream`;
  const streams = [`\${AWS::AccountId}_CloudTrail_\${AWS::Region}*`];
  if (organizationId !== undefined) streams.push(`${organizationId}_*`);
  return policyOf([
    {
      Sid: 'Streams',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: streams.map((stream) => sub(`${group}:${stream}`)),
    },
  ]);
}

function check({ name, organizationId, retentionDays = 90, fileNotices = [] }: TrailOptions): void {
  const refuse = (message: string) => new AuditError('invalid-argument', message);
  // Source: CloudTrail User Guide, `cloudtrail-trail-naming-requirements`.
  if (typeof name !== 'string' || !/^[A-Za-z0-9](?:[._-]?[A-Za-z0-9]){2,79}$/.test(name) || name.length > 80) {
    throw refuse(
      `CloudTrail refuses the trail name ${shown(name)}; it takes 3 to 80 letters, digits and single . - _, the first and the last a letter or digit`,
    );
  }
  if (organizationId !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
    throw refuse(`organizationId: ${shown(organizationId)} is no id of an organisation; write it like o-exampleorgid`);
  }
  wholeNumber('retentionDays', retentionDays, 1, 3653);
  if (!RETENTIONS.includes(retentionDays)) {
    throw refuse(`retentionDays: CloudWatch Logs knows no ${retentionDays} days; it takes ${RETENTIONS.join(', ')}`);
  }
  checkEmails(fileNotices);
}
