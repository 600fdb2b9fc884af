/** Things that happened, in the order of their time, given out page by page while more arrive. */

/** A place in the order: by `time`, then by `arrival`, then in the order of feeding. @internal */
export interface Position {
  readonly time: number;
  /** From when on it can be seen. */
  readonly arrival: number;
  readonly ordinal: number;
}

/** What had arrived at one moment; later arrivals do not move the pages of a read that has begun. @internal */
export interface Snapshot {
  readonly asOf: number;
  readonly lastOrdinal: number;
}

/** @internal */
export function comparePositions(a: Position, b: Position): number {
  return a.time - b.time || a.arrival - b.arrival || a.ordinal - b.ordinal;
}

interface Range {
  /** Both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly newestFirst: boolean;
  readonly snapshot: Snapshot;
  /** The last one that was given out; the walk goes on behind it. */
  readonly after?: Position | undefined;
}

/** @internal */
export class Timeline<Entry extends Position> {
  #entries: Entry[] = [];
  #sorted = true;
  readonly #fed: Entry[] = [];

  add(entry: Entry): void {
    const last = this.#entries.at(-1);
    if (last && comparePositions(last, entry) > 0) this.#sorted = false;
    this.#entries.push(entry);
    this.#fed.push(entry);
  }

  /** Walks what the snapshot holds of a range. Finding the start costs a binary search, not a walk. */
  *walk(range: Range): Generator<Entry> {
    const entries = this.#inOrder();
    const { snapshot, after, newestFirst } = range;
    const lowest = { time: range.from, arrival: Number.NEGATIVE_INFINITY, ordinal: 0 };
    const highest = { time: range.to, arrival: Number.POSITIVE_INFINITY, ordinal: Number.POSITIVE_INFINITY };
    // [low, high) of the range, then cut at the position.
    let low = this.#firstFrom(lowest, false);
    let high = this.#firstFrom(highest, true);
    if (after && newestFirst) high = Math.min(high, this.#firstFrom(after, false));
    if (after && !newestFirst) low = Math.max(low, this.#firstFrom(after, true));
    const step = newestFirst ? -1 : 1;
    for (let index = newestFirst ? high - 1 : low; index >= low && index < high; index += step) {
      const entry = entries[index] as Entry;
      if (entry.arrival <= snapshot.asOf && entry.ordinal <= snapshot.lastOrdinal) yield entry;
    }
  }

  /** What was fed since there were so many, in the order of feeding, whether it has arrived or not. */
  fedSince(count: number): readonly Entry[] {
    return this.#fed.slice(count);
  }

  #inOrder(): readonly Entry[] {
    if (!this.#sorted) {
      this.#entries = this.#entries.toSorted(comparePositions);
      this.#sorted = true;
    }
    return this.#entries;
  }

  /** The index of the first entry at the position or behind it; with `beyond`, of the first one behind it. */
  #firstFrom(position: Position, beyond: boolean): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = comparePositions(this.#entries[middle] as Entry, position);
      if (order < 0 || (beyond && order === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
