/** The names of events that are made of metadata. */
import type { EventName } from '../../catalog/lookup.ts';

/** Every name that a derived event can have, by what it is made of. */
export const DERIVED_NAMES = {
  created: 'secrets-manager.secret.create',
  read: 'secrets-manager.secret.read',
  updated: 'secrets-manager.secret-metadata.update',
  version: 'secrets-manager.secret-version.create',
  lock: 'secrets-manager.secret-locks.create',
  versionLock: 'secrets-manager.secret-version-locks.create',
  // No audit event is documented for tasks. These are the names of the notices that tell the same.
  taskCreated: 'com.ibm.cloud.secrets-manager.secret_task_created',
  taskSucceeded: 'com.ibm.cloud.secrets-manager.secret_task_succeeded',
  taskFailed: 'com.ibm.cloud.secrets-manager.secret_task_failed',
} as const satisfies Readonly<Record<string, EventName>>;
