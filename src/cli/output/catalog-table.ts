/** Catalog entries as a table for people. */
import { styleText } from 'node:util';
import type { CatalogEntry, EntryStatus } from '../../catalog/entry.ts';
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

/** A table with one line an entry; nothing at all for none. */
export async function catalogTable(
  entries: readonly CatalogEntry[],
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
function groupsOf(entries: readonly CatalogEntry[]) {
  const groups = new Map<string, CatalogEntry[]>();
  for (const entry of entries) {
    const title = `${CLOUDS[entry.provider]}: ${entry.resource}`;
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [entry]);
    else group.push(entry);
  }
  return [...groups].map(([title, entries]) => ({ heading: `${title} (${entries.length})`, entries }));
}

function rowOf({ name, provider, action, kind, status, title }: CatalogEntry): readonly Cell[] {
  return [
    { text: name, style: 'bold' },
    { text: provider },
    { text: action, style: 'cyan' },
    { text: kind, style: 'dim' },
    { text: status, style: STATUS_STYLE[status] },
    { text: title },
  ];
}
