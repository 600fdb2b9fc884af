/** A trail's log group in CloudWatch Logs: FilterLogEvents and StartLiveTail. */
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import { checkDelay } from './delivery.ts';
import { awsErrorCode } from './errors.ts';
import type { LogReader } from './log-reader.ts';
import { explainWindow } from './log-window.ts';
import { nothingToAsk } from './plan.ts';
import type { FilterLogEventsClient, LiveTailClient, SendClient } from './ports.ts';
import { toFilterPattern } from './queries/filter-pattern.ts';
import { checkRegion } from './region.ts';
import type { AwsSourceOptions } from './requests.ts';

/** Options of {@link cloudWatchLogs}. */
export interface CloudWatchLogsOptions extends AwsSourceOptions {
  /** Name or ARN of the trail's log group. */
  readonly logGroup: string;
  /** The SDK's `CloudWatchLogs` or `CloudWatchLogsClient`, or any object with its `filterLogEvents`, and `startLiveTail` for `live`. Without it the SDK is loaded. */
  readonly client?: (FilterLogEventsClient & Partial<LiveTailClient>) | SendClient;
  /**
   * Only log streams whose names begin so. CloudTrail names them `<account>_CloudTrail_<region>`, an organisation's trail
   * `<organisation>_<account>_CloudTrail_<region>`: a prefix chooses accounts and Regions before anything is scanned.
   */
  readonly streamPrefix?: string;
  /**
   * How long after an act its record may reach the log group, in milliseconds; one hour by default. A window is read
   * that much further, because a log is searched by the time of arrival and asked for by the time of the act.
   */
  readonly deliveryDelay?: number;
  /** When a stream follows: by Live Tail, in a second or two, in place of polling. Needs the ARN of the log group. */
  readonly live?: boolean;
  /** When a stream follows by polling: milliseconds between readings; 5 seconds by default. */
  readonly pollInterval?: number;
  /**
   * When a stream follows: how much of the log is read again each time, in milliseconds before the newest record; two
   * minutes by default. A record that becomes visible behind newer ones is caught within it, and missed beyond it.
   */
  readonly overlap?: number;
}

const DELIVERY_DELAY = 60 * 60_000;
const POLL_INTERVAL = 5000;
const OVERLAP = 2 * 60_000;

/**
 * Events of a trail that delivers to CloudWatch Logs: as far back as the log group keeps them, of every account and
 * Region that the trail covers, data events included if it has them.
 *
 * The filter goes to the API as a filter pattern; what a pattern cannot say is left to the reader. Records over 256 KB
 * are never delivered to CloudWatch Logs, and nothing tells how many there were.
 *
 * Facts: CloudWatch Logs API Reference, `API_FilterLogEvents`; CloudTrail User Guide, `WhatIsCloudTrail-Limits`.
 *
 * @throws AuditError `invalid-argument` for options that cannot be meant.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { cloudWatchLogs } from 'secret-events/aws';
 *
 * const trail = cloudWatchLogs({ region: 'us-east-1', logGroup: 'CloudTrail/logs' });
 * for await (const event of events(trail, { from: '7d', where: { action: 'secret.delete' } })) console.log(event.time, event.actor.name);
 * ```
 */
export function cloudWatchLogs(options: CloudWatchLogsOptions): AuditSource {
  const { region, logGroup, name = `aws.cloudwatch-logs/${region}/${logGroup}` } = options;
  checkRegion(region);
  checkLogGroup(logGroup);
  checkDelay(options.deliveryDelay);
  checkFollowing(options);
  return new Logs(name, options);
}

/** What AWS takes as the name of a log group, or the ARN of one. API Reference, `API_FilterLogEvents`. @internal */
export function checkLogGroup(logGroup: unknown): void {
  if (
    typeof logGroup === 'string' &&
    /^(?:[.\-_/#A-Za-z0-9]{1,512}|arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[.\-_/#A-Za-z0-9]{1,512})$/.test(logGroup)
  )
    return;
  throw new AuditError(
    'invalid-argument',
    `logGroup: ${JSON.stringify(logGroup)} is no name of a log group (letters, digits and . - _ / #) and no ARN of one (without a trailing *)`,
  );
}

function checkFollowing({
  client,
  live,
  logGroup,
  pollInterval = POLL_INTERVAL,
  overlap = OVERLAP,
}: CloudWatchLogsOptions): void {
  if (!(pollInterval > 0)) throw refuse(`pollInterval: ${pollInterval} is no time in milliseconds`);
  if (!(overlap >= 0)) throw refuse(`overlap: ${overlap} is no time in milliseconds`);
  if (!live) return;
  if (!logGroup.startsWith('arn:')) {
    throw refuse(
      `live: Live Tail takes the ARN of a log group and no name; give logGroup as arn:aws:logs:<region>:<account>:log-group:${logGroup}`,
    );
  }
  if (client && !('startLiveTail' in client) && !('send' in client))
    throw refuse("live: the client has no startLiveTail; give the SDK's own, or leave out live");
}

const refuse = (message: string) => new AuditError('invalid-argument', message);

class Logs implements AuditSource {
  readonly name: string;
  readonly order = 'either';
  readonly follows = true;
  readonly codeOf = awsErrorCode;
  readonly #options: CloudWatchLogsOptions;
  #reader: LogReader | undefined;
  readonly deliveryDelay: number;

  constructor(name: string, options: CloudWatchLogsOptions) {
    this.name = name;
    this.#options = options;
    this.deliveryDelay = options.deliveryDelay ?? DELIVERY_DELAY;
  }

  async *read(request: SourceRequest): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { LogReader } = await import('./log-reader.ts');
    this.#reader ??= new LogReader(this.name, this.#options);
    if (!request.follow) yield* this.#reader.window(request, this.deliveryDelay);
    else {
      // One pattern, however wide: each more would be one more request a poll, or one more session.
      const { query, nothing } = toFilterPattern(request.where ?? {}, { scope: request.scope });
      const { pollInterval = POLL_INTERVAL, overlap = OVERLAP } = this.#options;
      if (!nothing) yield* this.#reader.follow(request, query, pollInterval, overlap);
    }
  }

  explain(request: SourceRequest): SourcePlan {
    if (!request.follow) return explainWindow(this.name, request, this.deliveryDelay);
    const { live, pollInterval = POLL_INTERVAL } = this.#options;
    const { query, nothing, widened } = toFilterPattern(request.where ?? {}, { scope: request.scope });
    if (nothing) return nothingToAsk(this.name);
    const asked = query || 'every event';
    const since = (request.from ?? request.startedAt).toISOString();
    const steps = live
      ? [`StartLiveTail, ${asked}`, `FilterLogEvents from ${since} and between sessions, ${asked}`]
      : [`FilterLogEvents from ${since} and then every ${pollInterval / 1000} s, ${asked}`];
    return { source: this.name, steps, pushedDown: query === '' ? [] : [query], leftToReader: widened };
  }
}
