/** CloudTrail's event history: LookupEvents. */
import type { AuditEvent } from '../../model/event.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import type { Span } from '../../source/windows.ts';
import { checkDelay, tellIfNotFinal } from './delivery.ts';
import { awsErrorCode } from './errors.ts';
import type { LookupReader } from './lookup-reader.ts';
import { nothingToAsk } from './plan.ts';
import type { LookupEventsClient, SendClient } from './ports.ts';
import { type LookupAttribute, toLookupAttribute } from './queries/lookup-attribute.ts';
import { checkRegion } from './region.ts';
import type { AwsSourceOptions } from './requests.ts';

/** Options of {@link cloudTrailLookup}. */
export interface CloudTrailLookupOptions extends AwsSourceOptions {
  /** The SDK's `CloudTrail` or `CloudTrailClient`, or any object with its `lookupEvents`. Without it the SDK is loaded. */
  readonly client?: LookupEventsClient | SendClient;
  /** The lookup attribute to send in place of the one that the filter gives; the reader still applies the filter. */
  readonly attribute?: LookupAttribute;
  /** How long CloudTrail may take to deliver, in milliseconds; younger events may be missing, and a notice says so. 15 minutes by default. */
  readonly deliveryDelay?: number;
}

/** The API's limits: events a page, days of history. @internal */
export const PAGE = 50;
const HISTORY = 90 * 86_400_000;

const DELIVERY_DELAY = 15 * 60_000;
/** Whoever follows asks once a minute: one request of the 120 that the quota allows, as long as little happens. */
const POLL_INTERVAL = 60_000;

/**
 * Recent management events of one account and Region, from CloudTrail's event history; no trail is needed.
 *
 * The last 90 days, 50 events a request, two requests a second. One lookup attribute goes to the API, the reader applies
 * the rest. Data and network events are never in it, and events of other Regions are not either.
 *
 * Facts: CloudTrail API Reference, `API_LookupEvents`.
 *
 * @throws AuditError `invalid-argument` for options that cannot be meant.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 *
 * const stream = events(cloudTrailLookup({ region: 'us-east-1' }), { from: '24h', where: { action: 'secret.read', denied: true } });
 * for await (const event of stream) console.log(event.time, event.actor.name, event.secret?.name);
 * ```
 */
export function cloudTrailLookup(options: CloudTrailLookupOptions): AuditSource {
  const { region, name = `aws.cloudtrail-lookup/${region}` } = options;
  checkRegion(region);
  checkDelay(options.deliveryDelay);
  return new Lookup(name, options);
}

class Lookup implements AuditSource {
  readonly name: string;
  readonly order = 'either';
  readonly codeOf = awsErrorCode;
  readonly pollInterval = POLL_INTERVAL;
  readonly deliveryDelay: number;
  readonly #options: CloudTrailLookupOptions;
  #reader: LookupReader | undefined;

  constructor(name: string, options: CloudTrailLookupOptions) {
    this.name = name;
    this.#options = options;
    this.deliveryDelay = options.deliveryDelay ?? DELIVERY_DELAY;
  }

  explain(request: SourceRequest): SourcePlan {
    const plan = this.#plan(request);
    const { start, end } = this.#window(request);
    if (plan.nothing) return nothingToAsk(this.name);
    const by = plan.query ? `${plan.query.AttributeKey} = ${JSON.stringify(plan.query.AttributeValue)}` : 'every event';
    return {
      source: this.name,
      steps: [
        `LookupEvents in ${this.#options.region}, ${new Date(start).toISOString()} to ${new Date(end + 1).toISOString()}, ${by}, ${PAGE} events a request`,
      ],
      pushedDown: plan.query ? [by] : [],
      leftToReader: plan.widened,
    };
  }

  async *read(request: SourceRequest): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const plan = this.#plan(request);
    const window = this.#window(request);
    if (plan.nothing || window.start > window.end) return;
    this.#tell(request, window);
    tellIfNotFinal(request, this.deliveryDelay);
    const { LookupReader } = await import('./lookup-reader.ts');
    this.#reader ??= new LookupReader(this.name, this.#options);
    yield* this.#reader.read(request, plan, window);
  }

  #plan({ where = {}, scope }: SourceRequest) {
    const plan = toLookupAttribute(where, { scope });
    const { attribute } = this.#options;
    return attribute ? { ...plan, query: attribute, exact: false } : plan;
  }

  /** Both ends are in it at the API, so the exclusive end of the request is a millisecond earlier. */
  #window({ from, to, startedAt }: SourceRequest): Span {
    const end = (to ?? startedAt).getTime() - 1;
    return { start: Math.max(from?.getTime() ?? 0, startedAt.getTime() - HISTORY), end };
  }

  #tell({ from, sink }: SourceRequest, { start }: Span): void {
    if (from && from.getTime() < start) {
      const message = `event history holds ${HISTORY / 86_400_000} days; the window begins at ${new Date(start).toISOString()} and not at ${from.toISOString()}. Older events are in a trail's log files`;
      sink.notice({ code: 'clamped-to-90-days', message, incomplete: true });
    }
  }
}
