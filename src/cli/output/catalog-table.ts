/** Catalog entries as a table for people. */
import type { CatalogEntry, EntryStatus } from '../../catalog/entry.ts';
import type { ServiceEvent } from '../../catalog/services/service-event.ts';
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
  entries: readonly (CatalogEntry | ServiceEvent)[],
  options: { readonly width: number; readonly colour: boolean },
): Promise<string> {
  return new TextTable(COLUMNS, options).rows(
    entries.map((entry) => [
      { text: entry.name, style: 'bold' },
      { text: entry.provider },
      { text: 'action' in entry ? entry.action : '' },
      // A name of another service has no meaning in words; where it belongs stands in that place.
      { text: 'kind' in entry ? entry.kind : entry.basis },
      { text: entry.status, style: STATUS_STYLE[entry.status] },
      { text: 'title' in entry ? entry.title : (entry.service ?? `${entry.product} (event source unknown)`) },
    ]),
  );
}
