/** The catalog explorer: one page, whose state is its address. */
import { ACTIONS } from '../../src/catalog/index.ts';
import { nearest } from '../../src/catalog/nearest.ts';
import { byId, element } from './element.ts';
import { find, readOnlyWord } from './find.ts';
import { hashOf, NOWHERE, type Place, placeOf } from './place.ts';
import { CLOUDS, kindOf, SUBJECTS, type Subject, subjectNamed } from './subject.ts';
import { COLUMNS, columnClass, tableIn } from './table.ts';

type Choice = 'provider' | 'action' | 'kind' | 'readOnly' | 'status';

/** The values to choose from; those of the catalog itself, so that none is offered that finds nothing. */
const CHOICES: Readonly<Record<Choice, readonly (readonly [value: string, label: string])[]>> = {
  provider: Object.entries(CLOUDS),
  action: ACTIONS.map((action) => [action, action]),
  kind: [...new Set(SUBJECTS.map(kindOf))].map((kind) => [kind, kind]),
  readOnly: [...new Set(SUBJECTS.map(readOnlyWord))].map((word) => [word, word]),
  status: [...new Set(SUBJECTS.map(({ status }) => status))].map((status) => [status, status]),
};

const text = byId('text', HTMLInputElement);
const count = byId('count', HTMLElement);
const selects = Object.entries(CHOICES).map(([name, choices]) => {
  const select = byId(name, HTMLSelectElement);
  select.append(...choices.map(([value, label]) => element('option', { value }, label)));
  return [name as Choice, select] as const;
});
byId('columns', HTMLTableRowElement).append(
  ...COLUMNS.map((name) => element('th', { scope: 'col', class: columnClass(name) }, name)),
);
const table = tableIn(byId('rows', HTMLTableSectionElement), byId('said', HTMLElement), toggle);
let place = NOWHERE;

/** Goes to what the controls say. Typing makes no entry in the history. */
function fromControls(): void {
  const chosen = Object.fromEntries(selects.map(([name, select]) => [name, select.value]));
  place = { ...place, ...chosen, text: text.value };
  history.replaceState(null, '', hashOf(place));
  show();
}

function toggle(subject: Subject): void {
  place = { ...place, event: place.event === subject.name ? '' : subject.name };
  history.pushState(null, '', hashOf(place));
  show();
}

/** Goes to what the address says: a link, a bookmark, the way back. */
function fromAddress(): void {
  place = placeOf(location.hash);
  const subject = subjectNamed(place.event);
  // A link to a name shows it, whatever was looked for before.
  if (subject && !find(place).includes(subject)) place = { ...NOWHERE, event: place.event };
  text.value = place.text;
  for (const [name, select] of selects) {
    select.value = place[name];
    // A value that is not to be chosen from.
    if (select.selectedIndex < 0) {
      select.value = '';
      place = { ...place, [name]: '' };
    }
  }
  show();
  if (subject) table.reveal(subject);
}

function show(): void {
  const found = find(place);
  const open = subjectNamed(place.event);
  table.show(found, open && found.includes(open) ? open : undefined);
  count.textContent = `${found.length} of ${SUBJECTS.length} names${unknownName(place)}`;
}

function unknownName({ event }: Place): string {
  if (event === '' || subjectNamed(event)) return '';
  const near = nearest(
    event,
    SUBJECTS.map(({ name }) => name),
  );
  return `; ${JSON.stringify(event)} is not in the catalog${near === undefined ? '' : `, did you mean ${near}?`}`;
}

text.addEventListener('input', fromControls);
for (const [, select] of selects) select.addEventListener('change', fromControls);
// The address is taken: its `#` holds the place.
byId('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  event.preventDefault();
  text.focus();
});
byId('search', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
byId('clear', HTMLButtonElement).addEventListener('click', () => {
  location.hash = '';
  text.focus();
});
addEventListener('hashchange', fromAddress);
addEventListener('popstate', fromAddress);
fromAddress();
