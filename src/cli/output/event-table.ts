/** Events as a table for people. */
import { shortName } from '../../catalog/ibm-name.ts';
import type { AuditEvent } from '../../model/event.ts';
import { type ColumnName, columnText, USUAL_COLUMNS } from './event-columns.ts';
import type { EventFormat } from './format.ts';
import { type Cell, type Column, type Style, TextTable } from './text-table.ts';
import { ageText, stampText, type TimeForm, wallTime } from './time-text.ts';

const MISSING = '-';

/** How a table is to look. */
export interface EventTableOptions {
  readonly width: number;
  readonly colour: boolean;
  /** UTC by default. */
  readonly time?: TimeForm | undefined;
  /** The usual ones by default; of columns that were asked for, the last ones go first where the room is short. */
  readonly columns?: readonly ColumnName[] | undefined;
}

type Layout = Omit<Column, 'header'> & { readonly header?: string };

/** Who, what and how it ended outlive where it came from when the terminal is narrow. */
const LAYOUT: Readonly<Record<(typeof USUAL_COLUMNS)[number], Layout>> = {
  time: { min: 0, max: 0, rank: 6 },
  provider: { header: 'CLOUD', min: 5, max: 5, rank: 3 },
  name: { header: 'EVENT', min: 16, usual: 28, max: 36, rank: 8 },
  outcome: { min: 7, max: 7, rank: 7 },
  actor: { min: 12, usual: 24, max: 32, rank: 4, cut: 'end' },
  secret: { min: 12, usual: 28, max: 40, rank: 5 },
  origin: { min: 15, usual: 15, max: 30, rank: 2 },
  region: { min: 9, usual: 9, max: 14, rank: 1 },
};
/** Room for what was asked for by name: as much as there is. */
const WIDEST = 256;

/** A table with one line an event. */
export function eventTable(options: EventTableOptions): EventFormat {
  const { time: form = 'utc', width, columns = USUAL_COLUMNS } = options;
  const time = timeColumn(form, width);
  const chosen = options.columns !== undefined;
  const table = new TextTable(
    columns.map((name, at) => ({
      ...(name === 'time' ? { ...LAYOUT.time, ...time } : columnFor(name, chosen)),
      ...(chosen && { rank: columns.length - at }),
    })),
    options,
  );
  return {
    page: (events) => table.rows(events.map((event) => columns.map((name) => cellOf(event, name, time.text)))),
    end: () => '',
  };
}

function columnFor(name: ColumnName, chosen: boolean): Column {
  const layout: Layout = Object.hasOwn(LAYOUT, name)
    ? LAYOUT[name as keyof typeof LAYOUT]
    : { min: Math.max(10, name.length), max: WIDEST, rank: 0 };
  return { header: name.toUpperCase(), ...layout, ...(chosen && { max: WIDEST }) };
}

/** The time is as wide as its form, and drops the year and then the seconds where the room is short. */
function timeColumn(form: TimeForm, width: number) {
  const now = Date.now();
  // `59 min` may come after `3 s`.
  const length = form === 'relative' ? 6 : width >= 130 ? 19 : width >= 72 ? 14 : 11;
  const stamp = (time: Date) => stampText(wallTime(time, form));
  return {
    header: { utc: 'TIME (UTC)', local: 'LOCAL TIME', relative: 'AGE' }[form],
    min: length,
    usual: length,
    max: form === 'relative' ? 12 : length,
    text: (time: Date) => {
      if (form === 'relative') return ageText(time.getTime(), now);
      return length === 19 ? stamp(time) : stamp(time).slice(5, 5 + length);
    },
  };
}

function cellOf(event: AuditEvent, name: ColumnName, timeText: (time: Date) => string): Cell {
  switch (name) {
    case 'time':
      return { text: timeText(event.time), style: 'dim' };
    case 'name':
      return { text: shortName(event.name) };
    case 'outcome':
      return outcomeOf(event);
    default:
      return { text: columnText(event, name) || MISSING };
  }
}

const OUTCOME_STYLE: Readonly<Record<AuditEvent['outcome'], Style | undefined>> = {
  success: undefined,
  failure: 'red',
  pending: 'yellow',
  unknown: 'dim',
};

function outcomeOf(event: AuditEvent): Cell {
  if (event.denied) return { text: 'DENIED', style: ['bold', 'red'] };
  return { text: event.outcome, style: OUTCOME_STYLE[event.outcome] };
}
