/** How a window of time is read from an API that pages newest first, in either order and however slow it answers. */
import type { AuditEvent } from '../model/event.ts';
import { inOrder } from './in-order.ts';

/** A part of time with both ends in it, in milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Pages = AsyncGenerator<readonly AuditEvent[], void, undefined>;

/** @internal */
export interface SpanReader {
  /** The pages of a span, newest first, a request for each pull. */
  readonly ask: (span: Span) => Pages;
  /** How long the provider takes for an answer on average, in milliseconds. */
  readonly latency: () => number;
  /** Events in a full page. */
  readonly pageSize: number;
  /** Requests a second that the provider allows. */
  readonly perSecond: number;
  /** The most requests in flight at once. */
  readonly inFlight: number;
  /** How fine the provider's times are, in milliseconds; spans are cut at multiples of it. */
  readonly grain: number;
  /** The most events the reader will take. */
  readonly limit: number;
}

/** Pages read one after another before latency is judged. */
const PROBE = 3;
/** Pages in a part that is read beside others, at most and at least; each may end in a page that is not full. */
const MOST = 20;
const LEAST = 2;
/** Pages held back at most while what is older is read first. */
const HOLD = 40;

/**
 * Newest first. One chain of pages as long as the quota is the limit; where the provider turns out to answer more slowly
 * than the quota allows requests, what is left of the window is cut into parts that are read side by side.
 *
 * @internal
 */
export function newestFirst(window: Span, reader: SpanReader): Pages {
  return downwards(window, new Crew(reader), PROBE);
}

/** `probe`: pages read one after another before the rest may be cut. A part that is fuller than planned is cut again. */
async function* downwards(window: Span, crew: Crew, probe: number): Pages {
  const chain = new Chain(window, crew);
  try {
    for (;;) {
      const page = await chain.next();
      if (!page) return;
      yield page;
      if (chain.isWorthCutting(probe)) break;
    }
  } finally {
    await chain.close();
  }
  // The last moment seen is read again, since more may have happened in it; the reader drops the copies.
  yield* sideBySide({ start: window.start, end: chain.oldest }, 'down', chain, downwards, crew);
}

/**
 * Oldest first, from an API that only goes the other way. What fits into 40 pages is read once and turned round. Of a
 * longer window, or where the provider is slow, the pages so far are held back, the older rest is read in parts, and
 * then they follow.
 *
 * @internal
 */
export function oldestFirst(window: Span, reader: SpanReader): Pages {
  return upwards(window, new Crew(reader), PROBE);
}

async function* upwards(window: Span, crew: Crew, probe: number): Pages {
  const { reader } = crew;
  const chain = new Chain(window, crew);
  const hold = Math.min(HOLD, Math.ceil(reader.limit / reader.pageSize) + 1);
  const held: (readonly AuditEvent[])[] = [];
  let whole = false;
  try {
    // One moment cannot be cut any further: whatever its size, it is read to the end.
    const isCrowded = () => cut(chain.oldest, reader.grain) >= cut(window.end, reader.grain);
    while (!whole && (isCrowded() || (held.length < hold && !chain.isWorthCutting(probe)))) {
      const page = await chain.next();
      if (page) held.push(page.toReversed());
      else whole = true;
    }
  } finally {
    await chain.close();
  }
  if (!whole) yield* sideBySide({ start: window.start, end: chain.oldest }, 'up', chain, upwards, crew);
  for (let page = held.pop(); page; page = held.pop()) yield page;
}

/** What all chains of one reading share: how many of them there are, and how many there should be. */
class Crew {
  readonly reader: SpanReader;
  chains = 0;

  constructor(reader: SpanReader) {
    this.reader = reader;
  }

  /** Requests to keep in flight so that the quota and not the latency is the limit. */
  get size(): number {
    const { latency, inFlight, perSecond } = this.reader;
    return Math.max(1, Math.min(inFlight, Math.ceil((latency() * perSecond) / 1000)));
  }

  get isFull(): boolean {
    return this.chains >= this.size;
  }
}

/** Pages of one span, one request after the other, and what they teach about it. */
class Chain {
  readonly #window: Span;
  readonly #crew: Crew;
  readonly #pages: Pages;
  pages = 0;
  events = 0;
  /** Times of the oldest and the newest event so far. */
  oldest = Number.POSITIVE_INFINITY;
  newest = Number.NEGATIVE_INFINITY;

  constructor(window: Span, crew: Crew) {
    this.#window = window;
    this.#crew = crew;
    this.#pages = crew.reader.ask(window);
    crew.chains++;
  }

  async next(): Promise<readonly AuditEvent[] | undefined> {
    const result = await this.#pages.next();
    if (result.done) return undefined;
    this.pages++;
    this.events += result.value.length;
    this.oldest = result.value[result.value.length - 1]?.time.getTime() ?? this.oldest;
    this.newest = Math.max(this.newest, result.value[0]?.time.getTime() ?? this.newest);
    return result.value;
  }

  /** Events a millisecond where there were any. */
  get density(): number {
    return this.events / Math.max(this.#crew.reader.grain, this.newest - this.oldest);
  }

  /** Whether what is left of the window would be read sooner in parts. Of one moment nothing can be cut off. */
  isWorthCutting(probe: number): boolean {
    const { limit, pageSize } = this.#crew.reader;
    const { start, end } = this.#window;
    if (this.pages < probe || this.#crew.isFull || this.oldest >= end) return false;
    const left = ((this.oldest - start) * this.density) / pageSize;
    return left > LEAST && limit - this.events > (MOST / 2) * pageSize;
  }

  async close(): Promise<void> {
    this.#crew.chains--;
    await this.#pages.return();
  }
}

function sideBySide(
  span: Span,
  direction: 'up' | 'down',
  seen: Chain,
  read: (part: Span, crew: Crew, probe: number) => Pages,
  crew: Crew,
): Pages {
  const { grain, pageSize } = crew.reader;
  let perMs = seen.density;
  let edge = direction === 'up' ? span.start : span.end;

  const next = (): Pages | undefined => {
    if (edge < span.start || edge > span.end) return undefined;
    const left = direction === 'up' ? span.end - edge : edge - span.start;
    // Side by side they become shorter towards the end, so that all of them end at about the same time.
    const share = crew.size === 1 ? MOST : Math.ceil((left * perMs) / pageSize / (2 * crew.size));
    const pages = Math.max(LEAST, Math.min(MOST, share));
    const length = Math.max(grain, cut((pages * pageSize) / perMs, grain));
    const part =
      direction === 'up'
        ? { start: edge, end: Math.min(span.end, cut(edge, grain) + length - 1) }
        : { start: Math.max(span.start, cut(edge, grain) + grain - length), end: edge };
    edge = direction === 'up' ? part.end + 1 : part.start - 1;
    return learn(read(part, crew, pages + 1), part);
  };

  /** The next part is as long as the last ones were full. */
  async function* learn(parts: Pages, part: Span): Pages {
    let count = 0;
    for await (const page of parts) {
      count += page.length;
      yield page;
    }
    // Where a part was not worth its one request, the next is much longer: a quiet quarter must not cost hundreds.
    perMs = count < pageSize ? perMs / 8 : (perMs + count / (part.end - part.start + 1)) / 2;
  }

  return inOrder(next, () => !crew.isFull, 2 * MOST);
}

const cut = (time: number, grain: number) => Math.floor(time / grain) * grain;
