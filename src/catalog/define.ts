/**
 * How blocks of entries are written down once, and typed enums are made of them.
 *
 * @module
 */
import type { CatalogEntry } from './entry.ts';

/** What is left to say of an entry once the fields in `Shared` are said; its name is its key unless given. */
export type EntryFields<Shared> = Omit<CatalogEntry, keyof Shared | 'name'> & { readonly name?: string };

/** A block of entries with every literal kept, so that a name narrows to exactly its entry. */
export type DefinedEvents<Shared, Entries> = {
  readonly [Key in keyof Entries]: Flat<
    Shared & (Entries[Key] extends { readonly name: string } ? Entries[Key] : Entries[Key] & { readonly name: Key })
  >;
};

type Flat<T> = { readonly [Key in keyof T]: T[Key] };

/**
 * Builds a block of entries from what they share and what sets them apart, so that nothing is written twice, and
 * keeps every literal: to the compiler `findEvent('GetSecretValue').action` is `'secret.read'`, not just some action.
 */
export function defineEvents<
  const Shared extends Partial<CatalogEntry>,
  const Entries extends Readonly<Record<string, EntryFields<Shared>>>,
>(shared: Shared, entries: Entries): DefinedEvents<Shared, Entries> {
  const defined: Record<string, object> = {};
  for (const name in entries) defined[name] = { name, ...shared, ...entries[name] };
  return defined as DefinedEvents<Shared, Entries>;
}

/**
 * The names of a block of entries under their keys: the "typed enum" of the block.
 */
export function namesOf<const Entries extends Readonly<Record<string, CatalogEntry>>>(
  entries: Entries,
): { readonly [Key in keyof Entries]: Entries[Key]['name'] } {
  const names: Record<string, string> = {};
  for (const key in entries) names[key] = (entries[key] as CatalogEntry).name;
  return names as { readonly [Key in keyof Entries]: Entries[Key]['name'] };
}
