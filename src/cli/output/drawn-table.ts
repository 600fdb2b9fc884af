/** Tables as the library draws them: characters of any width, one line a row, no rules between. */
import Table from 'cli-table3';

const NO_LINES = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
};
const PLAIN = { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true };

/** The width that each column takes on a terminal. */
export function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const table = new Table({ chars: NO_LINES, style: PLAIN });
  for (const row of rows) table.push([...row]);
  // The widths are a by-product of drawing.
  table.toString();
  return table.options.colWidths.map((width) => width ?? 0);
}

/** The lines of a table with given widths, `gap` spaces apart; what does not fit ends in an ellipsis. */
export function draw(rows: readonly (readonly string[])[], widths: readonly number[], gap: number): readonly string[] {
  const table = new Table({ colWidths: widths.map((width) => width + gap), chars: NO_LINES, style: PLAIN });
  for (const row of rows) {
    table.push(row.map((content) => ({ content, style: { 'padding-left': 0, 'padding-right': gap } })));
  }
  return table.toString().split('\n');
}
