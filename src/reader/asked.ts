/** A request at the moment at which it is read. */
import { AuditError } from '../model/error.ts';
import { resolveTime } from '../model/time.ts';
import type { Cursor } from '../source/cursor.ts';
import type { SourceRequest } from '../source/source.ts';
import type { CheckedRequest } from './request.ts';

/** What every source of one reading is asked alike. */
export type Asked = Omit<SourceRequest, 'limit' | 'signal' | 'sink'>;

/**
 * The request as it stands at this moment: the one "now" that all sources share.
 *
 * @throws AuditError `invalid-argument` for a window that is none.
 * @internal
 */
export function askedNow({ request, order, scope, follow, clock }: CheckedRequest, cursor?: Cursor): Asked {
  const now = clock.now();
  const startedAt = new Date(now);
  // Providers tell times to the second: what happens in the second that has begun counts as after the start.
  const start = follow ? new Date(Math.floor(now / 1000) * 1000) : undefined;
  const asked = cursor ? cursor.from : request.from;
  const from = asked === undefined ? (cursor ? undefined : start) : resolveTime(asked, 'from', now);
  const end = cursor?.to ?? request.to;
  const to = end === undefined ? undefined : resolveTime(end, 'to', now);
  if (from && to && from >= to) {
    throw new AuditError(
      'invalid-argument',
      `from (${from.toISOString()}) must be before to (${to.toISOString()}), which is exclusive`,
    );
  }
  return {
    startedAt,
    ...(from && { from }),
    ...(to && { to }),
    ...(request.where && { where: request.where }),
    scope,
    order,
    ...(follow && { follow: true }),
  };
}
