/** A window of a log group: searched by the time of arrival, handed out by the time of the act. */
import type { AuditEvent } from '../../model/event.ts';
import { merge } from '../../source/merge.ts';
import type { SourceRequest } from '../../source/source.ts';
import { WaitingRoom } from '../../source/waiting-room.ts';
import type { Span } from '../../source/windows.ts';
import { tellIfNotFinal } from './delivery.ts';
import type { LogGroup, Stretch } from './log-group.ts';
import { BACKWARDS_SINCE, planOf, windowOf } from './log-window.ts';
import { decodeAll } from './wire-records.ts';

type Pages = AsyncGenerator<readonly AuditEvent[], void, undefined>;

const DAY = 86_400_000;
/** Records that are decoded at a time: a page holds a megabyte of them, and one that was passed on is out of memory's way. */
const PIECE = 100;

/** @internal */
export async function* readWindow(log: LogGroup, request: SourceRequest, delay: number): Pages {
  const plan = planOf(request);
  const { start, end } = windowOf(request, delay);
  if (plan.nothing || start > end) return;
  const { sink, order } = request;
  tellIfNotFinal(request, delay);
  if (!request.from && order === 'newest-first') {
    const message = `backwards, this API begins at ${new Date(BACKWARDS_SINCE).toISOString()}; give a \`from\` to reach what is older`;
    sink.notice({ code: 'clamped-window', message, incomplete: true });
  }
  const parts = plan.queries.map((query) => inOrder(log, request, query, { start, end }, delay));
  for await (const page of merge(parts, order)) yield page.events;
}

/** One query's events by the time of the act: a record arrives after its act, so nothing is settled before that. */
async function* inOrder(
  log: LogGroup,
  request: SourceRequest,
  query: string,
  { start, end }: Span,
  delay: number,
): Pages {
  const oldestFirst = request.order === 'oldest-first';
  const room = new WaitingRoom(request.order);
  const stretches = oldestFirst ? [{ start, end, fromHead: true }] : backwards(start, end);
  for (const stretch of stretches) {
    for await (const { events, reached } of arrivals(log, request, query, stretch)) {
      room.add(events);
      // Backwards, every record that arrived later has been seen, and so has every act after that moment.
      if (reached !== undefined) yield room.takeBefore(oldestFirst ? reached - delay : reached);
    }
  }
  yield room.takeAll();
  if (room.disordered > 0) {
    const message = `${room.disordered} events had arrived more than ${Math.round(delay / 60_000)} minutes late and came out of order; a longer deliveryDelay puts them in their place`;
    request.sink.notice({ code: 'out-of-order', message, incomplete: false });
  }
}

/** Pages of a stretch, with the moment up to which the log has been read when that is settled. */
async function* arrivals(
  log: LogGroup,
  request: SourceRequest,
  query: string,
  stretch: Stretch,
): AsyncGenerator<Arrivals, void, undefined> {
  const sameWay = stretch.fromHead === (request.order === 'oldest-first');
  for await (const items of log.pages(request, query, stretch)) {
    for (let start = 0; start < items.length; start += PIECE) {
      const piece = items.slice(start, start + PIECE);
      const last = piece[piece.length - 1]?.timestamp;
      yield { events: decodeAll(piece, log.name, request.sink), reached: sameWay ? last : undefined };
    }
  }
  // Read against the order that was asked for, nothing is settled before the end.
  if (!sameWay) yield { events: [], reached: stretch.start };
}

interface Arrivals {
  readonly events: readonly AuditEvent[];
  readonly reached: number | undefined;
}

/** A stretch backwards, and for what lies before the API can do that, days read forwards, the newest first. */
function* backwards(start: number, end: number): Generator<Stretch> {
  if (end >= BACKWARDS_SINCE) yield { start: Math.max(start, BACKWARDS_SINCE), end, fromHead: false };
  for (let last = Math.min(end, BACKWARDS_SINCE - 1); last >= start && last > 0; last -= DAY) {
    yield { start: Math.max(start, last - DAY + 1), end: last, fromHead: true };
  }
}
