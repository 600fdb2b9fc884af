/**
 * The entries of one cloud, found by their name or by what they mean. A table for each, so that whoever reads one cloud
 * need not carry the other.
 *
 * @module
 */
import type { Action, CatalogEntry, Provider } from './entry.ts';

/** Its maps are made by the first question: importing the catalog costs nothing but the data. */
export class EntryTable {
  readonly provider: Provider;
  readonly entries: readonly CatalogEntry[];
  #byName: ReadonlyMap<string, CatalogEntry> | undefined;
  #byAction: ReadonlyMap<Action, readonly CatalogEntry[]> | undefined;

  /** @param blocks - In the order in which they are listed. */
  constructor(provider: Provider, blocks: readonly Readonly<Record<string, CatalogEntry>>[]) {
    this.provider = provider;
    this.entries = blocks.flatMap((block) => Object.values(block));
  }

  find(name: string): CatalogEntry | undefined {
    this.#byName ??= new Map(this.entries.map((entry) => [entry.name, entry]));
    return this.#byName.get(name);
  }

  /** Every entry that means an action. */
  meaning(action: Action): readonly CatalogEntry[] {
    this.#byAction ??= grouped(this.entries);
    return this.#byAction.get(action) ?? [];
  }
}

function grouped(entries: readonly CatalogEntry[]): ReadonlyMap<Action, readonly CatalogEntry[]> {
  const groups = new Map<Action, CatalogEntry[]>();
  for (const entry of entries) {
    const known = groups.get(entry.action);
    if (known) known.push(entry);
    else groups.set(entry.action, [entry]);
  }
  return groups;
}
