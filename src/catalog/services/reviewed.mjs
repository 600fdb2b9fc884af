/**
 * What people decided about the public lists: which event sources are wrong in the models, which names stand in records
 * and in no model, and which of those are nobody's. Each line has its evidence beside it. `renew.mjs` applies them.
 *
 * A source that no record and no page shows is not corrected here, however wrong it looks: it stays what the model says,
 * or it stays unknown.
 */

/** Services whose event source the models leave out, or give wrong or incomplete. `also` keeps the model's own word. */
export const CORRECTIONS = [
  [
    'Account',
    ['account.amazonaws.com', 'billingconsole.amazonaws.com'],
    'records: GetRegionOptStatus under account, GetAlternateContact and GetContactInformation under billingconsole; the model has a placeholder',
  ],
  [
    'ApiGatewayV2',
    ['apigateway.amazonaws.com'],
    'record: CreateRoute under apigateway; API Gateway itself has no such operation',
  ],
  [
    'Application Discovery Service',
    ['discovery.amazonaws.com'],
    'records: DescribeAgents and 4 more, all of them operations of this service alone',
  ],
  [
    'Application Signals',
    ['applicationsignals.amazonaws.com'],
    'record: the one name seen under this source is an operation of this service alone',
  ],
  ['Bedrock', ['bedrock.amazonaws.com'], 'records: ListGuardrails and 7 more that no other model has'],
  [
    'CloudHSM V2',
    ['cloudhsm.amazonaws.com'],
    'record: CreateCluster under cloudhsm; the first CloudHSM has no clusters',
  ],
  [
    'Compute Optimizer',
    ['compute-optimizer.amazonaws.com'],
    'records: GetEnrollmentStatus, an operation of this service alone',
  ],
  [
    'Config Service',
    ['config.amazonaws.com'],
    'records: PutDeliveryChannel and 7 more, all of them operations of this service alone',
  ],
  ['Cost Explorer', ['ce.amazonaws.com'], 'records: GetCostAndUsage and GetCostForecast'],
  ['DevOps Guru', ['devops-guru.amazonaws.com'], 'records: SearchInsights and GetResourceCollection'],
  ['EC2 Instance Connect', ['ec2-instance-connect.amazonaws.com'], 'records: SendSSHPublicKey'],
  ['Elasticsearch Service', ['es.amazonaws.com'], 'records: CreateElasticsearchDomain and 3 more'],
  [
    'Marketplace Agreement',
    ['agreement-marketplace.amazonaws.com'],
    'records: SearchAgreements, an operation of this service alone',
  ],
  [
    'OAM',
    ['oam.amazonaws.com'],
    'record: the one name seen under this source is an operation of this service alone; the model has a placeholder',
  ],
  [
    'ObservabilityAdmin',
    ['observabilityadmin.amazonaws.com'],
    'record: the one name seen under this source is an operation of this service alone',
  ],
  ['OpenSearchServerless', ['aoss.amazonaws.com'], 'records: ListAccessPolicies and ListCollections'],
  [
    'RDS Data',
    ['rdsdata.amazonaws.com', 'rdsdataapi.amazonaws.com'],
    'records: statements under both sources, which carry the name of this service alone',
  ],
  ['Resource Explorer 2', ['resource-explorer-2.amazonaws.com'], 'records: Search and ListIndexes'],
  [
    'RolesAnywhere',
    ['rolesanywhere.amazonaws.com'],
    'records: CreateTrustAnchor and 5 more, all of them operations of this service alone',
  ],
  ['RUM', ['rum.amazonaws.com'], 'records: 4 names under this source, all of them operations of this service alone'],
  ['S3 Control', ['s3.amazonaws.com'], 'records: ListAccessPoints and GetStorageLensConfiguration under s3'],
  ['SESv2', ['ses.amazonaws.com'], 'record: PutAccountDetails under ses, an operation of this service alone'],
  ['SSO OIDC', ['sso.amazonaws.com'], 'record: CreateToken under sso, which SSO itself has not'],
  [
    'Service Catalog AppRegistry',
    ['servicecatalog-appregistry.amazonaws.com'],
    'records: ListApplications under a source with the name of this service',
  ],
  ['WAF Regional', ['waf-regional.amazonaws.com'], 'records: ListIPSets and ListRegexMatchSets'],
  [
    'mq',
    ['amazonmq.amazonaws.com'],
    'records: ListConfigurations and 2 more under a source with the name of this service',
  ],
];

/** Values in the models' field that are no event source: what a build was to replace, and did not. */
export const PLACEHOLDERS = [
  'CLOUDTRAIL_EVENT_SOURCE',
  'CLOUDTRAIL_PLACEHOLDER_REPLACED_BY_CDK',
  'CASCADES_EVENT_SOURCE',
  'EVENT_SOURCE_VALUE',
  'event-source-placeholder',
  '{{CLOUD_TRAIL_EVENT_SOURCE}}',
  // Inspector2. No record with any source of it is public: neither this nor another is confirmed.
  'inspector2.amazon.aws',
];

const SIGN_IN =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html';

/** Names that records or pages have under a source, and no model: [source, name, where it stands]. */
export const ADDITIONS = [
  ['signin.amazonaws.com', 'ConsoleLogin', SIGN_IN],
  ['signin.amazonaws.com', 'SwitchRole', 'public CloudTrail records of 2020 and 2024'],
  [
    'kms.amazonaws.com',
    'RotateKey',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html',
  ],
  [
    'kms.amazonaws.com',
    'SynchronizeMultiRegionKey',
    'https://docs.aws.amazon.com/kms/latest/developerguide/ct-synchronize-multi-region-key.html',
  ],
  // Operations of other services' models, under sources that have no model of their own.
  ['cloudshell.amazonaws.com', 'CreateSession', ''],
  ['sso-directory.amazonaws.com', 'CreateGroup', ''],
];

/** Sources and names in the collected records that no service of AWS writes. */
export const NOT_REAL = [
  ['test.amazonaws.com', '*', 'made for a test of a tool'],
  ['unknown.amazonaws.com', '*', 'made for a test of a tool'],
  ['iam.amazonaws.com', 'NotCreateUser', 'the counterexample of a rule test'],
  ['iam.amazonaws.com', 'DetachUserGroup', 'a rule test; groups are left by RemoveUserFromGroup'],
  ['ec2.amazonaws.com', 'DeleteBucketPublicAccessBlock', 'a rule test; the name is one of S3'],
  ['ec2-instance-connect.amazonaws.com', 'SendSSHPublicKey ', 'a blank at the end, in a document'],
];
