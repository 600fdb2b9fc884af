/** Events of every shape that the two clouds write, by name. */
import type { AuditEvent } from '../../src/model/event.ts';
import type { JsonObject } from '../../src/model/record.ts';
import { decodeCloudTrail, decodeEventBridge } from '../../src/providers/aws/index.ts';
import { decodeActivityEvent, decodeEventNotification } from '../../src/providers/ibm/index.ts';
import { fixture as awsFixture, record as awsRecord, without } from '../providers/aws/fixture.ts';
import { fixture as ibmFixture } from '../providers/ibm/fixture.ts';

const inLogFile = (name: string) =>
  (awsFixture('log-file')['Records'] as JsonObject[]).find(({ eventName }) => eventName === name);
const aws = (fields: JsonObject) => decodeCloudTrail(awsRecord({ eventID: 'shape', ...fields }));
const ibm = (fields: JsonObject) => decodeActivityEvent({ ...ibmFixture('secret-read'), ...fields });
const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret';

export const AWS_SHAPES: Readonly<Record<string, AuditEvent>> = {
  'every-field': decodeCloudTrail(awsFixture('full-record')),
  'rotation-failed': decodeCloudTrail(awsFixture('rotation-failed')),
  create: decodeCloudTrail(inLogFile('CreateSecret')),
  delete: decodeCloudTrail(inLogFile('DeleteSecret')),
  list: decodeCloudTrail(inLogFile('ListSecrets')),
  denied: decodeCloudTrail(inLogFile('GetSecretValue')),
  'version-deleted': decodeCloudTrail(inLogFile('EndSecretVersionDelete')),
  'console-login': decodeCloudTrail(inLogFile('ConsoleLogin')),
  'other-service': decodeCloudTrail(inLogFile('Decrypt')),
  'label-updated': decodeEventBridge(awsFixture('eventbridge-label-updated')),
  batch: aws({
    eventName: 'BatchGetSecretValue',
    requestParameters: { secretIdList: [`${ARN}:prod/a-AbCdEf`, 'prod/b'] },
    requestID: 'request-1',
    userIdentity: { type: 'Root', principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root' },
    sourceIPAddress: 'AWS Internal/7',
  }),
  'identity-center': aws({
    userIdentity: {
      type: 'IdentityCenterUser',
      accountId: '111122223333',
      onBehalfOf: { userId: 'user-1', identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1' },
      credentialId: 'credential-1',
    },
    recipientAccountId: '444455556666',
  }),
  'web-identity': aws({
    userIdentity: {
      type: 'WebIdentityUser',
      principalId: 'accounts.example.com:app:user',
      userName: 'user',
      identityProvider: 'accounts.example.com',
      sessionContext: { webIdFederationData: { federatedProvider: 'other.example.com', attributes: { aud: 'app' } } },
    },
  }),
  'aws-service': aws({
    userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
    sourceIPAddress: 'lambda.amazonaws.com',
    userAgent: 'lambda.amazonaws.com',
    resources: [{ ARN: `${ARN}:x-AbCdEf`, accountId: '111122223333', type: 'AWS::SecretsManager::Secret' }],
  }),
  'bare-and-unknown': aws({ eventName: 'ExplainSecretToAuditors' }),
  // A request without an id, and members of types that nobody expects.
  odd: aws({
    userIdentity: 'nobody',
    requestParameters: { secretId: 'prod/db' },
    requestID: 12,
    resources: ['not an object', { ARN: `${ARN}:y-AbCdEf`, ARNPrefix: 'prefix' }],
    tlsDetails: { clientProvidedHostHeader: 7, tlsVersion: 'TLSv1.2' },
    sourceIPAddress: '300.1.2.3',
    errorMessage: 'something is wrong',
    readOnly: 'perhaps',
  }),
};

const [noticeOfExpiry] = decodeEventNotification(ibmFixture('notification')) as [AuditEvent];

export const IBM_SHAPES: Readonly<Record<string, AuditEvent>> = {
  read: decodeActivityEvent(ibmFixture('secret-read')),
  denied: decodeActivityEvent(ibmFixture('secret-read-denied')),
  list: decodeActivityEvent(ibmFixture('secrets-list')),
  legacy: decodeActivityEvent(ibmFixture('legacy')),
  wrapped: decodeActivityEvent(ibmFixture('wrapped')),
  vault: decodeActivityEvent(ibmFixture('vault-read')),
  notice: noticeOfExpiry,
  unknown: ibm({ action: 'secrets-manager.secret.explain', severity: 'odd' }),
  pending: ibm({ outcome: 'pending', action: 'secrets-manager.secret.create', reason: { reasonCode: 202 } }),
  'no-initiator': decodeActivityEvent(without(ibmFixture('secret-read'), 'initiator', 'severity')),
  'time-zone': ibm({ eventTime: '2026-03-04T05:06:07.89-0530', correlationId: '' }),
  'by-service': ibm({
    initiator: { id: 'crn-crn:v1:bluemix:public:containers-kubernetes:us-south:a/1a:c1::', host: { address: '' } },
  }),
  // As the Secrets Manager API tells it.
  derived: {
    ...{ provider: 'ibm', id: 'sha256:1', service: 'secrets-manager', name: 'secrets-manager.secret.create' },
    ...{ action: 'secret.create', kind: 'api', time: new Date('2026-01-02T03:04:05.678Z'), outcome: 'success' },
    ...{ denied: false, derived: true, actor: { id: 'IBMid-1' }, origin: {}, source: 'ibm.history', account: '1a' },
    secret: { id: 'crn:v1:bluemix:public:secrets-manager:us-south:a/1a:2b:secret:3c', name: 'db', group: 'default' },
    raw: { crn: 'crn:v1:bluemix:public:secrets-manager:us-south:a/1a:2b:secret:3c', action: 7, created_by: 'IBMid-1' },
  },
  odd: ibm({
    correlationId: 5,
    initiator: { name: '', authnName: 'bot', authnId: 'iam-1', typeURI: 'service/security/clientid', host: 'x' },
    target: { id: 'crn:v1:x', name: 5 },
    reason: { reasonCode: '404', reasonType: 'Not Found', reasonForFailure: 'no such secret' },
    outcome: 'Failure',
    responseData: 'text',
  }),
};

export const SHAPES: readonly (readonly [string, AuditEvent])[] = [
  ...Object.entries(AWS_SHAPES).map(([name, event]) => [`aws-${name}`, event] as const),
  ...Object.entries(IBM_SHAPES).map(([name, event]) => [`ibm-${name}`, event] as const),
];
