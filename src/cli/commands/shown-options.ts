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

/** What else was asked for decides what can be shown. */
interface Asked extends ShownOptions {
  readonly format: Format;
  readonly follow?: boolean;
  readonly checkpoint?: string;
}

/** What a format gets of them. */
interface Shown {
  readonly histogram?: Wish;
  readonly groupBy?: readonly GroupKey[];
  readonly time?: TimeForm;
  readonly columns?: readonly ColumnName[];
}

/**
 * How events are to be shown.
 *
 * @throws Misuse for what makes no sense together.
 */
export function shownAs(asked: Asked, { stdout }: Io): Shown {
  refuseNonsense(asked);
  const { follow, checkpoint, histogram, groupBy, time, columns } = asked;
  const offered =
    histogram === undefined && stdout.isTTY === true && !follow && checkpoint === undefined && groupBy === undefined;
  const wish = histogram ? 'asked' : offered ? 'offered' : undefined;
  return {
    ...(wish && { histogram: wish }),
    ...(groupBy && { groupBy }),
    ...(time && { time }),
    ...(columns && { columns }),
  };
}

function refuseNonsense({ format, follow, checkpoint, histogram, groupBy, time, columns }: Asked): void {
  if (groupBy && !COUNT_FORMATS.some((one) => one === format))
    throw new Misuse(`--group-by: counts have no ${format}; ${COUNT_FORMATS.join(', ')} do`);
  if (groupBy && columns) throw new Misuse('--group-by has columns of its own; leave out --columns');
  if (columns && format !== 'table' && format !== 'csv')
    throw new Misuse(`--columns: only table and csv have them, ${format} has not`);
  if (time && format !== 'table') throw new Misuse(`--time is for the table; ${format} has every time in UTC`);
  if (histogram && format !== 'table')
    throw new Misuse(`--histogram stands above a table; leave out --format ${format}`);
  const whole = histogram ? '--histogram' : groupBy ? '--group-by' : undefined;
  if (whole && follow) throw new Misuse(`--follow has no end, and ${whole} needs one; give --until instead`);
  // What is held back counts as read: whoever ends the run would never see it.
  if (whole && checkpoint !== undefined)
    throw new Misuse(
      `--checkpoint goes on behind what was printed, and ${whole} prints at the end; leave one of them out`,
    );
}
