/**
 * Records to try the recipes on: for each, some that set it off and some that must not. They are made up after the
 * documentation's examples and after public reports; no account is behind them.
 */
import type { Provider } from '../catalog/entry.ts';
import type { JsonObject } from '../model/record.ts';
import type { AlarmName } from './recipes.ts';

/** A record, and whether it fits the recipe. */
export interface AlarmExample {
  readonly provider: Provider;
  readonly fits: boolean;
  /** As the cloud writes it. */
  readonly record: JsonObject;
}

const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db/orders-a1B2c3';
const ROLE = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:i-0abc',
  arn: 'arn:aws:sts::111122223333:assumed-role/app-server/i-0abc',
  accountId: '111122223333',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROAEXAMPLE',
      arn: 'arn:aws:iam::111122223333:role/app-server',
      accountId: '111122223333',
      userName: 'app-server',
    },
  },
};
const ROOT = {
  type: 'Root',
  principalId: '111122223333',
  arn: 'arn:aws:iam::111122223333:root',
  accountId: '111122223333',
};

let made = 0;
const eventId = () => `c0ffee00-0000-4000-8000-${String(++made).padStart(12, '0')}`;

function aws(fits: boolean, eventName: string, more: JsonObject = {}): AlarmExample {
  const reads = /^(?:Get|Batch|List|Describe)/.test(eventName);
  const record = {
    eventVersion: '1.11',
    userIdentity: ROLE,
    eventTime: '2026-11-20T12:00:00Z',
    eventSource: 'secretsmanager.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.1',
    userAgent: 'aws-sdk-js/3.1169.0',
    requestParameters: { secretId: ARN },
    responseElements: null,
    readOnly: reads,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    eventID: eventId(),
    ...more,
  };
  return { provider: 'aws', fits, record };
}

/** What the service does by itself. */
function service(fits: boolean, eventName: string, more: JsonObject = {}): AlarmExample {
  return aws(fits, eventName, {
    userIdentity: { accountId: '111122223333', invokedBy: 'secretsmanager.amazonaws.com' },
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    requestParameters: null,
    additionalEventData: { SecretId: ARN },
    readOnly: false,
    eventType: 'AwsServiceEvent',
    ...more,
  });
}

const CRN = 'crn:v1:bluemix:public:secrets-manager:us-south:a/0a1b2c3d4e5f:5f7e0000-0000-4000-8000-000000000001';

function ibm(fits: boolean, action: string, reasonCode = 200, more: JsonObject = {}): AlarmExample {
  const failed = reasonCode >= 400;
  const record = {
    eventTime: '2026-11-20T12:00:00.00+0000',
    action: `secrets-manager.${action}`,
    outcome: failed ? 'failure' : 'success',
    severity: failed ? 'critical' : 'normal',
    initiator: {
      id: 'iam-ServiceId-1111',
      name: 'app-server',
      typeURI: 'service/security/account/serviceid',
      credential: { type: 'apikey' },
      host: { address: '192.0.2.7', addressType: 'IPv4' },
    },
    target: { id: `${CRN}:secret:9d3a0000`, name: 'orders-db', typeURI: 'secrets-manager/secret' },
    reason: { reasonCode, reasonType: REASONS[reasonCode] ?? 'OK' },
    logSourceCRN: `${CRN}::`,
    message: `Secrets Manager: ${action}${failed ? ' -failure' : ''}`,
    observer: { name: 'ActivityTracker' },
    correlationId: eventId(),
    ...more,
  };
  return { provider: 'ibm', fits, record };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
};

const DENIED = {
  errorCode: 'AccessDeniedException',
  errorMessage: 'User: app-server is not authorized to perform: secretsmanager:GetSecretValue',
};
const NOT_FOUND = {
  errorCode: 'ResourceNotFoundException',
  errorMessage: "Secrets Manager can't find the specified secret.",
};
const pending = (errorMessage: string) => ({ errorCode: 'InvalidRequestException', errorMessage });
const STRAIGHT = "You can't perform this operation on the secret because it was marked for deletion.";
const CURLY = 'You can\u2019t perform this operation on the secret because it was marked for deletion.';

