/** The rows of the table: made once, shown and put in order as the search asks. */
import { detailsOf } from './details.ts';
import { element } from './element.ts';
import { readOnlyWord } from './find.ts';
import { actionsOf, CLOUDS, isFamily, kindOf, SUBJECTS, type Subject } from './subject.ts';

/** The columns; each cell has its column's name as a class, behind `col-`. */
export const COLUMNS = ['Name', 'Cloud', 'Action', 'Meaning', 'Kind', 'Read-only', 'Status'] as const;

export function columnClass(column: string): string {
  return `col-${column.toLowerCase()}`;
}

interface Row {
  readonly line: HTMLTableRowElement;
  readonly button: HTMLButtonElement;
  readonly id: string;
}

export interface Table {
  /** Shows these rows, in this order, and opens one of them. */
  show(subjects: readonly Subject[], open: Subject | undefined): void;
  /** Brings a row into view and the keyboard to it. */
  reveal(subject: Subject): void;
}

/** `toggle` is called when somebody opens or closes a row. */
export function tableIn(body: HTMLTableSectionElement, status: HTMLElement, toggle: (subject: Subject) => void): Table {
  const rows = new Map<Subject, Row>(SUBJECTS.map((subject, i) => [subject, rowOf(subject, `details-${i}`, toggle)]));
  body.addEventListener('keydown', (event) => walk(event, body));
  let shown: readonly Subject[] = [];
  let opened: { readonly subject: Subject; readonly line: HTMLTableRowElement } | undefined;

  return {
    show(subjects, open) {
      // Rows that stay are not touched: one that is taken out and put back loses the keyboard.
      if (subjects.length !== shown.length || subjects.some((subject, i) => subject !== shown[i])) {
        body.replaceChildren(...subjects.map((subject) => (rows.get(subject) as Row).line));
        shown = subjects;
      }
      if (opened?.subject !== open) {
        opened?.line.remove();
        if (opened) rows.get(opened.subject)?.button.setAttribute('aria-expanded', 'false');
        const row = open && rows.get(open);
        row?.button.setAttribute('aria-expanded', 'true');
        opened = open && row && { subject: open, line: detailsLine(open, row.id, status) };
      }
      if (opened) rows.get(opened.subject)?.line.after(opened.line);
    },
    reveal(subject) {
      const row = rows.get(subject);
      row?.button.focus({ preventScroll: true });
      row?.line.scrollIntoView({ block: 'start' });
    },
  };
}

function rowOf(subject: Subject, id: string, toggle: (subject: Subject) => void): Row {
  const button = element('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': id }, subject.name);
  const cells = [
    element('span', { class: `cloud ${subject.provider}` }, CLOUDS[subject.provider]),
    element('span', { class: 'name' }, actionsOf(subject).join(' ')),
    subject.title,
    isFamily(subject) ? 'api, family' : kindOf(subject),
    readOnlyWord(subject),
    element('span', { class: `status ${subject.status}` }, subject.status),
  ];
  const line = element(
    'tr',
    {},
    element('th', { scope: 'row' }, button),
    ...cells.map((cell, i) => element('td', { class: columnClass(COLUMNS[i + 1] as string) }, cell)),
  );
  button.addEventListener('click', () => toggle(subject));
  return { line, button, id };
}

function detailsLine(subject: Subject, id: string, status: HTMLElement): HTMLTableRowElement {
  const cell = element('td', { colspan: String(COLUMNS.length), id }, detailsOf(subject, status));
  return element('tr', { class: 'opened' }, cell);
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
