/** The acts that the lists of an instance tell of: loaded when its history is read for the first time. */
import { type Predicate, predicateOf } from '../../filter/match.ts';
import type { AuditEvent } from '../../model/event.ts';
import { textOf } from '../../model/record.ts';
import { isProblem } from '../../source/format.ts';
import { excerpt } from '../../source/problem.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { Connection } from './clients.ts';
import { derivedEvents, type SecretFacts } from './derived-events.ts';
import type { DerivedPlan } from './derived-plan.ts';
import { KeptEvents } from './kept-events.ts';
import { factsOf } from './secret-facts.ts';
import { type Listing, listAllSecrets } from './secret-list.ts';
import type { SecretsManagerOptions } from './secrets-manager-options.ts';
import { connectorOf, readerOf } from './secrets-reader.ts';

/** Events in a page; secrets that are asked about at the same time. */
const PAGE = 500;
const AT_ONCE = 4;

/** @internal */
export class HistoryReader {
  readonly #name: string;
  readonly #options: SecretsManagerOptions;
  readonly #maxEvents: number;
  readonly #connect: () => Promise<Connection>;

  constructor(name: string, options: SecretsManagerOptions, maxEvents: number) {
    this.#name = name;
    this.#options = options;
    this.#maxEvents = maxEvents;
    this.#connect = connectorOf(options);
  }

  async *read(request: SourceRequest, plan: DerivedPlan): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { sink, limit = Number.POSITIVE_INFINITY, order } = request;
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
    for (const reading of derivedEvents(facts, this.#name)) {
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
