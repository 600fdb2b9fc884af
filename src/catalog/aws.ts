/**
 * AWS Secrets Manager as CloudTrail records it: 23 API operations and 14 events of the service itself.
 *
 * Names and meanings: Secrets Manager User Guide, `cloudtrail_log_entries`. `readOnly`: EventBridge User Guide,
 * `eb-service-management-event-list`. Access levels: Service Authorization Reference; where it gives several, the
 * stricter one. `since`: first version of botocore, or of the page, that shows the name.
 *
 * @module
 */
import { defineEvents, type EntryFields, namesOf } from './define.ts';

const RECORDED = {
  provider: 'aws',
  service: 'secretsmanager.amazonaws.com',
  status: 'current',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html',
} as const;
const API = { ...RECORDED, kind: 'api' } as const;
const SERVICE = { ...RECORDED, kind: 'service' } as const;

/** CloudTrail records an operation under its own name. */
function operations<const Operations extends Readonly<Record<string, EntryFields<typeof API>>>>(entries: Operations) {
  const named: Record<string, object> = {};
  for (const operation in entries) named[operation] = { operation, ...entries[operation] };
  return defineEvents(
    API,
    named as { readonly [Name in keyof Operations & string]: Operations[Name] & { readonly operation: Name } },
  );
}

export const AWS_API_EVENTS = operations({
  BatchGetSecretValue: {
    action: 'secret.read',
    title: 'Reads the values of several secrets in one call.',
    resource: 'secret',
    readOnly: true,
    access: 'Read',
    since: '2023-11-27',
    note: 'Each secret that was read is also recorded as a GetSecretValue event: do not count reads twice. readOnly rests on published samples. An older page gives the access level List.',
  },
  CancelRotateSecret: {
    action: 'rotation.cancel',
    title: 'Turns automatic rotation off and cancels a rotation in progress.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
  },
  CreateSecret: {
    action: 'secret.create',
    title: 'Creates a secret, with its first value if one is given.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
    note: 'Can also order replicas (addReplicaRegions).',
  },
  DeleteResourcePolicy: {
    action: 'policy.delete',
    title: 'Removes the resource policy of a secret.',
    resource: 'policy',
    readOnly: false,
    access: 'Permissions management',
  },
  DeleteSecret: {
    action: 'secret.delete',
    title: 'Schedules a secret for deletion, or deletes it at once.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
    note: 'RestoreSecret undoes it during the recovery window, unless forceDeleteWithoutRecovery was set.',
  },
  DescribeSecret: {
    action: 'secret.describe',
    title: 'Shows the metadata of a secret, not its value.',
    resource: 'secret',
    readOnly: true,
    access: 'Read',
    since: '2018-04-04',
  },
  GetRandomPassword: {
    action: 'password.generate',
    title: 'Generates a random password. No secret is touched.',
    resource: 'none',
    readOnly: true,
    access: 'Read',
    since: '2018-04-04',
  },
  GetResourcePolicy: {
    action: 'policy.read',
    title: 'Reads the resource policy of a secret.',
    resource: 'policy',
    readOnly: true,
    access: 'Read',
  },
  GetSecretValue: {
    action: 'secret.read',
    title: 'Reads the value of a secret.',
    resource: 'secret',
    readOnly: true,
    access: 'Read',
    since: '2018-04-04',
    note: 'Also recorded once for each secret that a BatchGetSecretValue call reads.',
  },
  ListSecretVersionIds: {
    action: 'version.list',
    title: 'Lists the versions of a secret.',
    resource: 'version',
    readOnly: true,
    access: 'Read',
    since: '2018-04-04',
  },
  ListSecrets: {
    action: 'secret.list',
    title: 'Lists secrets, without their values.',
    resource: 'secret',
    readOnly: true,
    access: 'List',
    since: '2018-04-04',
  },
  PutResourcePolicy: {
    action: 'policy.update',
    title: 'Attaches a resource policy to a secret, or replaces it.',
    resource: 'policy',
    readOnly: false,
    access: 'Permissions management',
  },
  PutSecretValue: {
    action: 'secret.write',
    title: 'Stores a new value in a new version of a secret.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
  },
  RemoveRegionsFromReplication: {
    action: 'replication.remove',
    title: 'Deletes the replicas of a secret in some Regions.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2021-03-03',
  },
  ReplicateSecretToRegions: {
    action: 'replication.request',
    title: 'Orders replicas of a secret in other Regions.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2021-03-03',
  },
  RestoreSecret: {
    action: 'secret.restore',
    title: 'Cancels the scheduled deletion of a secret.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
  },
  RotateSecret: {
    action: 'rotation.request',
    title: 'Configures rotation and, unless told otherwise, orders one at once.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
    note: 'The order, not its end: see RotationStarted, RotationSucceeded, RotationFailed and RotationAbandoned.',
  },
  StopReplicationToReplica: {
    action: 'replication.detach',
    title: 'Turns a replica into a secret of its own.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2021-03-03',
    note: 'Called, and recorded, in the Region of the replica.',
  },
  TagResource: {
    action: 'secret.update',
    title: 'Adds tags to a secret.',
    resource: 'secret',
    readOnly: false,
    access: 'Tagging',
    since: '2018-04-04',
    note: 'Tags can decide who has access, where policies test them.',
  },
  UntagResource: {
    action: 'secret.update',
    title: 'Removes tags from a secret.',
    resource: 'secret',
    readOnly: false,
    access: 'Tagging',
    since: '2018-04-04',
    note: 'Tags can decide who has access, where policies test them.',
  },
  UpdateSecret: {
    action: 'secret.update',
    title: 'Changes the description, the key, the type or the value of a secret.',
    resource: 'secret',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
    note: 'May store a new value, as PutSecretValue does.',
  },
  UpdateSecretVersionStage: {
    action: 'version.label',
    title: 'Moves a staging label between versions of a secret.',
    resource: 'version',
    readOnly: false,
    access: 'Write',
    since: '2018-04-04',
    note: 'Moving AWSCURRENT changes the value that readers get.',
  },
  ValidateResourcePolicy: {
    action: 'policy.validate',
    title: 'Checks whether a resource policy would open a secret to the public.',
    resource: 'policy',
    readOnly: true,
    access: 'Permissions management',
    since: '2020-07-09',
    note: 'Read-only in CloudTrail, although IAM counts it as permissions management.',
  },
});

