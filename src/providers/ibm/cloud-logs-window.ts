/** A window of one tier of Cloud Logs: searched by the time of the rows, handed out by the time of the act. */
import type { AuditEvent } from '../../model/event.ts';
import type { SourceRequest } from '../../source/source.ts';
import { uncursored } from '../../source/uncursored.ts';
import { WaitingRoom } from '../../source/waiting-room.ts';
import type { Span } from '../../source/windows.ts';
import { SKEW } from './cloud-logs-options.ts';
import { SpanQueries, type TierReader } from './cloud-logs-span.ts';

/** @internal */
export async function* readTier(
  reader: TierReader,
  request: SourceRequest,
  window: Span,
): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  const { order, sink } = request;
  const oldestFirst = order === 'oldest-first';
  const room = new WaitingRoom(order, Math.max(20_000, 2 * reader.pageRows));
  const spans = new SpanQueries(reader, request);
  for await (const { value, reached } of uncursored(
    window,
    order,
    () => spans.longest,
    (span) => spans.ask(span),
  )) {
    room.add(value);
    // A row comes after its act: oldest first the acts of the last `delay` may still be joined by others.
    if (reached !== undefined) yield room.takeBefore(oldestFirst ? reached - reader.delay : reached + SKEW);
  }
  yield room.takeAll();
  if (room.disordered > 0) {
    const message = `${room.disordered} events had reached Cloud Logs more than ${Math.round(reader.delay / 60_000)} minutes late and came out of order; a longer deliveryDelay puts them in their place`;
    sink.notice({ code: 'out-of-order', message, incomplete: false });
  }
}
