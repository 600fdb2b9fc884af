/** IBM Cloud Logs: the activity tracking events that are routed to an instance. */
import type { AuditEvent } from '../../model/event.ts';
import { noRequest } from '../../source/no-request.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import type { Span } from '../../source/windows.ts';
import { checkOptions, type IbmCloudLogsOptions, instancesOf, SKEW } from './cloud-logs-options.ts';
import type { CloudLogsTier } from './cloud-logs-query.ts';
import type { CloudLogsReader, TierPlan } from './cloud-logs-reader.ts';
import { ibmErrorCode } from './errors.ts';
import { toDataPrime } from './queries/dataprime.ts';
import { toLucene } from './queries/lucene.ts';

const DAY = 86_400_000;
const DELIVERY_DELAY = 15 * 60_000;
const POLL_INTERVAL = 60_000;
const MAX_RANGE_DAYS = 8;
const MOST_ROWS: Readonly<Record<CloudLogsTier, number>> = { frequent_search: 12_000, archive: 50_000 };
/** The longest retention of frequent search, and how far back the archive is searched when no `from` says. */
const REACH: Readonly<Record<CloudLogsTier, number>> = { frequent_search: 90 * DAY, archive: 366 * DAY };

/**
 * The audit events that Activity Tracker Event Routing sends to an instance of IBM Cloud Logs, filtered by its engine.
 *
 * The API has no pages: a window is asked in parts of at most 8 days, and a full answer is gone on from its last row. Ten
 * queries a minute are allowed for an instance; they are paced, and every reader in the process shares them. Without
 * `from` a stream goes back lazily, 90 days in frequent search (the longest retention there is) and 366 in the archive.
 *
 * Events are late by a minute or two as a third party reports, and logs of up to 24 hours ago are still taken in. A window
 * is read further by `deliveryDelay`, because rows are searched by their own time and asked for by the time of the act. A
 * result that may not be the whole (a limit of the engine, a bucket that cannot be read) is a notice.
 *
 * Credentials are those of `authenticator` or `apiKey`; without either everything comes from where the SDKs of IBM Cloud
 * look: `LOGS_APIKEY` or `LOGS_AUTH_TYPE`, `LOGS_AUTH_URL` and `LOGS_URL` in a credentials file (`IBM_CREDENTIALS_FILE`),
 * in the environment or in `VCAP_SERVICES`. A `LOGS_URL` of another instance than the one named here is left alone. The
 * private address is that of the service endpoint; give `endpoint` for a virtual private endpoint.
 *
 * Sources: IBM Cloud API docs, `logs-service-api`; IBM Cloud docs, `cloud-logs` / `query-limits`, `endpoints_api`.
 *
 * @throws AuditError `invalid-argument` for options that cannot be meant.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { ibmCloudLogs } from 'secret-events/ibm';
 *
 * const logs = ibmCloudLogs({ region: 'us-south', instanceId: '7f3c2a10-5b6d-4e8f-9a01-23456789abcd' });
 * const stream = events(logs, { from: '24h', where: { action: 'secret.read', denied: true } });
 * for await (const event of stream) console.log(event.time, event.actor.name, event.secret?.name);
 * console.log(stream.report.complete);
 * ```
 */
export function ibmCloudLogs(options: IbmCloudLogsOptions): AuditSource {
  checkOptions(options);
  return new CloudLogs(options);
}

class CloudLogs implements AuditSource {
  readonly name: string;
  readonly order = 'either';
  readonly pollInterval = POLL_INTERVAL;
  readonly deliveryDelay: number;
  readonly codeOf = ibmErrorCode;
  readonly #options: IbmCloudLogsOptions;
  readonly #tiers: readonly CloudLogsTier[];
  readonly #longest: number;
  #reader: CloudLogsReader | undefined;

  constructor(options: IbmCloudLogsOptions) {
    const { region, instanceId, tier = 'both' } = options;
    this.name = options.name ?? `ibm.cloud-logs/${region}/${instanceId}`;
    this.deliveryDelay = options.deliveryDelay ?? DELIVERY_DELAY;
    this.#options = options;
    this.#tiers = tier === 'both' ? ['frequent_search', 'archive'] : [tier];
    this.#longest = Math.min(options.maxRangeDays ?? MAX_RANGE_DAYS, MAX_RANGE_DAYS) * DAY;
  }

