/** The rows of the table: each made when it is first shown, and put in order as the search asks. */
import { element } from './element.ts';
import { isOther, kindWord, type Row, readOnlyWord, serviceOf } from './row.ts';
import { actionsOf, CLOUDS } from './subject.ts';

/** The columns; each cell has its column's name as a class, behind `col-`. */
export const COLUMNS = ['Name', 'Cloud', 'Action', 'Meaning', 'Kind', 'Read-only', 'Status'] as const;

export function columnClass(column: string): string {
  return `col-${column.toLowerCase()}`;
}

interface Shown {
  readonly line: HTMLTableRowElement;
  readonly button: HTMLButtonElement;
  readonly id: string;
}

export interface Table {
  /** Shows these rows, in this order, and opens one of them. */
  show(rows: readonly Row[], open: Row | undefined): void;
  /** Brings the keyboard to a row. */
  focus(row: Row): void;
  /** Brings a row into view and the keyboard to it. */
  reveal(row: Row): void;
}

/** `details` is what a row opens to; `toggle` is called when somebody opens or closes one. */
export function tableIn(
  body: HTMLTableSectionElement,
  details: (row: Row) => HTMLElement,
  toggle: (row: Row) => void,
): Table {
  const made = new Map<Row, Shown>();
  const shownOf = (row: Row): Shown => {
    const one = made.get(row) ?? lineOf(row, `details-${made.size}`, toggle);
    made.set(row, one);
    return one;
  };
  body.addEventListener('keydown', (event) => walk(event, body));
  let shown: readonly Row[] = [];
  let opened: { readonly row: Row; readonly line: HTMLTableRowElement } | undefined;

  return {
    show(rows, open) {
      // Rows that stay are not touched: one that is taken out and put back loses the keyboard.
      const stay = shown.length <= rows.length && shown.every((row, i) => row === rows[i]);
      const lines = (from: number) => rows.slice(from).map((row) => shownOf(row).line);
      if (stay) body.append(...lines(shown.length));
      else body.replaceChildren(...lines(0));
      shown = rows;
      if (opened?.row !== open) {
        opened?.line.remove();
        if (opened) shownOf(opened.row).button.setAttribute('aria-expanded', 'false');
        opened = open && { row: open, line: detailsLine(details(open), shownOf(open).id) };
        if (open) shownOf(open).button.setAttribute('aria-expanded', 'true');
      }
      if (opened) shownOf(opened.row).line.after(opened.line);
    },
    focus(row) {
      shownOf(row).button.focus();
    },
    reveal(row) {
      const { button, line } = shownOf(row);
      button.focus({ preventScroll: true });
      line.scrollIntoView({ block: 'start' });
    },
  };
}

function lineOf(row: Row, id: string, toggle: (row: Row) => void): Shown {
  // The name alone can be that of a hundred services.
  const service = isOther(row) ? [' ', element('span', { class: 'of' }, serviceOf(row))] : [];
  const button = element(
    'button',
    { type: 'button', 'aria-expanded': 'false', 'aria-controls': id },
    row.name,
    ...service,
  );
  const cells = [
    element('span', { class: `cloud ${row.provider}` }, CLOUDS[row.provider]),
    element('span', { class: 'name' }, isOther(row) ? '' : actionsOf(row).join(' ')),
    isOther(row) ? row.product : row.title,
    kindWord(row),
    readOnlyWord(row),
    element('span', { class: `status ${row.status}` }, row.status),
  ];
  const line = element(
    'tr',
    {},
    element('th', { scope: 'row' }, button),
    ...cells.map((cell, i) => element('td', { class: columnClass(COLUMNS[i + 1] as string) }, cell)),
  );
  button.addEventListener('click', () => toggle(row));
  return { line, button, id };
}

function detailsLine(details: HTMLElement, id: string): HTMLTableRowElement {
  return element('tr', { class: 'opened' }, element('td', { colspan: String(COLUMNS.length), id }, details));
}

/** Arrow keys go from row to row. */
function walk(event: KeyboardEvent, body: HTMLElement): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const buttons = [...body.querySelectorAll<HTMLButtonElement>('th button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  if (step === 0 || at < 0) return;
  event.preventDefault();
  buttons[at + step]?.focus();
}
