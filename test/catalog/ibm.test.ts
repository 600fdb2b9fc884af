import { describe, expect, it } from 'vitest';
import { IBM_EVENTS, IBM_IAM_EVENTS, IBM_RETIRED_EVENTS } from '../../src/catalog/ibm.ts';
import { IBM_NOTIFICATIONS } from '../../src/catalog/ibm-notifications.ts';
import {
  type CatalogEntry,
  findEvent,
  IBM_EVENT_REGIONS,
  IbmActionName,
  IbmNotificationSubtype,
  IbmNotificationType,
} from '../../src/catalog/index.ts';
import { catalogLaws } from './catalog-laws.ts';
import { pageText, sections, tableRows } from './page-text.ts';

catalogLaws('ibm.ts', { actions: IBM_EVENTS, 'IAM only': IBM_IAM_EVENTS, retired: IBM_RETIRED_EVENTS });
catalogLaws('ibm-notifications.ts', { notifications: IBM_NOTIFICATIONS });

const current: readonly CatalogEntry[] = Object.values(IBM_EVENTS);

describe('the IBM page text of 2024-11-01', () => {
  const tables = sections(pageText('ibm-at-events-2024-11-01.md')).map(([, body]) => tableRows(body));
  const rows = tables.flat().map(([name = '', title = '', stray]) => ({ name, title, stray }));

  it('has four tables: secrets, groups, locks, instance', () => {
    expect(tables.map((table) => table.length)).toEqual([14, 5, 7, 12]);
  });

  it('names exactly the current actions of the catalog', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(current.map(({ name }) => name));
  });

  it.each(rows)('$name has the title that the page gives it', ({ name, title }) => {
    expect(findEvent(name)?.title).toBe(title);
  });

  it('has a stray third column in four rows: the roles, which the entries have and mention', () => {
    const strays = rows.filter(({ stray }) => stray !== undefined);
    expect(strays).toHaveLength(4);
    for (const { name, stray } of strays) {
      const entry = findEvent(name);
      expect(entry?.roles?.join(', ')).toBe(stray);
      expect(entry?.note).toContain('stray third column');
    }
    expect(current.filter((entry) => entry.note?.includes('stray'))).toHaveLength(4);
  });
});

describe('the IBM page text of 2025', () => {
  const text = pageText('ibm-at-events-2025.txt');

  it('names the same actions with the same titles', () => {
    const rows = [...text.matchAll(/^(secrets-manager\.\S+) (.+)$/gm)].map(([, name, title]) => ({ name, title }));
    expect(rows).toHaveLength(38);
    for (const { name = '', title } of rows) expect(findEvent(name)?.title).toBe(title);
  });

  it('has 11 regions, which the catalog has too; one that said No began later', () => {
    const rows = [...text.matchAll(/^(.*\(\S+\).*)\n((?:Yes|No)(?: (?:Yes|No))*)$/gm)].flatMap(
      ([, heads = '', answers = '']) => {
        const sends = answers.split(' ');
        return [...heads.matchAll(/(\w[\w ]*?) \(([a-z-]+)\)/g)].map(([, place, id], column) => ({
          id,
          place,
          sends: sends[column],
        }));
      },
    );
    expect(rows).toHaveLength(11);
    for (const { id, place, sends } of rows) {
      const region = IBM_EVENT_REGIONS.regions.find((other) => other.id === id);
      expect(region?.place).toBe(place);
      expect(region?.since, `${id} ${sends}`).toBe(sends === 'Yes' ? undefined : '2026-02-09');
    }
    const known = new Set(rows.map(({ id }) => id));
    const added = IBM_EVENT_REGIONS.regions.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    expect(added).toEqual(['ca-mon', 'in-mum']);
  });
});

describe('the IBM page text on Event Notifications', () => {
  const rows = tableRows(pageText('ibm-event-notifications-2025-09-19.md')).map(
    ([name = '', subtype = '', severity = '']) => ({ name, subtype, severity }),
  );

  it('names exactly the 20 types of the catalog and their severities', () => {
    expect(Object.values(IbmNotificationType)).toHaveLength(20);
    expect([...new Set(rows.map(({ name }) => name))].sort()).toEqual(Object.values(IbmNotificationType));
    for (const { name, severity } of rows) expect(findEvent(name)?.severity, name).toBe(severity);
  });

  it('has six subtypes, all of one type', () => {
    const subtypes = rows.filter(({ subtype }) => subtype !== '');
    expect(new Set(subtypes.map(({ name }) => name))).toEqual(new Set([IbmNotificationType.SecretAboutToExpire]));
    expect(subtypes.map(({ subtype }) => subtype).sort()).toEqual(Object.values(IbmNotificationSubtype).sort());
    expect(IBM_NOTIFICATIONS.SecretAboutToExpire.subtypes).toHaveLength(6);
  });
});

describe('IBM entries', () => {
  it('are 38 current, 9 of Vault Dedicated, 5 of IAM only and 10 retired', () => {
    const statuses = Object.values(IbmActionName).map((name) => findEvent(name).status);
    const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
    expect(['current', 'beta', 'iam-only', 'retired'].map(count)).toEqual([38, 9, 5, 10]);
  });

  it('keep the two lock lists apart, as the page writes them, and tie neither to an operation', () => {
    expect(IbmActionName.SecretLocksList).toBe('secrets-manager.secret-locks.list');
    expect(IbmActionName.SecretsLocksList).toBe('secrets-manager.secrets-locks.list');
    for (const entry of [IBM_EVENTS.SecretLocksList, IBM_EVENTS.SecretsLocksList]) {
      expect(entry).not.toHaveProperty('operation');
      expect(entry.note).toContain('unverified');
    }
  });

  it('have an empty list of roles exactly where the IAM table lacks them, and say so', () => {
    const missing = current.filter(({ roles }) => roles?.length === 0);
    expect(missing.map(({ name }) => name)).toEqual([
      'secrets-manager.instance.login',
      'secrets-manager.secret-locks.list',
      'secrets-manager.secret-version-data.delete',
      'secrets-manager.secret-version-metadata.update',
    ]);
    for (const { name, roles, note } of current) {
      expect(roles, name).toBeDefined();
      expect(note?.includes('Not in the IAM table') ?? false, name).toBe(roles?.length === 0);
    }
  });

  it('are read-only exactly when their operation is a GET', () => {
    for (const { name, operation, readOnly } of [...current, ...Object.values<CatalogEntry>(IBM_IAM_EVENTS)]) {
      if (operation === undefined || name === IbmActionName.InstanceLogin) continue;
      expect(readOnly, name).toBe(operation.startsWith('GET '));
    }
  });
});
