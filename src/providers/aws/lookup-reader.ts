/** LookupEvents, asked: loaded when event history is read for the first time. */
import type { AuditEvent } from '../../model/event.ts';
import { paginate } from '../../source/paginate.ts';
import { withRetries } from '../../source/retry.ts';
import type { SourceRequest } from '../../source/source.ts';
import { newestFirst, oldestFirst, type Span, type SpanReader } from '../../source/windows.ts';
import { lookupEventsClient } from './clients.ts';
import { type CloudTrailLookupOptions, PAGE } from './cloudtrail-lookup.ts';
import type { LookupEventsClient, LookupEventsInput } from './ports.ts';
import type { LookupAttribute } from './queries/lookup-attribute.ts';
import { contextOf } from './requests.ts';
import { decodeAll } from './wire-records.ts';

/** Requests a second for an account and Region. API Reference, `API_LookupEvents`. */
const PER_SECOND = 2;

const IN_FLIGHT = 8;

/** What is sent to the API, and whether that is the whole filter. @internal */
export interface LookupQuery {
  readonly query: LookupAttribute | undefined;
  readonly exact: boolean;
}

/** @internal */
export class LookupReader {
  readonly #name: string;
  readonly #options: CloudTrailLookupOptions;
  readonly #perSecond: number;
  #client: Promise<LookupEventsClient> | undefined;

  constructor(name: string, options: CloudTrailLookupOptions) {
    this.#name = name;
    this.#options = options;
    this.#perSecond = options.pace?.perSecond ?? PER_SECOND;
  }

  async *read(
    request: SourceRequest,
    { query, exact }: LookupQuery,
    window: Span,
  ): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    this.#client ??= lookupEventsClient(this.#options, this.#options.client);
    const client = await this.#client;
    const { limit = Number.POSITIVE_INFINITY } = request;
    const latency = new Latency();
    const reader: SpanReader = {
      ask: (span) => this.#pages(client, request, query, span, latency),
      latency: () => latency.average,
      pageSize: PAGE,
      perSecond: this.#perSecond,
      inFlight: this.#options.pace?.inFlight ?? IN_FLIGHT,
      grain: 1000,
      limit: exact ? limit : Number.POSITIVE_INFINITY,
    };
    yield* request.order === 'newest-first' ? newestFirst(window, reader) : oldestFirst(window, reader);
  }

  /** Every page of a token sends the very same words, else the token is refused. */
  async *#pages(
    client: LookupEventsClient,
    request: SourceRequest,
    attribute: LookupAttribute | undefined,
    { start, end }: Span,
    latency: Latency,
  ): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { signal, sink } = request;
    const input: LookupEventsInput = {
      StartTime: new Date(start),
      EndTime: new Date(end),
      MaxResults: PAGE,
      ...(attribute && { LookupAttributes: [attribute] }),
    };
    const context = {
      ...contextOf(this.#name, this.#options, request, 'LookupEvents', this.#perSecond),
      answered: (ms: number) => latency.add(ms),
    };
    const pages = paginate(this.#name, async (token) => {
      // A fresh object each time: the SDK's own paginator is known to write into the one it is given.
      const call = () =>
        client.lookupEvents(token === undefined ? { ...input } : { ...input, NextToken: token }, {
          abortSignal: signal,
        });
      const { Events = [], NextToken } = await withRetries(call, context);
      return { items: Events, next: NextToken };
    });
    for await (const items of pages) yield decodeAll(items, this.#name, sink);
  }
}

/** What the last answers took; a service that turns slow is noticed, one slow answer is not enough. */
class Latency {
  average = 0;

  add(ms: number): void {
    this.average = this.average === 0 ? ms : this.average * 0.75 + ms * 0.25;
  }
}
