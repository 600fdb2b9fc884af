/** The part of a source's pages that was asked for. */
import type { AuditEvent } from '../model/event.ts';
import type { SourceRequest } from '../source/source.ts';

/**
 * Pages without what lies outside the request's window: a source may give more than asked, and what lies before the
 * place from where to go on has been taken already.
 *
 * @internal
 */
export async function* within(
  { from, to, sink }: SourceRequest,
  pages: AsyncIterable<readonly AuditEvent[]>,
): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  const first = from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const end = to?.getTime() ?? Number.POSITIVE_INFINITY;
  for await (const page of pages) {
    const kept = page.filter(({ time }) => time.getTime() >= first && time.getTime() < end);
    sink.count('filtered', page.length - kept.length);
    yield kept;
  }
}
