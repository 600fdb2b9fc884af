/** One log group and what is asked of it: stretches of its log, and Live Tail sessions. */
import { AuditError } from '../../model/error.ts';
import type { Clock } from '../../source/clock.ts';
import { paginate } from '../../source/paginate.ts';
import { withRetries } from '../../source/retry.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { Span } from '../../source/windows.ts';
import { filterLogEventsClient } from './clients.ts';
import type { CloudWatchLogsOptions } from './cloudwatch-logs.ts';
import type {
  FilterLogEventsClient,
  FilterLogEventsInput,
  FilterLogEventsOutput,
  LiveTailClient,
  LiveTailOutput,
} from './ports.ts';
import { clockOf, contextOf } from './requests.ts';

/** A part of the time of arrival, and the way it is read. @internal */
export interface Stretch extends Span {
  readonly fromHead: boolean;
}

/** @internal */
export type LogItem = NonNullable<FilterLogEventsOutput['events']>[number];

/** Requests a second for an account and Region, and where it is another number. CloudWatch Logs User Guide, `cloudwatch_limits_cwl`. */
const PER_SECOND = 10;
const REGIONAL: Readonly<Record<string, number>> = {
  'us-east-1': 25,
  'ap-northeast-3': 5,
  'ap-southeast-3': 5,
  'ca-west-1': 5,
  'eu-central-1': 5,
  'il-central-1': 5,
};
const SESSIONS_PER_SECOND = 5;

/** @internal */
export class LogGroup {
  readonly name: string;
  readonly clock: Clock;
  readonly #options: CloudWatchLogsOptions;
  #client: Promise<FilterLogEventsClient & Partial<LiveTailClient>> | undefined;

  constructor(name: string, options: CloudWatchLogsOptions) {
    this.name = name;
    this.clock = clockOf(options);
    this.#options = options;
  }

  /** A stretch by FilterLogEvents, a request for each pull. */
  async *pages(
    request: SourceRequest,
    query: string,
    stretch: Stretch,
  ): AsyncGenerator<readonly LogItem[], void, undefined> {
    const { logGroup, streamPrefix, region, pace } = this.#options;
    const { signal } = request;
    const client = await this.#connect();
    const input: FilterLogEventsInput = {
      ...(logGroup.startsWith('arn:') ? { logGroupIdentifier: logGroup } : { logGroupName: logGroup }),
      ...(streamPrefix !== undefined && { logStreamNamePrefix: streamPrefix }),
      ...(query !== '' && { filterPattern: query }),
      startTime: stretch.start,
      endTime: stretch.end,
      startFromHead: stretch.fromHead,
    };
    const perSecond = pace?.perSecond ?? REGIONAL[region] ?? PER_SECOND;
    const context = contextOf(this.name, this.#options, request, 'FilterLogEvents', perSecond);
    yield* paginate(this.name, async (token) => {
      const call = () =>
        client.filterLogEvents(token === undefined ? { ...input } : { ...input, nextToken: token }, {
          abortSignal: signal,
        });
      const { events = [], nextToken } = await withRetries(call, context);
      return { items: events, next: nextToken };
    });
  }

  /** A Live Tail session, which goes on until `signal` aborts; the answer is there when the session has begun. */
  async tail(request: SourceRequest, query: string, signal: AbortSignal): Promise<LiveTailOutput> {
    const { logGroup, streamPrefix } = this.#options;
    const client = await this.#connect();
    if (!client.startLiveTail) {
      throw new AuditError('invalid-argument', `${this.name}: live needs a client with startLiveTail`);
    }
    const input = {
      logGroupIdentifiers: [logGroup],
      ...(streamPrefix !== undefined && { logStreamNamePrefixes: [streamPrefix] }),
      ...(query !== '' && { logEventFilterPattern: query }),
    };
    const call = async () => client.startLiveTail?.({ ...input }, { abortSignal: signal }) ?? {};
    return withRetries(call, contextOf(this.name, this.#options, request, 'StartLiveTail', SESSIONS_PER_SECOND));
  }

  #connect(): Promise<FilterLogEventsClient & Partial<LiveTailClient>> {
    this.#client ??= filterLogEventsClient(this.#options, this.#options.client);
    return this.#client;
  }
}
