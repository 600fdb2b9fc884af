/**
 * What holds for the entries of any provider. A catalog file of a new provider runs the same laws.
 */
import { describe, expect, it } from 'vitest';
import { ACTIONS, type CatalogEntry } from '../../src/catalog/entry.ts';
import { CATALOG } from '../../src/catalog/index.ts';

/** Entries under their enum keys, as one block of a catalog file has them. */
type Block = Readonly<Record<string, CatalogEntry>>;

const REQUIRED = ['name', 'provider', 'service', 'kind', 'action', 'title', 'resource', 'status', 'source'];
const OPTIONAL = [
  'readOnly',
  'outcome',
  'access',
  'roles',
  'operation',
  'severity',
  'subtypes',
  'since',
  'successors',
  'note',
];

/** Letters and digits only: what a name and its key have in common. */
const squeezed = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Declares the laws for the blocks of one catalog file. */
export function catalogLaws(file: string, blocks: Readonly<Record<string, Block>>): void {
  describe(`${file}: catalog laws`, () => {
    const all = Object.values(blocks).flatMap((block) => Object.values(block));

    describe.each(Object.entries(blocks))('%s', (_, block) => {
      const entries = Object.values(block);

      it('is sorted by name', () => {
        const names = entries.map((entry) => entry.name);
        expect(names).toEqual([...names].sort());
      });

      it('has keys that are the names in PascalCase, without their prefix', () => {
        for (const [key, entry] of Object.entries(block)) {
          expect(key).toMatch(/^[A-Z][A-Za-z0-9]*$/);
          expect(squeezed(entry.name), key).toMatch(new RegExp(`${squeezed(key)}$`));
        }
      });

      it.each(entries.map((entry) => [entry.name, entry] as const))('%s is well formed', (_name, entry) => {
        for (const field of REQUIRED) expect(entry).toHaveProperty(field);
        expect([...REQUIRED, ...OPTIONAL]).toEqual(expect.arrayContaining(Object.keys(entry)));
        expect(Object.values(entry)).not.toContain(undefined);
        expect(ACTIONS).toContain(entry.action);
        expect(entry.source).toMatch(/^https:\/\/\S+$/);
        expect(entry.title).toMatch(/^[A-Z].*\w\.?$/);
        expect(entry.title.length).toBeLessThanOrEqual(80);
        if (entry.note !== undefined) expect(entry.note).toMatch(/^[A-Z].*\.$/);
        if (entry.since !== undefined) expect(entry.since).toMatch(/^20\d\d-[01]\d(-[0-3]\d)?$/);
        if (entry.subtypes !== undefined) expect(entry.kind).toBe('notification');
      });
    });

    it('names each thing once', () => {
      const names = all.map((entry) => entry.name);
      expect(names).toEqual([...new Set(names)]);
    });

    it('has every entry in the catalog', () => {
      expect(CATALOG).toEqual(expect.arrayContaining(all));
    });

    it('says of each retired name what came after it, in names that are not retired themselves', () => {
      for (const entry of all) {
        expect(entry.successors !== undefined, entry.name).toBe(entry.status === 'retired');
        for (const successor of entry.successors ?? []) {
          const next = CATALOG.find((other) => other.name === successor && other.provider === entry.provider);
          expect(next?.status, `${entry.name} -> ${successor}`).toBe('current');
        }
      }
    });

    it('gives the same outcome to every name that says how it ended', () => {
      for (const { name, outcome } of all) {
        if (/(failed|blocked)$/i.test(name)) expect(outcome, name).toBe('failure');
        if (/(succeeded)$/i.test(name)) expect(outcome, name).toBe('success');
        if (/(started)$/i.test(name)) expect(outcome, name).toBe('pending');
      }
    });

    it('calls nothing read-only that writes', () => {
      const writing = /\.(create|write|update|delete|restore|label|revoke|grant|request|remove|detach|cancel)$/;
      for (const { name, action, readOnly } of all) {
        if (writing.test(action)) expect(readOnly, name).not.toBe(true);
        if (/\.(read|list|describe)$/.test(action)) expect(readOnly, name).not.toBe(false);
      }
    });
  });
}
