/** Tables that fit a terminal, a few rows at a time. */
import { styleText } from 'node:util';
import { printable } from '../printable.ts';

/** How a cell looks when colours are wanted. */
export type Style = Parameters<typeof styleText>[0];

/** What stands in a cell; the text may be anything. */
export interface Cell {
  readonly text: string;
  readonly style?: Style | undefined;
}

/** One column. */
export interface Column {
  readonly header: string;
  /** Below this it says nothing; other columns are left out before it gets there. */
  readonly min: number;
  /** Room that rows to come will need, whatever the first ones look like. */
  readonly usual?: number;
  readonly max: number;
  /** Where the room is short, the column with the lowest rank goes first. */
  readonly rank: number;
  /** Where a value that is too long loses its rest; in the middle, if not said, since names differ at their ends. */
  readonly cut?: 'end';
}

const GAP = 2;
/** Cells are cut before they are measured: measuring is slow, and a stranger may send a megabyte. */
const LONGEST = 256;
/** Rows that are laid out at once; the library's time grows faster than their number. */
const AT_ONCE = 64;
/** Text in which a character is a column everywhere; the ellipsis is our own. */
const PLAIN = /^[ -~…]*$/;

/**
 * A table that is written while its rows come: the first rows settle the widths, and nothing is kept. Text is made safe
 * to print, wide characters count two, and what is too long is cut with an ellipsis.
 *
 * Rows in plain ASCII, nearly all there are, are laid out here to the letter as the library would: it measures each
 * cell against all of Unicode, which takes a hundred times as long, and loading it takes longer than most answers.
 */
export class TextTable {
  readonly #columns: readonly Column[];
  readonly #width: number;
  readonly #colour: boolean;
  #layout: readonly { readonly at: number; readonly width: number }[] | undefined;

  constructor(columns: readonly Column[], options: { readonly width: number; readonly colour: boolean }) {
    this.#columns = columns;
    this.#width = options.width;
    this.#colour = options.colour;
  }

  /** The lines of these rows, after the header if they are the first. */
  async rows(rows: readonly (readonly Cell[])[]): Promise<string> {
    let text = '';
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows
        .slice(from, from + AT_ONCE)
        .map((row) => row.map((cell) => ({ ...cell, text: short(cell.text) })));
      if (this.#layout === undefined) {
        this.#layout = this.#settle(await widthsOf([this.#columns.map(({ header }) => header), ...some.map(textsOf)]));
        text += await this.#lines([this.#columns.map(({ header }) => ({ text: header, style: 'bold' }))]);
      }
      text += await this.#lines(some);
    }
    return text;
  }

  #settle(natural: readonly number[]): { at: number; width: number }[] {
    let kept = this.#columns.map((column, at) => {
      const width = Math.min(column.max, Math.max(natural[at] ?? 0, column.usual ?? 0));
      return { at, min: Math.min(column.min, width), width, rank: column.rank };
    });
    const room = () => this.#width - GAP * (kept.length - 1);
    while (kept.length > 1 && sum(kept.map(({ min }) => min)) > room()) {
      const lowest = Math.min(...kept.map(({ rank }) => rank));
      kept = kept.filter(({ rank }) => rank !== lowest);
    }
    // The column with the most to spare gives first, so that all end up about as well off.
    for (let over = sum(kept.map(({ width }) => width)) - room(); over > 0; over--) {
      const giver = kept.reduce((a, b) => (b.width - b.min > a.width - a.min ? b : a));
      giver.width = Math.max(1, giver.width - 1);
    }
    return kept;
  }

  async #lines(rows: readonly (readonly Cell[])[]): Promise<string> {
    const layout = this.#layout ?? [];
    const widths = layout.map(({ width }) => width);
    const shown = rows.map((row) => layout.map(({ at, width }) => this.#cut(row[at] ?? { text: '' }, at, width)));
    const styled = shown.map((row) => row.map((cell) => this.#styled(cell)));
    const lines = isPlain(shown.map(textsOf))
      ? shown.map((row, y) => row.map(({ text }, x) => styled[y]?.[x] + padding(text, widths[x])).join(' '.repeat(GAP)))
      : (await import('./drawn-table.ts')).draw(styled, widths, GAP);
    return lines.map((line) => `${line.trimEnd()}\n`).join('');
  }

  /** Cuts plain text; the library cuts other text, at its end. */
  #cut({ text, style }: Cell, at: number, width: number): Cell {
    if (text.length <= width || !PLAIN.test(text)) return { text, style };
    const tail = this.#columns[at]?.cut === 'end' || width < 8 ? 0 : Math.floor((width - 1) / 2);
    return { text: `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`, style };
  }

  #styled({ text, style }: Cell): string {
    // The stream is not asked again: whether there are colours has been settled, also for the tests.
    return this.#colour && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
  }
}

/** The width of each column, as the library measures it. */
async function widthsOf(rows: readonly (readonly string[])[]): Promise<readonly number[]> {
  if (!isPlain(rows)) return (await import('./drawn-table.ts')).widthsOf(rows);
  const [header = []] = rows;
  return header.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
}

function padding(text: string, width = 0): string {
  return ' '.repeat(width - text.length);
}

function isPlain(rows: readonly (readonly string[])[]): boolean {
  return rows.every((row) => row.every((text) => PLAIN.test(text)));
}

function textsOf(row: readonly Cell[]): readonly string[] {
  return row.map(({ text }) => text);
}

function short(text: string): string {
  return printable(text.length > LONGEST ? text.slice(0, LONGEST) : text);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