  explain(request: SourceRequest): SourcePlan {
    const { syntax = 'dataprime' } = this.#options;
    const { nothing, filter, widened } = this.#compile(request, 1);
    if (nothing) return noRequest(this.name, 'no activity tracking event can pass the filter');
    const steps = this.#tiers.map((tier) => {
      const { start, end } = this.#window(request, tier);
      const rows = this.#rowsOf(tier);
      const queries = Math.max(1, Math.ceil((end - start) / this.#longest));
      const at = `${new Date(start).toISOString()} to ${new Date(end).toISOString()} by the time of the rows`;
      return `POST /v1/query (${tier}, ${syntax}), ${at}, in ${queries} ${queries === 1 ? 'query' : 'queries'} or more of at most ${rows} rows: ${this.#compile(request, rows).query}`;
    });
    return { source: this.name, steps, pushedDown: [filter], leftToReader: widened };
  }

  async *read(request: SourceRequest): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    if (this.#compile(request, 1).nothing) return;
    this.#tellIfNotFinal(request);
    const { CloudLogsReader } = await import('./cloud-logs-reader.ts');
    this.#reader ??= new CloudLogsReader(this.name, this.#options, this.deliveryDelay);
    yield* this.#reader.read(
      request,
      this.#tiers.map((tier) => this.#tier(request, tier)),
    );
  }

  #tier(request: SourceRequest, tier: CloudLogsTier): TierPlan {
    const { syntax = 'dataprime' } = this.#options;
    const pageRows = this.#rowsOf(tier);
    const { limit = pageRows } = request;
    const window = this.#window(request, tier);
    this.#tellIfClamped(request, tier, window);
    // Rows come in the order of arrival and not of the acts, so a few more than the limit are needed.
    const few = syntax === 'dataprime' && this.#compile(request, 1).exact ? 2 * limit + 100 : pageRows;
    return {
      tier,
      syntax,
      window,
      queryFor: (rows) => this.#compile(request, rows).query,
      pageRows,
      firstRows: Math.min(pageRows, few),
      longest: this.#longest,
    };
  }

  #compile({ where = {}, scope, order }: SourceRequest, limit: number) {
    const instances = instancesOf(this.#options);
    if (this.#options.syntax !== 'lucene') return toDataPrime(where, { scope, instances, order, limit });
    const compiled = toLucene(where, { scope, instances });
    return { ...compiled, filter: compiled.query };
  }

  #rowsOf(tier: CloudLogsTier): number {
    return Math.min(this.#options.pageRows ?? MOST_ROWS[tier], MOST_ROWS[tier]);
  }

  /** The time of the rows in which the events of the window are found, both ends in it, in milliseconds. */
  #window({ from, to, startedAt }: SourceRequest, tier: CloudLogsTier): Span {
    const now = startedAt.getTime();
    const earliest = now - REACH[tier];
    const start =
      from === undefined ? earliest : tier === 'archive' ? from.getTime() : Math.max(from.getTime(), earliest);
    return { start: start - SKEW, end: to ? Math.min(now, to.getTime() + this.deliveryDelay) : now };
  }

  #tellIfClamped({ from, sink }: SourceRequest, tier: CloudLogsTier, { start }: Span): void {
    const begin = start + SKEW;
    if (from && from.getTime() >= begin) return;
    // Beside the archive, which goes further back, this hides nothing.
    if (this.#tiers.length > 1 && tier === 'frequent_search') return;
    const days = REACH[tier] / DAY;
    const why =
      tier === 'archive'
        ? `${days} days back unless a \`from\` says how far`
        : `${days} days back, the longest retention there is`;
    const message = `the ${tier} tier is searched ${why}; the window begins at ${new Date(begin).toISOString()}`;
    sink.notice({ code: 'clamped-window', message, incomplete: true });
  }

  #tellIfNotFinal({ to, startedAt, sink }: SourceRequest): void {
    if ((to ?? startedAt).getTime() <= startedAt.getTime() - this.deliveryDelay) return;
    const minutes = Math.round(this.deliveryDelay / 60_000);
    const message = `Cloud Logs shows events minutes late; those of the last ${minutes} minutes may still be missing`;
    sink.notice({ code: 'not-final-yet', message, incomplete: true });
  }
}
