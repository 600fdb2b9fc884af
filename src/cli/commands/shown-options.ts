/** The options of `read` that say how events are shown to people. */
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { Misuse } from '../misuse.ts';
import { COLUMN_NAMES, type ColumnName } from '../output/event-columns.ts';
import { COUNT_FORMATS, GROUP_KEYS, type GroupKey } from '../output/event-counts.ts';
import type { Format } from '../output/format.ts';
import { TIME_FORMS, type TimeForm } from '../output/time-text.ts';
import type { Wish } from '../output/with-histogram.ts';
import { choice, list } from './option-values.ts';

/** What they say. */
export interface ShownOptions {
  readonly histogram?: boolean;
  readonly groupBy?: readonly GroupKey[];
  readonly time?: TimeForm;
  readonly columns?: readonly ColumnName[];
}

/** Adds them. */
export function shownOptions(command: Command): Command {
  return command
    .option(
      '--histogram',
      'when it happened, as bars above the table; on a terminal by itself for 20 events or more that are read within a second',
    )
    .option('--no-histogram', 'never')
    .option(
      '--group-by <list>',
      `counts in place of events, by ${GROUP_KEYS.join(', ')}`,
      list('--group-by', GROUP_KEYS),
    )
    .option('--time <form>', `of the table: ${TIME_FORMS.join(', ')}`, choice('--time', TIME_FORMS))
    .option(
      '--columns <list>',
      'of table and csv, in this order: time,actor,secret,error.message; any field of a filter, and actor, secret, origin',
      list('--columns', COLUMN_NAMES),
    );
}

/** What of them makes no sense together, and what a format gets of them. */
export function shownAs(
  { format, follow, histogram, groupBy, time, columns }: ShownOptions & { format: Format; follow?: boolean },
  { stdout }: Io,
): { histogram?: Wish; groupBy?: readonly GroupKey[]; time?: TimeForm; columns?: readonly ColumnName[] } {
  const isCount = COUNT_FORMATS.some((one) => one === format);
  if (groupBy && !isCount) throw new Misuse(`--group-by: counts have no ${format}; ${COUNT_FORMATS.join(', ')} do`);
  if (groupBy && columns) throw new Misuse('--group-by has columns of its own; leave out --columns');
  if (columns && format !== 'table' && format !== 'csv')
    throw new Misuse(`--columns: only table and csv have them, ${format} has not`);
  if (time && format !== 'table') throw new Misuse(`--time is for the table; ${format} has every time in UTC`);
  if (histogram && format !== 'table')
    throw new Misuse(`--histogram stands above a table; leave out --format ${format}`);
  if (follow && histogram) throw new Misuse('--follow has no end, and a histogram needs one; give --until instead');
  if (follow && groupBy) throw new Misuse('--follow has no end, and counts need one; give --until instead');
  const offered = histogram === undefined && stdout.isTTY === true && !follow && !groupBy;
  const wish = histogram ? 'asked' : offered ? 'offered' : undefined;
  return {
    ...(wish && { histogram: wish }),
    ...(groupBy && { groupBy }),
    ...(time && { time }),
    ...(columns && { columns }),
  };
}
