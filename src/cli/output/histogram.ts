/** When it happened, as bars. */
import { styleText } from 'node:util';
import { amount } from '../amounts.ts';
import type { TimeCounts } from './time-counts.ts';
import { ageText, stampText, type TimeForm } from './time-text.ts';

const ROWS = 16;
/** A bar longer than this says no more. */
const LONGEST = 60;
const DAY = 86_400_000;
const GAP = '  ';

/** How a histogram is to look. */
export interface HistogramOptions {
  readonly width: number;
  readonly colour: boolean;
  readonly time: TimeForm;
}

/** One line for each stretch of time, the earliest first: at most 16 of them, under a line that says what they are. */
export function histogram(counts: TimeCounts, { width, colour, time }: HistogramOptions): string {
  const { length, stretches } = counts.stretches(ROWS);
  const now = Date.now();
  const rows = stretches.map((stretch) => ({
    ...stretch,
    label: labelOf(stretch.start, length, time, now),
    numbers: stretch.denied > 0 ? `${stretch.count} (${stretch.denied} denied)` : `${stretch.count}`,
  }));
  const labels = Math.max(0, ...rows.map(({ label }) => label.length));
  const numbers = Math.max(0, ...rows.map((row) => row.numbers.length));
  const room = Math.min(LONGEST, width - labels - numbers - 2 * GAP.length);
  const highest = Math.max(1, ...rows.map(({ count }) => count));
  const lines = rows.map(({ label, count, denied, numbers }) => {
    if (count === 0) return label.slice(0, width);
    if (room < 1) return `${label}${GAP}${numbers}`.slice(0, width);
    const bar = barOf(count, denied, highest, room);
    const end = colour ? styleText('red', bar.denied, { validateStream: false }) : bar.denied;
    return [label.padEnd(labels), bar.plain + end, numbers].join(GAP);
  });
  return [titleOf(counts.total, length, time).slice(0, width), ...lines, '', ''].join('\n');
}

/** Something is a mark at least, and so is something denied in it. */
function barOf(count: number, denied: number, highest: number, room: number) {
  const whole = Math.max(1, Math.round((count / highest) * room));
  const part = denied === 0 ? 0 : Math.max(1, Math.round((denied / count) * whole));
  return { plain: '█'.repeat(whole - part), denied: '▒'.repeat(part) };
}

function titleOf(total: number, length: number, time: TimeForm): string {
  const zone = { utc: ' (UTC)', local: ' (local time)', relative: '' }[time];
  return `${amount(total, 'event')}, one line for ${stretchText(length)}${zone}, ▒ denied`;
}

function stretchText(length: number): string {
  const units = [
    ['day', DAY],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [unit, ms] = units.find(([, ms]) => length >= ms) ?? ['second', 1000];
  return amount(length / ms, unit);
}

function labelOf(start: number, length: number, time: TimeForm, now: number): string {
  if (time === 'relative') return ageText(start, now);
  const stamp = stampText(start);
  if (length >= DAY) return stamp.slice(0, 10);
  return length >= 60_000 ? stamp.slice(5, 16) : stamp.slice(5);
}