const EXAMPLES: Readonly<Record<string, readonly AlarmExample[]>> = {
  'pending-deletion-access': [
    aws(true, 'GetSecretValue', pending(STRAIGHT)),
    aws(true, 'GetSecretValue', pending(CURLY)),
    aws(true, 'GetSecretValue', pending("You can't perform this operation on the secret because it was deleted.")),
    aws(true, 'GetSecretValue', pending('You can\u2019t perform this operation on the secret because it was deleted.')),
    aws(false, 'GetSecretValue'),
    aws(false, 'GetSecretValue', NOT_FOUND),
    aws(false, 'PutSecretValue', pending(STRAIGHT)),
    aws(false, 'GetSecretValue', pending("You can't perform this operation on the secret because it is a replica.")),
  ],
  'access-denied': [
    aws(true, 'GetSecretValue', DENIED),
    aws(true, 'DeleteSecret', { ...DENIED, errorCode: 'AccessDenied' }),
    aws(false, 'GetSecretValue'),
    aws(false, 'GetSecretValue', NOT_FOUND),
    aws(false, 'Decrypt', { ...DENIED, eventSource: 'kms.amazonaws.com' }),
    ibm(true, 'secret.read', 403),
    ibm(true, 'secret.delete', 401),
    ibm(false, 'secret.read', 404),
    ibm(false, 'secret.read'),
  ],
  'secret-created': [
    aws(true, 'CreateSecret', { requestParameters: { name: 'prod/db/orders' }, readOnly: false }),
    aws(false, 'CreateSecret', DENIED),
    aws(false, 'PutSecretValue'),
    ibm(true, 'secret.create', 201),
    ibm(false, 'secret.create', 409),
    ibm(false, 'secret-version.create', 201),
  ],
  'secret-deleted': [
    aws(true, 'DeleteSecret', { requestParameters: { secretId: ARN, recoveryWindowInDays: 7 } }),
    aws(true, 'DeleteSecret', { requestParameters: { secretId: ARN, forceDeleteWithoutRecovery: true } }),
    aws(false, 'DeleteSecret', DENIED),
    aws(false, 'RestoreSecret'),
    ibm(true, 'secret.delete', 204),
    ibm(false, 'secret.delete', 403),
    ibm(false, 'secret-group.delete', 204),
  ],
  'version-deleted': [
    service(true, 'EndSecretVersionDelete'),
    service(true, 'SecretVersionDeletion'),
    service(false, 'StartSecretVersionDelete'),
    service(false, 'CancelSecretVersionDelete'),
    ibm(true, 'secret-version-data.delete', 204),
    ibm(false, 'secret-version-data.delete', 404),
  ],
  'rotation-failed': [
    service(true, 'RotationFailed', { errorMessage: 'The function returned an error.' }),
    service(false, 'RotationSucceeded'),
    service(false, 'TestRotationFailed', { errorMessage: 'The function returned an error.' }),
    ibm(true, 'secret-version.create', 409),
    ibm(false, 'secret-version.create', 201),
  ],
  'rotation-succeeded': [
    service(true, 'RotationSucceeded'),
    service(false, 'RotationFailed'),
    service(false, 'TestRotationSucceeded'),
    ibm(true, 'secret-version.create', 201),
    ibm(false, 'secret-version.create', 409),
  ],
  'deprecated-version-used': [
    aws(true, 'GetSecretValue', { requestParameters: { secretId: ARN, versionStage: 'AWSPREVIOUS' } }),
    aws(false, 'GetSecretValue', { requestParameters: { secretId: ARN, versionStage: 'AWSCURRENT' } }),
    aws(false, 'GetSecretValue'),
    aws(false, 'UpdateSecretVersionStage', { requestParameters: { secretId: ARN, versionStage: 'AWSPREVIOUS' } }),
    ibm(true, 'secret-version.read'),
    ibm(false, 'secret.read'),
  ],
  'policy-changed': [
    aws(true, 'PutResourcePolicy'),
    aws(true, 'DeleteResourcePolicy'),
    aws(false, 'PutResourcePolicy', DENIED),
    aws(false, 'GetResourcePolicy'),
    aws(false, 'PutResourcePolicy', { eventSource: 'bedrock-agentcore.amazonaws.com' }),
  ],
  'replication-failed': [
    service(true, 'ReplicationFailed'),
    service(false, 'ReplicationSucceeded'),
    aws(false, 'ReplicateSecretToRegions'),
  ],
  'bulk-read': [
    ...Array.from({ length: 100 }, () => aws(true, 'GetSecretValue')),
    aws(false, 'BatchGetSecretValue'),
    aws(false, 'GetSecretValue', DENIED),
    ...Array.from({ length: 100 }, () => ibm(true, 'secret.read')),
    ibm(false, 'secrets.list'),
  ],
  'root-or-unusual-actor': [
    aws(true, 'GetSecretValue', { userIdentity: ROOT }),
    aws(true, 'ListSecrets', { userIdentity: ROOT, requestParameters: null }),
    aws(false, 'GetSecretValue'),
    aws(false, 'ListBuckets', { userIdentity: ROOT, eventSource: 's3.amazonaws.com' }),
  ],
};

/**
 * Records that set a recipe of the package off, and records that must not: to see an alarm work before an account is
 * touched. None for a name that is not of the package, and for charges, which no record tells of.
 *
 * @example
 * ```ts
 * import { alarmExamples } from 'secret-events/alarms';
 *
 * for (const { fits, record } of alarmExamples('pending-deletion-access')) console.log(fits, record['errorMessage']);
 * ```
 */
export function alarmExamples(name: AlarmName | (string & Record<never, never>)): readonly AlarmExample[] {
  return Object.hasOwn(EXAMPLES, name) ? (EXAMPLES[name] ?? []) : [];
}
