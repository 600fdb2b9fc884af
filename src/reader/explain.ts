/** What a reading would ask, told in advance. */
import { planOf } from '../source/plan.ts';
import type { SourcePlan, SourceRequest } from '../source/source.ts';
import { askedNow } from './asked.ts';
import { checkRequest, type EventsRequest, type Sources } from './request.ts';

/**
 * What {@link events} would do with the same sources and the same request: the plan of each source, in their order.
 * Makes no request. A source that tells nothing of itself has a plan that says so.
 *
 * @throws AuditError `invalid-argument` for a request that cannot be meant, as {@link events} does.
 * @example
 * ```ts
 * import { explain } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 *
 * const plans = explain(cloudTrailLookup({ region: 'us-east-1' }), { from: '24h', where: { name: 'GetSecretValue', denied: true } });
 * for (const { source, steps, leftToReader } of plans) console.log(source, steps, leftToReader); // ... [ 'denied = true' ]
 * ```
 */
export function explain(source: Sources, request: EventsRequest = {}): readonly SourcePlan[] {
  const checked = checkRequest(source, request);
  const asked: SourceRequest = {
    ...askedNow(checked),
    ...(request.limit !== undefined && { limit: request.limit }),
    signal: request.signal ?? new AbortController().signal,
    sink: { notice: () => {}, count: () => {} },
  };
  return checked.sources.map((one) => planOf(one, asked));
}
