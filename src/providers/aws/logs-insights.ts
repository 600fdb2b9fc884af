/** CloudWatch Logs Insights: the cloud's own engine does the filtering. */
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import { WaitingRoom } from '../../source/waiting-room.ts';
import { logsInsightsClient } from './clients.ts';
import { checkLogGroup } from './cloudwatch-logs.ts';
import { arrivalWindow, tellIfNotFinal } from './delivery.ts';
import { awsErrorCode } from './errors.ts';
import { MAX_ROWS, Query } from './insights-query.ts';
import { nothingToAsk } from './plan.ts';
import type { LogsInsightsClient, SendClient } from './ports.ts';
import { toLogsInsights } from './queries/logs-insights.ts';
import { checkRegion } from './region.ts';
import { type AwsSourceOptions, contextOf } from './requests.ts';
import { decodeAll } from './wire-records.ts';

/** Options of {@link logsInsights}. */
export interface LogsInsightsOptions extends AwsSourceOptions {
  /** Names or ARNs of log groups, at most 50; all names or all ARNs. */
  readonly logGroups: readonly string[];
  /** The SDK's `CloudWatchLogs` or `CloudWatchLogsClient`, or any object with its three query methods. Without it the SDK is loaded. */
  readonly client?: LogsInsightsClient | SendClient;
  /** How long after an act its record may reach the log group, in milliseconds; one hour by default. */
  readonly deliveryDelay?: number;
}

/** Requests a second, log groups of one query. API Reference, `API_StartQuery`; `cloudwatch_limits_cwl`. */
const PER_SECOND = 10;
const MAX_GROUPS = 50;

const DELIVERY_DELAY = 60 * 60_000;
/** Every query is charged for what it scans, so whoever follows asks seldom. */
const POLL_INTERVAL = 5 * 60_000;

/**
 * Events of trails that deliver to CloudWatch Logs, filtered by Logs Insights. It scans gigabytes in seconds and charges
 * for them, so it is the answer for large windows and rare events.
 *
 * An answer holds at most 10,000 rows; a part of the window that fills it is halved and asked again, and a single second
 * that fills it is a notice `result-limit`. A query is stopped when the reader leaves.
 *
 * Facts: CloudWatch Logs API Reference, `API_StartQuery`, `API_GetQueryResults`.
 *
 * @throws AuditError `invalid-argument` for options that cannot be meant.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { logsInsights } from 'secret-events/aws';
 *
 * const trail = logsInsights({ region: 'us-east-1', logGroups: ['CloudTrail/logs'] });
 * const stream = events(trail, { from: '90d', where: { action: 'secret.delete' } });
 * console.log(await stream.toArray(), stream.report.sources[0]?.scannedBytes);
 * ```
 */
export function logsInsights(options: LogsInsightsOptions): AuditSource {
  const { region, logGroups } = options;
  checkRegion(region);
  if (!Array.isArray(logGroups) || logGroups.length === 0 || logGroups.length > MAX_GROUPS) {
    throw new AuditError('invalid-argument', `logGroups: a query takes 1 to ${MAX_GROUPS} log groups`);
  }
  for (const group of logGroups) checkLogGroup(group);
  const arns = logGroups.filter((group: string) => group.startsWith('arn:'));
  if (arns.length > 0 && arns.length < logGroups.length)
    throw new AuditError('invalid-argument', 'logGroups: write all of them as names, or all as ARNs');
  const name = options.name ?? `aws.logs-insights/${region}/${logGroups[0]}`;
  return new Insights(name, options);
}

class Insights implements AuditSource {
  readonly name: string;
  readonly order = 'either';
  readonly codeOf = awsErrorCode;
  readonly pollInterval = POLL_INTERVAL;
  readonly deliveryDelay: number;
  readonly #options: LogsInsightsOptions;
  #client: Promise<LogsInsightsClient> | undefined;

  constructor(name: string, options: LogsInsightsOptions) {
    this.name = name;
    this.#options = options;
    this.deliveryDelay = options.deliveryDelay ?? DELIVERY_DELAY;
  }

  explain(request: SourceRequest): SourcePlan {
    const plan = this.#plan(request);
    const { start, end } = arrivalWindow(request, this.deliveryDelay);
    if (plan.nothing) return nothingToAsk(this.name);
    return {
      source: this.name,
      steps: [
        `StartQuery ${new Date(start).toISOString()} to ${new Date(end).toISOString()} by time of arrival: ${plan.query}`,
      ],
      pushedDown: [plan.query],
      leftToReader: plan.widened,
    };
  }

  async *read(request: SourceRequest): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { order, sink } = request;
    const plan = this.#plan(request);
    const { start, end } = arrivalWindow(request, this.deliveryDelay);
    if (plan.nothing || start > end) return;
    tellIfNotFinal(request, this.deliveryDelay);
    this.#client ??= logsInsightsClient(this.#options, this.#options.client);
    const context = contextOf(
      this.name,
      this.#options,
      request,
      'Logs queries',
      this.#options.pace?.perSecond ?? PER_SECOND,
    );
    const query = new Query(this.name, await this.#client, this.#options.logGroups, plan.query, context);
    const room = new WaitingRoom(order);
    const oldestFirst = order === 'oldest-first';
    // Parts of the window still to be asked, in seconds; the next one is the last.
    const parts = [{ start: Math.floor(start / 1000), end: Math.floor(end / 1000) }];
    for (let part = parts.pop(); part; part = parts.pop()) {
      const rows = await query.run(part.start, part.end);
      if (rows.length >= MAX_ROWS && part.start < part.end) {
        const middle = Math.floor((part.start + part.end) / 2);
        const halves = [
          { start: part.start, end: middle },
          { start: middle + 1, end: part.end },
        ];
        parts.push(...(oldestFirst ? halves.reverse() : halves));
        continue;
      }
      if (rows.length >= MAX_ROWS) {
        const message = `more than ${MAX_ROWS} records arrived in the second of ${new Date(part.start * 1000).toISOString()}; the rest of them cannot be asked for`;
        sink.notice({ code: 'result-limit', message, incomplete: true });
      }
      room.add(decodeAll(rows, this.name, sink));
      yield room.takeBefore(oldestFirst ? (part.end + 1) * 1000 - this.deliveryDelay : part.start * 1000);
    }
    yield room.takeAll();
  }

  #plan({ where = {}, scope, order }: SourceRequest) {
    return toLogsInsights(where, { scope, order, limit: MAX_ROWS });
  }
}
