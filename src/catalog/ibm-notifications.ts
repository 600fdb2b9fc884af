/**
 * What IBM Cloud Secrets Manager pushes to Event Notifications: 20 types. They are notices, not audit records, and
 * cannot be asked for later. They arrive as CloudEvents with these names as `type`, batched every one to two minutes,
 * at most 100 secrets each.
 *
 * Source: IBM's page `event-notifications`, text of 2025-09-19; its descriptions without their opening words.
 *
 * @module
 */
import { defineEvents, namesOf } from './define.ts';

/**
 * How long before its end a secret is reported: the `event_sub_type` of
 * `com.ibm.cloud.secrets-manager.secret_about_to_expire`. One notice for each; `in_0_days` means less than a day.
 *
 * Source: IBM's page `event-notifications`.
 */
export const IbmNotificationSubtype = {
  In0Days: 'in_0_days',
  In10Days: 'in_10_days',
  In1Day: 'in_1_day',
  In30Days: 'in_30_days',
  In60Days: 'in_60_days',
  In90Days: 'in_90_days',
} as const;
/** One of the `event_sub_type`s of a secret that is about to expire. */
export type IbmNotificationSubtype = (typeof IbmNotificationSubtype)[keyof typeof IbmNotificationSubtype];

export const IBM_NOTIFICATIONS = defineEvents(
  {
    provider: 'ibm',
    service: 'secrets-manager',
    kind: 'notification',
    status: 'current',
    since: '2025-09-19',
    source: 'https://cloud.ibm.com/docs/secrets-manager?topic=secrets-manager-event-notifications',
  },
  {
    SecretAboutToExpire: {
      name: 'com.ibm.cloud.secrets-manager.secret_about_to_expire',
      action: 'secret.expire',
      title: 'A secret is 90, 60, 30, 10, 1 or 0 days from expiration.',
      resource: 'secret',
      outcome: 'pending',
      severity: 'high',
      subtypes: Object.values(IbmNotificationSubtype),
      note: 'Sent once for each subtype. Not sent for a certificate that is set to expire in less than 24 hours.',
    },
    SecretCreated: {
      name: 'com.ibm.cloud.secrets-manager.secret_created',
      action: 'secret.create',
      title: 'A secret is added to the instance.',
      resource: 'secret',
      outcome: 'success',
      severity: 'low',
    },
    SecretCreationFailed: {
      name: 'com.ibm.cloud.secrets-manager.secret_creation_failed',
      action: 'secret.create',
      title: 'A request to create a secret fails.',
      resource: 'secret',
      outcome: 'failure',
      severity: 'low',
    },
    SecretDataRemoved: {
      name: 'com.ibm.cloud.secrets-manager.secret_data_removed',
      action: 'version.delete',
      title: "A secret's data is removed.",
      resource: 'secret',
      outcome: 'success',
      severity: 'low',
      note: 'The table by secret type gives this name to the deletion of version data.',
    },
    SecretDeleted: {
      name: 'com.ibm.cloud.secrets-manager.secret_deleted',
      action: 'secret.delete',
      title: 'A secret is deleted from an instance.',
      resource: 'secret',
      outcome: 'success',
      severity: 'low',
    },
    SecretDeletionBlocked: {
      name: 'com.ibm.cloud.secrets-manager.secret_deletion_blocked',
      action: 'secret.delete',
      title: 'A secret is unable to be deleted because it is locked.',
      resource: 'secret',
      outcome: 'failure',
      severity: 'low',
    },
    SecretDeletionFailed: {
      name: 'com.ibm.cloud.secrets-manager.secret_deletion_failed',
      action: 'secret.delete',
      title: 'A request to delete a secret fails.',
      resource: 'secret',
      outcome: 'failure',
      severity: 'high',
      note: 'Missing from the table by secret type.',
    },
    SecretExpirationBlocked: {
      name: 'com.ibm.cloud.secrets-manager.secret_expiration_blocked',
      action: 'secret.expire',
      title: 'A secret is unable to expire because it is locked.',
      resource: 'secret',
      outcome: 'failure',
      severity: 'high',
    },
    SecretExpired: {
      name: 'com.ibm.cloud.secrets-manager.secret_expired',
      action: 'secret.expire',
      title: 'A secret reaches its expiration date and time.',
      resource: 'secret',
      outcome: 'success',
      severity: 'high',
      note: 'Sent daily.',
    },
    SecretRevocationBlocked: {
      name: 'com.ibm.cloud.secrets-manager.secret_revocation_blocked',
      action: 'certificate.revoke',
      title: 'A secret is unable to be revoked because it is locked.',
      resource: 'secret',
      outcome: 'failure',
      severity: 'low',
      note: 'Private certificates only.',
    },
    SecretRevoked: {
      name: 'com.ibm.cloud.secrets-manager.secret_revoked',
      action: 'certificate.revoke',
      title: 'A version of a secret is revoked before it is scheduled to expire.',
      resource: 'version',
      outcome: 'success',
      severity: 'low',
      note: 'Private certificates only.',
    },
    SecretRotated: {
      name: 'com.ibm.cloud.secrets-manager.secret_rotated',
      action: 'rotation.succeed',
      title: 'A secret is rotated and a new version becomes available.',
      resource: 'secret',
      outcome: 'success',
      severity: 'low',
    },
    SecretRotationBlocked: {
      name: 'com.ibm.cloud.secrets-manager.secret_rotation_blocked',
      action: 'rotation.fail',
      title: 'A secret is unable to be rotated because it is locked.',
      resource: 'secret',
      outcome: 'failure',
      severity: 'low',
      note: 'Sent daily while an automatic rotation is blocked.',
    },
    SecretRotationFailed: {
      name: 'com.ibm.cloud.secrets-manager.secret_rotation_failed',
      action: 'rotation.fail',
      title: 'A request to rotate a secret fails.',
      resource: 'secret',
      outcome: 'failure',
      severity: 'high',
    },
    SecretTaskCreated: {
      name: 'com.ibm.cloud.secrets-manager.secret_task_created',
      action: 'task.create',
      title: 'A task is created for a secret.',
      resource: 'task',
      outcome: 'success',
      severity: 'low',
      note: 'The table by secret type gives this name to all four notices on tasks.',
    },
    SecretTaskDeleted: {
      name: 'com.ibm.cloud.secrets-manager.secret_task_deleted',
      action: 'task.delete',
      title: 'A task is deleted.',
      resource: 'task',
      outcome: 'success',
      severity: 'low',
      note: 'The table by secret type names it secret_task_created.',
    },
    SecretTaskFailed: {
      name: 'com.ibm.cloud.secrets-manager.secret_task_failed',
      action: 'task.fail',
      title: 'A task fails.',
      resource: 'task',
      outcome: 'failure',
      severity: 'high',
      note: 'The table by secret type names it secret_task_created.',
    },
    SecretTaskSucceeded: {
      name: 'com.ibm.cloud.secrets-manager.secret_task_succeeded',
      action: 'task.succeed',
      title: 'A task is successfully completed.',
      resource: 'task',
      outcome: 'success',
      severity: 'low',
      note: 'The table by secret type names it secret_task_created.',
    },
    SecretVersionDataDeleted: {
      name: 'com.ibm.cloud.secrets-manager.secret_version_data_deleted',
      action: 'version.delete',
      title: "A secret version's data is deleted.",
      resource: 'version',
      outcome: 'success',
      severity: 'low',
      note: 'The table by secret type names it secret_data_removed.',
    },
    TestEvent: {
      name: 'com.ibm.cloud.secrets-manager.test_event',
      action: 'notification.test',
      title: 'A test notification is forwarded to Event Notifications.',
      resource: 'notification',
      severity: 'low',
    },
  },
);

/**
 * The 20 types of notice that IBM Cloud Secrets Manager sends to Event Notifications, as the CloudEvents `type`.
 * The payload's own `event_type` is the part after the last dot.
 *
 * Source: IBM's page `event-notifications`.
 */
export const IbmNotificationType = namesOf(IBM_NOTIFICATIONS);
/** One of the 20 types of notice that IBM Cloud Secrets Manager sends to Event Notifications. */
export type IbmNotificationType = (typeof IbmNotificationType)[keyof typeof IbmNotificationType];
