/** The catalog explorer: one page, whose state is its address. */

import { controlsOf } from './controls.ts';
import { byId, element } from './element.ts';
import { find, findBeyond } from './find.ts';
import { openedRow } from './opened.ts';
import { type Others, unpackOthers } from './others.ts';
import { EVERY, hashOf, NOWHERE, type Place, placeOf } from './place.ts';
import { isOther, type Row, serviceOf } from './row.ts';
import { SUBJECTS, subjectNamed } from './subject.ts';
import { COLUMNS, columnClass, tableIn } from './table.ts';
import { unknownIn } from './unknown.ts';

/** Rows that are shown at once; the secrets managers' names are fewer. */
const AT_ONCE = 300;

const count = byId('count', HTMLElement);
const rows = byId('rows', HTMLTableSectionElement);
const more = byId('more', HTMLButtonElement);
const everywhere = byId('everywhere', HTMLButtonElement);
const controls = controlsOf(fromControls);
const said = byId('said', HTMLElement);
const table = tableIn(rows, (row) => openedRow(row, others, said), toggle);
byId('columns', HTMLTableRowElement).append(
  ...COLUMNS.map((name) => element('th', { scope: 'col', class: columnClass(name) }, name)),
);
let place = NOWHERE;
let found: readonly Row[] = [];
/** How many of them are shown. */
let limit = AT_ONCE;
/** Once somebody has asked for them. */
let others: Others | undefined;
/** Of two searches, the one that was begun first may end last; it is not shown then. */
let round = 0;

/** Goes to what the controls say. Typing makes no entry in the history. */
function fromControls(said: Partial<Place>): void {
  place = { ...place, ...said };
  limit = AT_ONCE;
  history.replaceState(null, '', hashOf(place));
  void show();
}

function toggle(row: Row): void {
  const closes = row === rowAt(place);
  const of = !closes && isOther(row) && serviceOf(row) !== place.service ? serviceOf(row) : '';
  place = { ...place, event: closes ? '' : row.name, of };
  history.pushState(null, '', hashOf(place));
  draw();
}

/** Goes to what the address says: a link, a bookmark, the way back. */
async function fromAddress(): Promise<void> {
  place = placeOf(location.hash);
  limit = AT_ONCE;
  if ((place.service !== '' || place.of !== '') && others === undefined) {
    const asked = location.hash;
    await unpacked();
    if (location.hash !== asked) return;
  }
  place = { ...place, ...controls.set(place) };
  await show();
  const row = rowAt(place);
  if (row === undefined) return;
  // A link to a name shows it, whatever was looked for before; one far down among all is shown among its service's.
  const at = found.indexOf(row);
  if (at < 0 || (at >= AT_ONCE && place.service === EVERY)) {
    place = { ...NOWHERE, event: place.event, ...(isOther(row) && { service: serviceOf(row) }) };
    controls.set(place);
    await show();
  }
  table.reveal(row);
}

/** The row that the address names. */
function rowAt({ event, of, service }: Place): Row | undefined {
  return others?.named(of === '' ? service : of, event) ?? (of === '' ? subjectNamed(event) : undefined);
}

async function unpacked(): Promise<Others> {
  count.textContent = 'Unpacking the names of every service';
  others = await unpackOthers();
  controls.offer(others.services.values());
  return others;
}

/** Searches, at once among the secrets managers' names. */
async function show(): Promise<void> {
  const mine = ++round;
  if (place.service === '') {
    found = find(place);
  } else {
    rows.parentElement?.setAttribute('aria-busy', 'true');
    const all = others ?? (await unpacked());
    // What is typed meanwhile is looked for in place of this.
    await new Promise(requestAnimationFrame);
    if (mine !== round) return;
    const result = await findBeyond(place, all);
    if (mine !== round) return;
    found = result;
  }
  rows.parentElement?.removeAttribute('aria-busy');
  controls.set(place);
  draw();
}

function draw(): void {
  const row = rowAt(place);
  const at = row === undefined ? -1 : found.indexOf(row);
  // Of one service all can be shown up to the one that is open; of all it would be thousands.
  if (place.service !== EVERY) limit = Math.max(limit, at + 1);
  const open = at >= 0 && at < limit ? row : undefined;
  table.show(found.slice(0, limit), open);
  const hidden = Math.max(0, found.length - limit);
  count.textContent = `${found.length} of ${total()} names${of()}${hidden > 0 ? `, the first ${limit} shown` : ''}${unknownIn(placeOf(location.hash), row, others)}`;
  more.hidden = hidden === 0;
  more.textContent = `Show ${Math.min(AT_ONCE, hidden)} more of ${hidden}`;
  everywhere.hidden = place.service !== '' || place.text === '';
}

function total(): number {
  if (place.service === '' || others === undefined) return SUBJECTS.length;
  const all = [...SUBJECTS, ...others.names];
  return place.service === EVERY ? all.length : all.filter((row) => serviceOf(row) === place.service).length;
}

function of(): string {
  return place.service === '' || place.service === EVERY ? '' : ` of ${place.service}`;
}

more.addEventListener('click', () => {
  const next = found[limit];
  limit += AT_ONCE;
  draw();
  if (next) table.focus(next);
});
everywhere.addEventListener('click', () => {
  controls.set({ ...place, service: EVERY });
  fromControls({ service: EVERY });
  controls.focus();
});
// The address is taken: its `#` holds the place.
byId('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  event.preventDefault();
  controls.focus();
});
byId('clear', HTMLButtonElement).addEventListener('click', () => {
  location.hash = '';
  controls.focus();
});
addEventListener('hashchange', () => void fromAddress());
addEventListener('popstate', () => void fromAddress());
void fromAddress();
