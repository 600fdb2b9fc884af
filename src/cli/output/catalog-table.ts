/** Catalog entries as a table for people. */
import { styleText } from 'node:util';
import type { CatalogEntry, EntryStatus } from '../../catalog/entry.ts';
import type { ServiceEvent } from '../../catalog/services/service-event.ts';
import { type Cell, type Column, type Style, TextTable } from './text-table.ts';

const COLUMNS: readonly Column[] = [
  { header: 'NAME', min: 46, max: 60, rank: 6 },
  { header: 'CLOUD', min: 5, max: 5, rank: 2 },
  { header: 'ACTION', min: 18, max: 20, rank: 5 },
  { header: 'KIND', min: 7, max: 12, rank: 1 },
  { header: 'STATUS', min: 7, max: 8, rank: 3 },
  { header: 'MEANING', min: 16, max: 90, rank: 4, cut: 'end' },
];

const STATUS_STYLE: Readonly<Record<EntryStatus, Style | undefined>> = {
  current: undefined,
  beta: 'yellow',
  retired: 'dim',
  'iam-only': 'dim',
};

type Entry = CatalogEntry | ServiceEvent;

/** A table with one line an entry; nothing at all for none. */
export async function catalogTable(
  entries: readonly Entry[],
  options: { readonly width: number; readonly colour: boolean; readonly grouped: boolean },
): Promise<string> {
  const groups = options.grouped ? groupsOf(entries) : [{ heading: '', entries }];
  const rows = groups.flatMap((group) => group.entries.map(rowOf));
  const text = await new TextTable(COLUMNS, options).rows(rows);
  if (!options.grouped || entries.length === 0) return text;
  // Each row is one line, so the headings find their places by counting.
  const [header = '', ...lines] = text.split('\n');
  const bold = (heading: string) => (options.colour ? styleText(['bold', 'cyan'], heading, UNASKED) : heading);
  let at = 0;
  const shown = groups.flatMap(({ heading, entries }) => {
    const own = lines.slice(at, at + entries.length);
    at += entries.length;
    return ['', bold(heading.slice(0, options.width)), ...own];
  });
  return `${[header, ...shown].join('\n')}\n`;
}

/** The stream is not asked again whether it takes colours. */
const UNASKED = { validateStream: false } as const;

const CLOUDS: Readonly<Record<CatalogEntry['provider'], string>> = { aws: 'AWS', ibm: 'IBM Cloud' };

/** By cloud and by what it was done to, in the order of the first of each: the best find of a search stays on top. */
function groupsOf(entries: readonly Entry[]) {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const title = `${CLOUDS[entry.provider]}: ${'resource' in entry ? entry.resource : placeOf(entry)}`;
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [entry]);
    else group.push(entry);
  }
  return [...groups].map(([title, entries]) => ({ heading: `${title} (${entries.length})`, entries }));
}

function rowOf(entry: Entry): readonly Cell[] {
  return [
    { text: entry.name, style: 'bold' },
    { text: entry.provider },
    { text: 'action' in entry ? entry.action : '', style: 'cyan' },
    // A name of another service has no meaning in words; where it belongs stands in that place.
    { text: 'kind' in entry ? entry.kind : entry.basis, style: 'dim' },
    { text: entry.status, style: STATUS_STYLE[entry.status] },
    { text: 'title' in entry ? entry.title : placeOf(entry) },
  ];
}

function placeOf({ service, product }: ServiceEvent): string {
  return service ?? `${product} (event source unknown)`;
}
