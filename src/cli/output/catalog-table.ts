/** Catalog entries as a table for people. */
import type { CatalogEntry, EntryStatus } from '../../catalog/entry.ts';
import { type Column, type Style, TextTable } from './text-table.ts';

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
export function catalogTable(
  entries: readonly CatalogEntry[],
  options: { readonly width: number; readonly colour: boolean },
): Promise<string> {
  return new TextTable(COLUMNS, options).rows(
    entries.map(({ name, provider, action, kind, status, title }) => [
      { text: name, style: 'bold' },
      { text: provider },
      { text: action },
      { text: kind },
      { text: status, style: STATUS_STYLE[status] },
      { text: title },
    ]),
  );
}
