/** The labels under which IBM Cloud Logs keeps audit events. */
import { AuditError } from '../../../model/error.ts';

/** The service as names of events and labels begin with it. @internal */
export const SECRETS_MANAGER = 'secrets-manager';

/**
 * Audit events, whatever service they are of: IBM's pages write it with and without the s.
 *
 * Source: IBM Cloud docs, `cloud-logs` / `metadata`, `cl-at-events`.
 *
 * @internal
 */
export const APPLICATIONS = ['ibm-audit-event', 'ibm-audit-events'] as const;

/** Subsystems are the service and the id of the instance. @internal */
export const SUBSYSTEM_PREFIX = `${SECRETS_MANAGER}:`;

const INSTANCE = /^[\w-]{1,128}$/;

/**
 * The subsystems of these instances of Secrets Manager.
 *
 * @throws AuditError `invalid-argument` for what is no id of an instance.
 * @internal
 */
export function subsystemsOf(instances: readonly string[]): readonly string[] {
  return instances.map((instance) => {
    if (INSTANCE.test(instance)) return SUBSYSTEM_PREFIX + instance;
    throw new AuditError(
      'invalid-argument',
      `instances must be ids of Secrets Manager instances such as "c0ffee00-0000-4000-8000-000000000000", not ${JSON.stringify(instance.slice(0, 80))}; the id is the last part but two of the instance's CRN`,
    );
  });
}

/** The most characters of a query. Source: IBM Cloud API docs, `logs-service-api`. @internal */
export const MAX_QUERY = 4096;

/**
 * What is left for conditions.
 *
 * @throws AuditError `invalid-argument` when the instances alone are too many.
 * @internal
 */
export function roomBeside(fixed: number): number {
  // Room for at least one condition of some length, else a query would silently become one for everything.
  if (MAX_QUERY - fixed >= 256) return MAX_QUERY - fixed;
  throw new AuditError(
    'invalid-argument',
    `instances are too many for one query of ${MAX_QUERY} characters; ask for about 50 at a time, or for all`,
  );
}
