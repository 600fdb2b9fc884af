/** CloudWatch Logs Insights: the cloud's own engine does the filtering. */
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import { checkLogGroup } from './cloudwatch-logs.ts';
import { arrivalWindow, checkDelay, tellIfNotFinal } from './delivery.ts';
import { awsErrorCode } from './errors.ts';
import type { InsightsReader } from './insights-reader.ts';
import { nothingToAsk } from './plan.ts';
import type { LogsInsightsClient, SendClient } from './ports.ts';
import { toLogsInsights } from './queries/logs-insights.ts';
import { checkRegion } from './region.ts';
import type { AwsSourceOptions } from './requests.ts';

/** Options of {@link logsInsights}. */
export interface LogsInsightsOptions extends AwsSourceOptions {
  /** Names or ARNs of log groups, at most 50; all names or all ARNs. */
  readonly logGroups: readonly string[];
  /** The SDK's `CloudWatchLogs` or `CloudWatchLogsClient`, or any object with its three query methods. Without it the SDK is loaded. */
  readonly client?: LogsInsightsClient | SendClient;
  /** How long after an act its record may reach the log group, in milliseconds; one hour by default. */
  readonly deliveryDelay?: number;
}

/** Log groups and rows of one query. API Reference, `API_StartQuery`. */
const MAX_GROUPS = 50;
/** @internal */
export const MAX_ROWS = 10_000;

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
  checkDelay(options.deliveryDelay);
  if (!Array.isArray(logGroups) || logGroups.length === 0 || logGroups.length > MAX_GROUPS) {
    const given = Array.isArray(logGroups) ? logGroups.length : JSON.stringify(logGroups);
    throw new AuditError('invalid-argument', `logGroups: a query takes a list of 1 to ${MAX_GROUPS}, not ${given}`);
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
  #reader: InsightsReader | undefined;

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
    const plan = this.#plan(request);
    const { start, end } = arrivalWindow(request, this.deliveryDelay);
    if (plan.nothing || start > end) return;
    tellIfNotFinal(request, this.deliveryDelay);
    const { InsightsReader } = await import('./insights-reader.ts');
    this.#reader ??= new InsightsReader(this.name, this.#options, this.deliveryDelay);
    yield* this.#reader.read(request, plan.query, start, end);
  }

  #plan({ where = {}, scope, order }: SourceRequest) {
    return toLogsInsights(where, { scope, order, limit: MAX_ROWS });
  }
}
