/** What the Secrets Manager API can tell of recent acts, where no audit events are at hand. */
import { type Predicate, predicateOf } from '../../filter/match.ts';
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import { textOf } from '../../model/record.ts';
import { isProblem } from '../../source/format.ts';
import { excerpt } from '../../source/problem.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import type { Connection } from './clients.ts';
import { derivedEvents, type SecretFacts } from './derived-events.ts';
import { DerivedPlan } from './derived-plan.ts';
import { ibmErrorCode } from './errors.ts';
import { KeptEvents } from './kept-events.ts';
import { factsOf } from './secret-facts.ts';
import { type Listing, listAllSecrets } from './secret-list.ts';
import { checkOptions, connectorOf, nameOf, readerOf, type SecretsManagerOptions } from './secrets-reader.ts';

/** Options of {@link secretsManagerHistory}. */
export interface SecretsManagerHistoryOptions extends SecretsManagerOptions {
  /** The most events kept in memory for sorting, 100,000 by default; a `limit` of the request lowers it. */
  readonly maxEvents?: number;
}

const MAX_EVENTS = 100_000;
const POLL_INTERVAL = 5 * 60_000;
/** Events in a page; secrets that are asked about at the same time. */
const PAGE = 500;
const AT_ONCE = 4;

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
  readonly #connect: () => Promise<Connection>;

  constructor(options: SecretsManagerOptions, maxEvents: number) {
    this.name = nameOf(options);
    this.#options = options;
    this.#maxEvents = maxEvents;
    this.#connect = connectorOf(options);
  }

  explain(request: SourceRequest): SourcePlan {
    const plan = new DerivedPlan(request);
    if (!plan.anything) {
      const steps = ['no request: nothing that can be derived passes the filter'];
      return { source: this.name, steps, pushedDown: [], leftToReader: [] };
    }
    const steps = ['GET /api/v2/secrets, 1000 a page'];
    if (plan.versions) steps.push('GET /api/v2/secrets/{id}/versions of secrets that were updated, or have several');
    if (plan.locks) steps.push('GET /api/v2/secrets/{id}/locks of secrets that have any');
    if (plan.tasks) steps.push('GET /api/v2/secrets/{id}/tasks of custom credentials');
    return { source: this.name, steps, pushedDown: [], leftToReader: ['the whole filter'] };
  }

  async *read(request: SourceRequest): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { sink, limit = Number.POSITIVE_INFINITY, order } = request;
    const plan = new DerivedPlan(request);
    if (!plan.anything) return;
    sink.notice({ code: 'derived-history', message: NOT_AN_AUDIT_LOG, incomplete: true });
    const reader = await readerOf(this.#options, this.#connect, request);
    const kept = new KeptEvents(order, Math.min(this.#maxEvents, limit));
    const listing: Listing = { missed: false };
    const passes = predicateOf(request.where);
    for await (const page of listAllSecrets(reader, listing)) {
      const asked = page.filter((secret) => plan.mayHold(secret));
      for (let i = 0; i < asked.length; i += AT_ONCE) {
        const some = asked.slice(i, i + AT_ONCE).map((secret) => factsOf(secret, plan, reader, request));
        for (const facts of await Promise.all(some)) this.#tell(facts, request, passes, kept);
      }
    }
    if (listing.missed) sink.notice({ code: 'incomplete-answer', message: MISSED, incomplete: true });
    const events = kept.inOrder();
    if (kept.dropped > 0 && this.#maxEvents < limit) {
      const message = `${kept.dropped} events did not fit into maxEvents (${this.#maxEvents}); those that come last in the order are left out`;
      sink.notice({ code: 'result-limit', message, incomplete: true });
    }
    for (let i = 0; i < events.length; i += PAGE) yield events.slice(i, i + PAGE);
  }

  #tell(facts: SecretFacts, { from, to, sink }: SourceRequest, passes: Predicate, kept: KeptEvents): void {
    for (const reading of derivedEvents(facts, this.name)) {
      if (isProblem(reading)) {
        sink.count('malformed');
        const place = `secret ${excerpt(textOf(facts.secret, 'id'))}`;
        sink.notice({ code: reading.problem, message: reading.reason, place, incomplete: true });
      } else if ((from && reading.time < from) || (to && reading.time >= to) || !passes(reading)) {
        sink.count('filtered');
      } else kept.add(reading);
    }
  }
}

const NOT_AN_AUDIT_LOG =
  'events are derived from metadata and are no audit log: they cannot tell who read a secret, nor failures, deletions, listings, logins, addresses, or any read or update but the last';
const MISSED =
  'secrets were deleted while they were listed, and the list came out shorter than the API counted; read it again';
