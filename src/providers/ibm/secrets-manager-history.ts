/** What the Secrets Manager API can tell of recent acts, where no audit events are at hand. */
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import { noRequest } from '../../source/no-request.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import { DerivedPlan } from './derived-plan.ts';
import { ibmErrorCode } from './errors.ts';
import type { HistoryReader } from './history-reader.ts';
import { checkOptions, nameOf, type SecretsManagerOptions } from './secrets-manager-options.ts';

/** Options of {@link secretsManagerHistory}. */
export interface SecretsManagerHistoryOptions extends SecretsManagerOptions {
  /** The most events kept in memory for sorting, 100,000 by default; a `limit` of the request lowers it. */
  readonly maxEvents?: number;
}

const MAX_EVENTS = 100_000;
const POLL_INTERVAL = 5 * 60_000;

/**
 * Recent acts as the Secrets Manager API itself shows them: for each secret its creation, the last read of its value, the
 * last update, its versions, its locks and, of custom credentials, its tasks. It needs no event routing and no log
 * service, only the right to see metadata. It is no audit log: every event has `derived: true`, and one notice
 * `derived-history` (incomplete) says what cannot be told: who read, failures, deletions, listings, logins, addresses, and
 * everything but the last read and update.
 *
 * | event | made of | actor |
 * |---|---|---|
 * | `secrets-manager.secret.create` | `created_at` of a secret | `created_by` |
 * | `secrets-manager.secret.read` | `retrieved_at`, unless it is the epoch | nobody knows |
 * | `secrets-manager.secret-metadata.update` | `updated_at`, unless one of the other acts is within a second of it | nobody knows |
 * | `secrets-manager.secret-version.create` | `created_at` of a version, unless the secret was created within a second of it | `created_by`; `auto_rotated`: none, and `origin.service` |
 * | `secrets-manager.secret-locks.create` | `created_at` of a lock in the secret's list | `created_by` |
 * | `secrets-manager.secret-version-locks.create` | the same, of a lock that is only in the list of a version | `created_by` |
 * | `com.ibm.cloud.secrets-manager.secret_task_created` | `creation_date` of a task | `created_by`, unless the trigger is automatic |
 * | `...secret_task_succeeded`, `...secret_task_failed` | `last_update_date` of a task whose status says so | `updated_by` |
 *
 * No audit event is documented for tasks, so they have the names of the notices that say the same. `id` is a hash over
 * secret, name and time, so that it stays the same from reading to reading. `raw` is the object of the API.
 *
 * A listing of 1,000 secrets is one request; versions, locks and tasks are asked for only where they can matter for
 * filter and window, with a request a secret. All events that pass are sorted in memory, at most `maxEvents`. Asking emits
 * audit events of its own (`secrets.list`, `secret-versions.list` and so on).
 *
 * Source: IBM Cloud API docs, `secrets-manager-v2`.
 *
 * @throws AuditError `invalid-argument` for options that cannot be meant.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { secretsManagerHistory } from 'secret-events/ibm';
 *
 * const history = secretsManagerHistory({ region: 'us-south', instanceId: '7f3c2a10-5b6d-4e8f-9a01-23456789abcd' });
 * for await (const event of events(history, { from: '30d', where: { action: 'secret.write' } })) {
 *   console.log(event.time, event.secret?.name, event.actor.id ?? event.origin.service);
 * }
 * ```
 */
export function secretsManagerHistory(options: SecretsManagerHistoryOptions): AuditSource {
  checkOptions(options);
  const { maxEvents = MAX_EVENTS } = options;
  if (!Number.isInteger(maxEvents) || maxEvents < 1) {
    throw new AuditError('invalid-argument', `maxEvents: ${maxEvents} is no number of events`);
  }
  return new History(options, maxEvents);
}

class History implements AuditSource {
  readonly name: string;
  readonly order = 'either';
  readonly pollInterval = POLL_INTERVAL;
  readonly codeOf = ibmErrorCode;
  readonly #options: SecretsManagerOptions;
  readonly #maxEvents: number;
  #reader: HistoryReader | undefined;

  constructor(options: SecretsManagerOptions, maxEvents: number) {
    this.name = nameOf(options);
    this.#options = options;
    this.#maxEvents = maxEvents;
  }

  explain(request: SourceRequest): SourcePlan {
    const plan = new DerivedPlan(request);
    if (!plan.anything) return noRequest(this.name, 'nothing that can be derived passes the filter');
    const steps = ['GET /api/v2/secrets, 1000 a page'];
    if (plan.versions) steps.push('GET /api/v2/secrets/{id}/versions of secrets that were updated, or have several');
    if (plan.locks) steps.push('GET /api/v2/secrets/{id}/locks of secrets that have any');
    if (plan.tasks) steps.push('GET /api/v2/secrets/{id}/tasks of custom credentials');
    return { source: this.name, steps, pushedDown: [], leftToReader: ['the whole filter'] };
  }

  async *read(request: SourceRequest): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const plan = new DerivedPlan(request);
    if (!plan.anything) return;
    const { HistoryReader } = await import('./history-reader.ts');
    this.#reader ??= new HistoryReader(this.name, this.#options, this.#maxEvents);
    yield* this.#reader.read(request, plan);
  }
}
