/** Several sources as one. */
import { AuditError, type ErrorCode } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';
import { planOf } from './plan.ts';
import type { AuditSource, Order, SourcePlan, SourceRequest } from './source.ts';

/**
 * Sources that go under one name, for whoever takes one source: all Regions of an account, all accounts of an
 * organisation. Its events are in order of time, with one page of look-ahead for each source, and keep the name of the
 * source that gave them; notices say in front whose they are. The report has one line for all; give the sources to
 * `events()` one by one where each should have its own.
 *
 * It gives the orders that all of them give, and follows if each of them does by itself or can be asked again.
 *
 * @throws AuditError `invalid-argument` for no sources, for two of one name, and for sources that have no order in common.
 * @example
 * ```ts
 * import { events, mergedSource } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 *
 * const regions = ['us-east-1', 'eu-central-1', 'ap-southeast-2'];
 * const account = mergedSource('production', regions.map((region) => cloudTrailLookup({ region })));
 * for await (const event of events(account, { from: '24h', where: { denied: true } })) console.log(event.region, event.name);
 * ```
 */
export function mergedSource(name: string, sources: readonly AuditSource[]): AuditSource {
  const refuse = (why: string) => new AuditError('invalid-argument', `mergedSource(${JSON.stringify(name)}): ${why}`);
  if (typeof name !== 'string' || name === '') throw refuse('it needs a name');
  if (sources.length === 0) throw refuse('it needs at least one source');
  if (new Set(sources.map((source) => source.name)).size < sources.length) throw refuse('two sources have one name');
  const orders = new Set(sources.map(({ order }) => order).filter((order) => order !== 'either'));
  if (orders.size > 1) throw refuse('some of the sources give events newest first only, and some oldest first only');
  const [order = 'either'] = orders;
  return new Merged(name, order, [...sources]);
}

class Merged implements AuditSource {
  readonly name: string;
  readonly order: Order | 'either';
  readonly follows?: true;
  readonly pollInterval?: number;
  readonly deliveryDelay: number;
  readonly #sources: readonly AuditSource[];

  constructor(name: string, order: Order | 'either', sources: readonly AuditSource[]) {
    this.name = name;
    this.order = order;
    this.#sources = sources;
    this.deliveryDelay = Math.max(...sources.map(({ deliveryDelay = 0 }) => deliveryDelay));
    const intervals = sources.map(({ pollInterval }) => pollInterval).filter((interval) => interval !== undefined);
    // Asking again is what all can do; going on by itself is better where all can do that.
    if (sources.every(({ follows }) => follows)) this.follows = true;
    else if (intervals.length === sources.length) this.pollInterval = Math.max(...intervals);
  }

  async *read(request: SourceRequest): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { readMerged } = await import('./merged-reading.ts');
    yield* readMerged(this.#sources, request);
  }

  explain(request: SourceRequest): SourcePlan {
    const plans = this.#sources.map((source) => planOf(source, request));
    const told = (part: 'steps' | 'pushedDown' | 'leftToReader') =>
      plans.flatMap((plan) => plan[part].map((line) => `${plan.source}: ${line}`));
    return {
      source: this.name,
      steps: told('steps'),
      pushedDown: told('pushedDown'),
      leftToReader: told('leftToReader'),
    };
  }

  /** Its own errors say what they mean already. */
  codeOf(error: unknown): ErrorCode {
    return AuditError.is(error) ? error.code : 'unknown';
  }
}