export const AWS_SERVICE_EVENTS = defineEvents(SERVICE, {
  CancelSecretVersionDelete: {
    action: 'version.restore',
    title: 'A version was saved from deletion because its secret was restored.',
    resource: 'version',
    outcome: 'success',
    since: '2021-07-01',
    note: 'One for each version that RestoreSecret brings back.',
  },
  EndSecretVersionDelete: {
    action: 'version.delete',
    title: 'A version of a secret is deleted.',
    resource: 'version',
    outcome: 'success',
    since: '2021-07-01',
  },
  ReplicationFailed: {
    action: 'replication.fail',
    title: 'A secret could not be replicated.',
    resource: 'secret',
    outcome: 'failure',
    note: 'Not in the text of June 2023; the exact date and readOnly are unverified.',
  },
  ReplicationStarted: {
    action: 'replication.start',
    title: 'The replication of a secret has started.',
    resource: 'secret',
    outcome: 'pending',
    note: 'Not in the text of June 2023; the exact date and readOnly are unverified.',
  },
  ReplicationSucceeded: {
    action: 'replication.succeed',
    title: 'A secret was replicated.',
    resource: 'secret',
    outcome: 'success',
    note: 'Not in the text of June 2023; the exact date and readOnly are unverified.',
  },
  RotationAbandoned: {
    action: 'rotation.abandon',
    title: 'A rotation was given up: its AWSPENDING label was removed.',
    resource: 'secret',
    outcome: 'failure',
    since: '2020-07-17',
    note: 'The attempt did not finish because a new version was made meanwhile; the secret does have a new value.',
  },
  RotationFailed: {
    action: 'rotation.fail',
    title: 'A rotation failed.',
    resource: 'secret',
    readOnly: false,
    outcome: 'failure',
    note: 'The published sample has an errorMessage without an errorCode.',
  },
  RotationStarted: {
    action: 'rotation.start',
    title: 'A rotation has started.',
    resource: 'secret',
    outcome: 'pending',
  },
  RotationSucceeded: {
    action: 'rotation.succeed',
    title: 'A secret was rotated.',
    resource: 'secret',
    readOnly: false,
    outcome: 'success',
  },
  SecretVersionDeletion: {
    action: 'version.delete',
    title: 'The service removed a deprecated version of a secret.',
    resource: 'version',
    outcome: 'success',
    note: 'Not in the text of June 2023; the exact date and readOnly are unverified.',
  },
  StartSecretVersionDelete: {
    action: 'version.delete',
    title: 'The deletion of a version has started.',
    resource: 'version',
    outcome: 'pending',
    since: '2021-07-01',
  },
  TestRotationFailed: {
    action: 'rotation.test',
    title: 'The test of a rotation failed.',
    resource: 'secret',
    outcome: 'failure',
    since: '2022-10-05',
    note: 'A secret is tested when its rotation is not scheduled to run at once.',
  },
  TestRotationStarted: {
    action: 'rotation.test',
    title: 'The test of a rotation has started.',
    resource: 'secret',
    outcome: 'pending',
    since: '2022-10-05',
    note: 'A secret is tested when its rotation is not scheduled to run at once.',
  },
  TestRotationSucceeded: {
    action: 'rotation.test',
    title: 'The test of a rotation succeeded.',
    resource: 'secret',
    outcome: 'success',
    since: '2022-10-05',
    note: 'A secret is tested when its rotation is not scheduled to run at once.',
  },
});

export const AWS_EVENTS = { ...AWS_API_EVENTS, ...AWS_SERVICE_EVENTS };

/**
 * The 37 `eventName`s of AWS Secrets Manager in CloudTrail: 23 API operations and 14 events of the service itself.
 * A constant object with a union type of the same name, so it reads like an enum and is plain strings.
 *
 * Source: Secrets Manager User Guide, `cloudtrail_log_entries`.
 */
export const AwsEventName = namesOf(AWS_EVENTS);
/** One of the 37 `eventName`s of AWS Secrets Manager in CloudTrail. */
export type AwsEventName = (typeof AwsEventName)[keyof typeof AwsEventName];
