/** A table under the histogram of what is in it. */
import type { AuditEvent } from '../../model/event.ts';
import type { EventFormat } from './format.ts';
import { type HistogramOptions, histogram } from './histogram.ts';
import { TimeCounts } from './time-counts.ts';

/** Rows that are held until the histogram above them is known. */
const HELD = { asked: 10_000, offered: 1000 } as const;
/** Fewer rows show by themselves when they were. */
const WORTH_IT = 20;

/** Whether somebody asked for the histogram, or it is offered where it costs no waiting. */
export type Wish = keyof typeof HELD;

/**
 * Holds the rows back until all of them are there, and puts the histogram above them. Where there are too many, the rows
 * come as they are read; a histogram that was asked for then stands below them. One that is only offered gives way as
 * soon as somebody waits.
 */
export function withHistogram(table: EventFormat, wish: Wish, options: HistogramOptions): EventFormat {
  const counts = new TimeCounts(options.time);
  let held: AuditEvent[] | undefined = [];
  const release = () => {
    const events = held ?? [];
    held = undefined;
    return events.length === 0 ? '' : table.page(events);
  };
  return {
    page(events) {
      counts.add(events);
      if (held === undefined) return table.page(events);
      held.push(...events);
      return held.length > HELD[wish] ? release() : '';
    },
    hurry: () => (wish === 'offered' ? release() : ''),
    async end() {
      const shown = counts.total >= (wish === 'asked' ? 1 : WORTH_IT) ? histogram(counts, options) : '';
      if (held !== undefined) return `${shown}${await release()}${await table.end()}`;
      return `${await table.end()}${wish === 'asked' && shown !== '' ? `\n${shown.trimEnd()}\n` : ''}`;
    },
  };
}
