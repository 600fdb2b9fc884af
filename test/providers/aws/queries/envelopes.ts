/** What EventBridge puts around records (EventBridge User Guide, `eb-service-event-cloudtrail`). */
import fc from 'fast-check';

type Json = Record<string, unknown>;

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
  AwsConsoleSignIn: 'AWS Console Signin via CloudTrail',
  AwsVpceEvents: 'AWS Network Activity Event via CloudTrail',
};

export function envelopeOf(record: Json): Json {
  return {
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': DETAIL_TYPES[String(record['eventType'])] ?? 'AWS API Call via CloudTrail',
    source: `aws.${String(record['eventSource']).split('.')[0]}`,
    account: '123456789012',
    time: record['eventTime'],
    region: record['awsRegion'],
    resources: [],
    detail: record,
  };
}

/** Secrets Manager's own event (Secrets Manager User Guide, `event-detail-secret-label-updated-secretsmanager`). */
export function labelUpdated(): fc.Arbitrary<Json> {
  const name = fc.constantFrom('prod/db', 'prod/db2', 'dev', 'x/y-z');
  return fc
    .tuple(name, fc.constantFrom('AWSCURRENT', 'blue'), fc.constantFrom('EXAMPLE1-90ab-cdef', 'AWSPENDING'))
    .map(([secret, label, version]) => ({
      version: '0',
      id: '11111111-1111-1111-1111-111111111111',
      'detail-type': 'Secret Label Updated',
      source: 'aws.secretsmanager',
      account: '123456789012',
      time: '2026-11-20T12:00:00Z',
      region: 'us-east-1',
      resources: [`arn:aws:secretsmanager:us-east-1:123456789012:secret:${secret}-a1B2c3`],
      detail: { name: secret, labelUpdated: label, versionId: version },
    }));
}
