/** The queries of one reading: what an answer covers of the time it was asked for, and what must be asked again. */
import type { AuditEvent } from '../../model/event.ts';
import { isProblem } from '../../source/format.ts';
import type { RetryContext } from '../../source/retry.ts';
import type { SourceRequest } from '../../source/source.ts';
import { tellProblem } from '../../source/tell-problem.ts';
import { halves, type SpanAnswer } from '../../source/uncursored.ts';
import type { Span } from '../../source/windows.ts';
import type { Connection } from './clients.ts';
import { CloudLogsNotices, iso, told } from './cloud-logs-notices.ts';
import { type CloudLogsTier, type QueryAnswer, type RowReading, runQuery } from './cloud-logs-query.ts';
import type { QueryWarning } from './warnings.ts';

/** @internal */
export interface TierReader {
  readonly source: string;
  readonly tier: CloudLogsTier;
  readonly syntax: 'dataprime' | 'lucene';
  readonly connection: Connection;
  readonly context: RetryContext;
  /** The text of a query for so many rows. */
  readonly queryFor: (rows: number) => string;
  /** Rows of a full answer. */
  readonly pageRows: number;
  /** Rows that are asked for at first. */
  readonly firstRows: number;
  /** The longest time that one query may span, in milliseconds. */
  readonly longest: number;
  /** How long after an act its row may come, in milliseconds. */
  readonly delay: number;
}

/** A span is not cut below this because the engine gave up: what it cannot go through in a minute, it cannot. */
const FLOOR = 60_000;

/** @internal */
export class SpanQueries {
  readonly #reader: TierReader;
  readonly #request: SourceRequest;
  readonly #notices: CloudLogsNotices;
  #rows: number;
  /** The longest span to ask for; an instance may allow less than is documented, and says so. */
  longest: number;

  constructor(reader: TierReader, request: SourceRequest) {
    this.#reader = reader;
    this.#request = request;
    this.#notices = new CloudLogsNotices(reader.tier, request.sink);
    this.#rows = reader.firstRows;
    // The bounds are rounded outward, a millisecond on each side.
    this.longest = reader.longest - 2;
  }

