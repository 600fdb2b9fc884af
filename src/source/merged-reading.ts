/** Several sources read as one: loaded when they are. */
import type { AuditEvent } from '../model/event.ts';
import { byArrival } from './by-arrival.ts';
import { joinSignals } from './join-signals.ts';
import { merge } from './merge.ts';
import type { AuditSource, SourceRequest } from './source.ts';
import { sourceError } from './source-error.ts';

/** @internal */
export async function* readMerged(
  sources: readonly AuditSource[],
  request: SourceRequest,
): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  // A source that fails must not wait for the others to give what nobody will take.
  const leave = new AbortController();
  const joined = { ...request, signal: joinSignals(request.signal, leave.signal) };
  const pages = sources.map((source) => pagesOf(source, joined, leave));
  const merged = request.follow ? byArrival(pages) : merge(pages, request.order);
  try {
    for await (const { events } of merged) yield events;
  } catch (error) {
    request.signal.throwIfAborted();
    throw error;
  } finally {
    // The joined signal must not stay on the request's, by which a stream that follows reads again and again.
    leave.abort();
  }
}

async function* pagesOf(
  source: AuditSource,
  request: SourceRequest,
  leave: AbortController,
): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  const { sink } = request;
  const named: SourceRequest = {
    ...request,
    sink: {
      count: (counter, by) => sink.count(counter, by),
      notice: (notice) => sink.notice({ ...notice, message: `${source.name}: ${notice.message}` }),
    },
  };
  try {
    yield* source.read(named);
  } catch (error) {
    leave.abort(error);
    throw sourceError(error, source);
  }
}
