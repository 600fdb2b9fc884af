/** What an event is in OCSF's four words. */
import type { Action } from '../../catalog/entry.ts';
import type { AuditEvent } from '../../model/event.ts';

/** OCSF's `activity_id` of class 6003: 0 Unknown, 1 Create, 2 Read, 3 Update, 4 Delete, 99 Other. */
export type OcsfActivityId = 0 | 1 | 2 | 3 | 4 | 99;

const CREATE = 1;
const READ = 2;
const UPDATE = 3;
const DELETE = 4;
const OTHER = 99;

/**
 * By the neutral action and never by words in a name: CancelSecretVersionDelete deletes nothing. An order, its start and
 * its end are one activity, and `status_id` tells them apart.
 */
const ACTIVITIES: Readonly<Record<Action, OcsfActivityId>> = {
  'secret.read': READ,
  'secret.describe': READ,
  'secret.list': READ,
  'secret.create': CREATE,
  'secret.write': UPDATE,
  'secret.update': UPDATE,
  'secret.delete': DELETE,
  'secret.restore': UPDATE,
  // A date has passed; nobody did anything.
  'secret.expire': OTHER,
  'secret.act': OTHER,
  'version.list': READ,
  'version.describe': READ,
  'version.update': UPDATE,
  'version.label': UPDATE,
  'version.delete': DELETE,
  'version.restore': UPDATE,
  'version.act': OTHER,
  // A rotation gives the secret a new value.
  'rotation.request': UPDATE,
  'rotation.cancel': UPDATE,
  'rotation.start': UPDATE,
  'rotation.succeed': UPDATE,
  'rotation.fail': UPDATE,
  'rotation.abandon': UPDATE,
  // A test leaves the value as it is.
  'rotation.test': OTHER,
  // Replication makes copies; a copy that is detached stays.
  'replication.request': CREATE,
  'replication.remove': DELETE,
  'replication.detach': UPDATE,
  'replication.start': CREATE,
  'replication.succeed': CREATE,
  'replication.fail': CREATE,
  'policy.read': READ,
  'policy.list': READ,
  'policy.update': UPDATE,
  'policy.delete': DELETE,
  'policy.validate': READ,
  'lock.create': CREATE,
  'lock.list': READ,
  'lock.delete': DELETE,
  'group.create': CREATE,
  'group.read': READ,
  'group.list': READ,
  'group.update': UPDATE,
  'group.delete': DELETE,
  'task.create': CREATE,
  'task.read': READ,
  'task.list': READ,
  'task.update': UPDATE,
  'task.delete': DELETE,
  // What the task did to the secret is not said.
  'task.succeed': OTHER,
  'task.fail': OTHER,
  'certificate.issue': CREATE,
  'certificate.read': READ,
  'certificate.list': READ,
  // A revoked certificate is still there.
  'certificate.revoke': UPDATE,
  'access.login': OTHER,
  'access.read': READ,
  'access.list': READ,
  'access.grant': CREATE,
  'access.renew': UPDATE,
  'access.revoke': DELETE,
  'config.create': CREATE,
  'config.read': READ,
  'config.list': READ,
  'config.update': UPDATE,
  'config.delete': DELETE,
  'config.act': OTHER,
  'notification.create': CREATE,
  'notification.read': READ,
  'notification.list': READ,
  'notification.update': UPDATE,
  'notification.delete': DELETE,
  'notification.test': OTHER,
  // Nothing is kept; CloudTrail calls it read-only.
  'password.generate': READ,
};

/** Without an action the record's own `readOnly` may still say that it was a read; nothing else is known. */
export function activityOf({ action, readOnly }: AuditEvent): OcsfActivityId {
  if (action !== undefined) return ACTIVITIES[action];
  return readOnly === true ? READ : 0;
}

/** The caption of an activity, as `type_name` has it too. */
export function activityCaption(activity: OcsfActivityId): string {
  switch (activity) {
    case CREATE:
      return 'Create';
    case READ:
      return 'Read';
    case UPDATE:
      return 'Update';
    case DELETE:
      return 'Delete';
    case OTHER:
      return 'Other';
    case 0:
      return 'Unknown';
  }
}
