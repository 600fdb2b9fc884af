/** The rows of the logs. */
import { type Position, Timeline } from '../timeline.ts';
import type { LogRow } from './log-row.ts';
import type { LogRules } from './log-rules.ts';
import { fromMilliseconds, NANOSECONDS_PER_MILLISECOND } from './nanoseconds.ts';
import type { QueryRequest } from './query-request.ts';
import type { RowView } from './row-view.ts';

/** A row as one query sees it; an operator that makes another record puts it in the place of the row's. @internal */
export interface Item {
  readonly row: LogRow;
  readonly view: RowView;
  readonly userData?: string;
}

/** @internal */
export class LogStore {
  readonly #rows = new Timeline<LogRow & Position>();
  readonly #rules: LogRules;
  #fed = 0;

  constructor(rules: LogRules) {
    this.#rules = rules;
  }

  /** The number of the next row. */
  next(): number {
    return ++this.#fed;
  }

  add(row: LogRow): void {
    this.#rows.add(row);
  }

  /** Every row that has arrived and is in the range and the tier of a query. */
  *find(request: Pick<QueryRequest, 'from' | 'to' | 'tier'>, now: number): Generator<Item> {
    const { bounds, unordered } = this.#rules;
    const snapshot = { asOf: now, lastOrdinal: this.#fed };
    const { from, to } = request;
    const range = {
      from: Number(from / NANOSECONDS_PER_MILLISECOND) - 1,
      to: Number(to / NANOSECONDS_PER_MILLISECOND) + 1,
      newestFirst: unordered === 'newest-first',
      snapshot,
    };
    for (const row of this.#rows.walk(range)) {
      if (!row.tiers.includes(request.tier)) continue;
      const time = this.timeOf(row);
      const inside = time > from && time < to;
      if (inside || (time === from && bounds[0] === '[') || (time === to && bounds[1] === ']')) {
        yield { row, view: this.#view(row, time) };
      }
    }
  }

  /** Whether any row at all has a field. */
  knows(path: readonly string[], reach: (view: RowView, path: readonly string[]) => unknown): boolean {
    const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, newestFirst: true };
    const snapshot = { asOf: Number.POSITIVE_INFINITY, lastOrdinal: this.#fed };
    for (const row of this.#rows.walk({ ...range, snapshot })) {
      if (reach(this.#view(row, 0n), path) !== undefined) return true;
    }
    return false;
  }

  /** Nanoseconds since 1970. What is finer than a millisecond is made up, and only where it is shown. */
  timeOf(row: LogRow): bigint {
    const finer = this.#rules.timestamps === 'nanoseconds' ? BigInt(row.ordinal) % NANOSECONDS_PER_MILLISECOND : 0n;
    return fromMilliseconds(row.time) + finer;
  }

  #view(row: LogRow, time: bigint): RowView {
    return {
      d: row.data,
      l: { applicationname: row.application, subsystemname: row.subsystem },
      m: { timestamp: time, severity: row.severity, ...(this.#rules.logIds && { logid: row.logid }) },
    };
  }

  /** A row in the words of the API. */
  write({ row, userData }: Item): Readonly<Record<string, unknown>> {
    const { logIds } = this.#rules;
    return {
      metadata: [
        { key: 'timestamp', value: this.#stamp(row) },
        { key: 'severity', value: String(row.severity) },
        ...(logIds ? [{ key: 'logid', value: row.logid }] : []),
      ],
      labels: [
        { key: 'applicationname', value: row.application },
        { key: 'subsystemname', value: row.subsystem },
        // A label may have no value.
        { key: 'threadid' },
      ],
      user_data: userData ?? row.userData,
    };
  }

  #stamp(row: LogRow): string {
    const text = new Date(row.time).toISOString();
    if (this.#rules.timestamps === 'zone') return text;
    const finer = this.#rules.timestamps === 'nanoseconds' ? String(row.ordinal % 1_000_000).padStart(6, '0') : '';
    return text.slice(0, -1) + finer;
  }
}
