/** What a row of the table is about: a name of the catalog, or a family of names that a rule makes. */
import {
  type Action,
  CATALOG,
  type CatalogEntry,
  type CatalogPattern,
  type EntryKind,
  equivalents,
  eventsFor,
  type Provider,
  VAULT_PATTERNS,
} from '../../src/catalog/index.ts';

export type Subject = CatalogEntry | CatalogPattern;

/** Every name and every family, in the order of the catalog. */
export const SUBJECTS: readonly Subject[] = [...CATALOG, ...VAULT_PATTERNS];

export const CLOUDS: Readonly<Record<Provider, string>> = { aws: 'AWS', ibm: 'IBM Cloud' };

export function isFamily(subject: Subject): subject is CatalogPattern {
  return 'pattern' in subject;
}

/** A family has an action for each operation of the vault. */
export function actionsOf(subject: Subject): readonly Action[] {
  return isFamily(subject) ? [...new Set(Object.values(subject.actions))] : [subject.action];
}

/** Families are audit events of calls to the vault. */
export function kindOf(subject: Subject): EntryKind {
  return isFamily(subject) ? 'api' : subject.kind;
}

export function readOnlyOf(subject: Subject): boolean | undefined {
  return isFamily(subject) ? undefined : subject.readOnly;
}

/** What means the same in the other cloud. */
export function equivalentsOf(subject: Subject): readonly CatalogEntry[] {
  if (!isFamily(subject)) return equivalents(subject.name);
  return actionsOf(subject)
    .flatMap(eventsFor)
    .filter(({ provider }) => provider !== subject.provider);
}

const byName: ReadonlyMap<string, Subject> = new Map(SUBJECTS.map((subject) => [subject.name, subject]));

export function subjectNamed(name: string): Subject | undefined {
  return byName.get(name);
}
