/** In which order files are read, and what may go out before the next one is. */
import type { Order } from '../../source/source.ts';
import { rangeByName } from './time-hint.ts';

/** A file whose turn it is. */
export interface FileTurn {
  readonly path: string;
  /**
   * Events before this time, in the order asked for, precede everything in this file and in those after it.
   * `undefined`: the names do not say.
   */
  readonly settled: number | undefined;
}

/**
 * The files in the order in which they are read: first those whose names say nothing, since they may hold anything, then
 * by the time in the name. Among equals the order is that of the paths. Files delivered before `from` are left out;
 * nothing of that kind holds for `to`, since delivery may be late by any time.
 *
 * @internal
 */
export function fileTurns(paths: readonly string[], order: Order, from: Date | undefined): readonly FileTurn[] {
  const edge = order === 'newest-first' ? 'latest' : 'earliest';
  const sign = order === 'newest-first' ? -1 : 1;
  const files: FileTurn[] = [];
  for (const path of paths) {
    const range = rangeByName(path);
    if (range && from && range.latest < from.getTime()) continue;
    files.push({ path, settled: range?.[edge] });
  }
  const rank = ({ settled }: FileTurn) => (settled === undefined ? Number.NEGATIVE_INFINITY : settled * sign);
  // Not by subtraction: two infinities have no difference.
  return files.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
