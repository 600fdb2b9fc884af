/** A Logs Insights query from its start to its rows, or to its being stopped. */
import { AuditError } from '../../model/error.ts';
import { type RetryContext, withRetries } from '../../source/retry.ts';
import { unlessAborted } from '../../source/unless-aborted.ts';
import { MAX_ROWS } from './logs-insights.ts';
import type { LogsInsightsClient, QueryResults } from './ports.ts';

/** Between two looks at a running query, in milliseconds: soon at first, then less often. */
const FIRST_LOOK = 250;
const LAST_LOOK = 4000;

/** One query text over any span of time. @internal */
export class Query {
  readonly #source: string;
  readonly #client: LogsInsightsClient;
  readonly #groups: readonly string[];
  readonly #text: string;
  readonly #context: RetryContext;

  constructor(
    source: string,
    client: LogsInsightsClient,
    groups: readonly string[],
    text: string,
    context: RetryContext,
  ) {
    this.#source = source;
    this.#client = client;
    this.#groups = groups;
    this.#text = text;
    this.#context = context;
  }

  /** The rows of a span, both ends in it, as log events. Stops the query if it is left before its end. */
  async run(startTime: number, endTime: number): Promise<readonly object[]> {
    const { signal, clock } = this.#context;
    const abortSignal = signal;
    const groups = this.#groups[0]?.startsWith('arn:')
      ? { logGroupIdentifiers: [...this.#groups] }
      : { logGroupNames: [...this.#groups] };
    const input = { ...groups, startTime, endTime, queryString: this.#text, limit: MAX_ROWS };
    // Not cut off by the signal: a query whose id never arrives could not be stopped.
    const started = withRetries(() => this.#client.startQuery(input), this.#context);
    const { queryId } = await unlessAborted(started, signal).catch((error: unknown) => {
      started.then(
        (late) => this.#stop(late.queryId),
        () => {},
      );
      throw error;
    });
    if (!queryId)
      throw new AuditError('unknown', `${this.#source}: StartQuery gave no query id`, { source: this.#source });
    let ended = false;
    try {
      for (let pause = FIRST_LOOK; ; pause = Math.min(LAST_LOOK, pause * 2)) {
        await clock.sleep(pause, signal);
        const answer = await withRetries(
          () => this.#client.getQueryResults({ queryId }, { abortSignal }),
          this.#context,
        );
        if (answer.status === 'Scheduled' || answer.status === 'Running') continue;
        ended = true;
        return this.#rows(answer, queryId);
      }
    } finally {
      if (!ended) await this.#stop(queryId);
    }
  }

  /** A query that nobody waits for goes on scanning and charging. */
  async #stop(queryId: string | undefined): Promise<void> {
    if (queryId) await this.#client.stopQuery({ queryId }).catch(() => {});
  }

  #rows({ status, results = [], statistics }: QueryResults, queryId: string): readonly object[] {
    const { sink } = this.#context;
    sink.count('scannedBytes', statistics?.bytesScanned ?? 0);
    sink.count('matchedRecords', statistics?.recordsMatched ?? 0);
    if (status !== 'Complete') {
      const code = status === 'Timeout' ? 'unavailable' : status === 'Cancelled' ? 'incomplete' : 'unknown';
      throw new AuditError(
        code,
        `${this.#source}: the query ${queryId} ended as ${status ?? 'nothing'}; a shorter window may help`,
        { source: this.#source },
      );
    }
    return results.map((row) => ({
      eventId: row.find(({ field }) => field === '@ptr')?.value ?? '',
      timestamp: 0,
      message: row.find(({ field }) => field === '@message')?.value ?? '',
    }));
  }
}