  async ask(span: Span): Promise<SpanAnswer<readonly AuditEvent[]>> {
    const limit = this.#rows;
    this.#rows = this.#reader.pageRows;
    const answer = await this.#run(span, limit);
    const { covered, rest, again } = this.#searched(span, answer.warnings);
    if (again) return { value: [], rest: again };
    const part = this.#isFull(answer, covered, limit)
      ? this.#full(covered, answer, limit)
      : { kept: answer.rows, rest: [] };
    // Rests lie on both sides of what was searched; whichever comes first is asked first.
    const open = [...part.rest, ...rest]
      .filter(({ start, end }) => start <= end)
      .sort((a, b) => (a.start - b.start) * (this.#oldestFirst ? 1 : -1));
    if (part.kept === undefined) return { value: [], rest: open };
    this.#notices.warnings(answer.warnings, covered);
    return { value: this.#decode(within(part.kept, covered, span)), rest: open };
  }

  get #oldestFirst(): boolean {
    return this.#request.order === 'oldest-first';
  }

  /** Whether the bounds are in the window is not documented, and rows have finer times: they are rounded outward. */
  #run({ start, end }: Span, limit: number): Promise<QueryAnswer> {
    const { connection, context, queryFor, tier, syntax, source } = this.#reader;
    const metadata = { start_date: iso(start - 1), end_date: iso(end + 1), tier, syntax, limit };
    return runQuery(connection, { query: queryFor(limit), metadata }, this.#request.order, source, context);
  }

  /** What of a span was searched: all of it, a part, or so little that shorter spans must be asked. */
  #searched(span: Span, warnings: readonly QueryWarning[]): Searched {
    const clamped = warnings.find(({ meaning }) => meaning === 'range');
    const part = clamped?.range && partOf(span, clamped.range);
    const stopped = warnings.find(({ meaning }) => meaning === 'scan-limit') ?? (part ? undefined : clamped);
    if (stopped) {
      const again = span.end - span.start >= FLOOR ? halves(span, this.#request.order) : undefined;
      if (again) return { covered: span, rest: [], again };
      this.#notices.tell('incomplete-answer', `Cloud Logs did not search all of it: ${told(stopped)}`, span, true);
    }
    if (!part) return { covered: span, rest: [] };
    this.longest = Math.min(this.longest, Math.max(FLOOR, part.end - part.start));
    const { start, end } = part;
    return {
      covered: part,
      rest: [
        { start: span.start, end: start - 1 },
        { start: end + 1, end: span.end },
      ],
    };
  }

  /** Whether rows were left out; the service may allow fewer than it was asked for. */
  #isFull({ rows, warnings }: QueryAnswer, span: Span, limit: number): boolean {
    if (rows.length >= limit) return true;
    const cut = warnings.filter(({ meaning }) => meaning === 'row-limit');
    if (cut.length === 0) return false;
    if (rows.length > 0 && cut.some((warning) => rows.length >= (warning.rows ?? 0))) return true;
    // Nothing to go on from.
    const message = 'Cloud Logs says that it left out rows, and gave fewer than it allows; they cannot be asked for';
    this.#notices.tell('result-limit', message, span, true);
    return false;
  }

  /** Of a full answer the rows up to the last moment in it; that moment is asked again, since more may lie in it. */
  #full(span: Span, { rows, sorted }: QueryAnswer, limit: number): Part {
    const { pageRows, syntax } = this.#reader;
    const edge = rows.at(-1)?.at;
    if (syntax === 'dataprime' && sorted && edge !== undefined) {
      if (this.#oldestFirst && edge > span.start)
        return { kept: rows.filter(({ at = edge }) => at < edge), rest: [{ ...span, start: edge }] };
      if (!this.#oldestFirst && edge < span.end)
        return { kept: rows.filter(({ at = edge }) => at > edge), rest: [{ ...span, end: edge }] };
      if (limit < pageRows) return { kept: undefined, rest: [span] };
      const moment = this.#oldestFirst ? { ...span, end: span.start } : { ...span, start: span.end };
      const rest = this.#oldestFirst ? { ...span, start: span.start + 1 } : { ...span, end: span.end - 1 };
      return this.#crowded(moment, rows, [rest]);
    }
    // Without an order nothing tells which rows were left out.
    const shortest = rows.length < limit ? FLOOR : 0;
    const isLong = span.end - span.start > shortest;
    const again = limit < pageRows ? [span] : isLong ? halves(span, this.#request.order) : undefined;
    return again ? { kept: undefined, rest: again } : this.#crowded(span, rows, []);
  }

  /** A time that cannot be cut any further, with more rows than an answer holds. */
  #crowded(moment: Span, rows: readonly RowReading[], rest: readonly Span[]): Part {
    const message = `more rows than one answer holds (${rows.length}) came in so short a time that it cannot be cut; the rest of them cannot be asked for`;
    this.#notices.tell('result-limit', message, moment, true);
    return { kept: rows, rest };
  }

  #decode(rows: readonly RowReading[]): readonly AuditEvent[] {
    const events: AuditEvent[] = [];
    for (const { readings } of rows) {
      for (const reading of readings) {
        if (isProblem(reading)) tellProblem(reading, this.#request.sink);
        else events.push(reading);
      }
    }
    return events;
  }
}

interface Searched {
  readonly covered: Span;
  readonly rest: readonly Span[];
  /** Shorter spans in place of this one, whose answer is then of no use. */
  readonly again?: readonly Span[];
}

interface Part {
  /** `undefined`: the answer is of no use. */
  readonly kept: readonly RowReading[] | undefined;
  readonly rest: readonly Span[];
}

/**
 * The rows of the part that was covered. What else is in the span is asked again, and what is a millisecond beside it was
 * only asked for because of the rounding; a row from anywhere else is kept, since nobody else will ask for it.
 */
function within(rows: readonly RowReading[], covered: Span, asked: Span): readonly RowReading[] {
  const isIn = (at: number, { start, end }: Span) => at >= start && at <= end;
  const wide = { start: asked.start - 1, end: asked.end + 1 };
  return rows.filter(({ at }) => at === undefined || isIn(at, covered) || !isIn(at, wide));
}

/** The part of a span that was searched, without its bounds where they may not belong to it; nothing if it is too short. */
function partOf(span: Span, range: Span): Span | undefined {
  const start = range.start < span.start ? span.start : range.start + 1;
  const end = range.end > span.end ? span.end : range.end - 1;
  return end - start >= Math.min(FLOOR, span.end - span.start) ? { start, end } : undefined;
}
