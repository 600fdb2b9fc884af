/** Queries of Cloud Logs, asked: loaded when an instance is read for the first time. */
import type { AuditEvent } from '../../model/event.ts';
import { type Pace, paceOf } from '../../source/pace.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { Span } from '../../source/windows.ts';
import { bothTiers } from './both-tiers.ts';
import { type Connection, connect } from './clients.ts';
import type { IbmCloudLogsOptions } from './cloud-logs-options.ts';
import { cloudLogsService } from './cloud-logs-service.ts';
import type { TierReader } from './cloud-logs-span.ts';
import { readTier } from './cloud-logs-window.ts';
import { clockOf, contextOf } from './requests.ts';

/** Queries a minute for an instance. IBM Cloud docs, `query-limits`. */
const PER_MINUTE = 10;
const MINUTE = 60_000;

/** What one tier is asked, and of which window. @internal */
export type TierPlan = Omit<TierReader, 'source' | 'connection' | 'context' | 'delay'> & { readonly window: Span };

/** @internal */
export class CloudLogsReader {
  readonly #name: string;
  readonly #options: IbmCloudLogsOptions;
  readonly #delay: number;
  #connection: Promise<Connection> | undefined;

  constructor(name: string, options: IbmCloudLogsOptions, delay: number) {
    this.#name = name;
    this.#options = options;
    this.#delay = delay;
  }

  /** One tier, or both. */
  async *read(
    request: SourceRequest,
    tiers: readonly TierPlan[],
  ): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { region, instanceId, private: isPrivate = false } = this.#options;
    // A failure is not kept: whoever reads again may have logged in meanwhile.
    this.#connection ??= connect(this.#options, cloudLogsService(region, instanceId, isPrivate)).catch((error) => {
      this.#connection = undefined;
      throw error;
    });
    const connection = await this.#connection;
    const context = contextOf(this.#name, this.#options, request, this.#paceOf(connection));
    const [first, second] = tiers.map(({ window, ...plan }) =>
      readTier({ ...plan, source: this.#name, connection, context, delay: this.#delay }, request, window),
    );
    if (first && second) yield* bothTiers(first, second, request);
    else if (first) yield* first;
  }

  /** The quota belongs to the instance, whoever asks; so all that reach one address by one clock share their pace. */
  #paceOf({ baseUrl }: Connection): Pace {
    const clock = clockOf(this.#options);
    return paceOf(clock, baseUrl, this.#options.pace?.perMinute ?? PER_MINUTE, clock, MINUTE);
  }
}
