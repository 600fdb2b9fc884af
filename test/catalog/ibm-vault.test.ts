import { describe, expect, it } from 'vitest';
import { VAULT_EVENTS } from '../../src/catalog/ibm-vault.ts';
import {
  CATALOG,
  findEvent,
  matchVaultPattern,
  VAULT_EVENT_REGIONS,
  VAULT_PATTERNS,
  VAULT_SEVERITY,
  type VaultOperation,
} from '../../src/catalog/index.ts';
import { catalogLaws } from './catalog-laws.ts';
import { pageText, tableRows } from './page-text.ts';

catalogLaws('ibm-vault.ts', { actions: VAULT_EVENTS });

/** The rule of the page: without the mount, with dots for slashes, without a trailing slash. */
const actionOf = (path: string): string => `secrets-manager.${path.replace(/\/$/, '').split('/').slice(1).join('.')}`;

const filled = (template: string): string => template.replace('<mount>', 'mount').replace(/<[a-z]+>/, 'some-thing');

describe('the IBM page text on Vault Dedicated', () => {
  const rows = tableRows(pageText('ibm-vault-dedicated-2026-09-20.md'));
  const byPath = rows
    .filter((row) => row.length === 4)
    .map(([title = '', name = '', severity = '', target = '']) => ({ title, name, severity, target }));
  const fixed = rows
    .filter((row) => row.length === 3)
    .map(([name = '', title, severity]) => ({ name, title, severity }));

  it('has the nine fixed actions of the catalog, with their titles and severities', () => {
    expect(fixed.map(({ name }) => name).sort()).toEqual(Object.values(VAULT_EVENTS).map(({ name }) => name));
    for (const { name, title, severity } of fixed) expect(findEvent(name)).toMatchObject({ title, severity });
  });

  it.each(byPath)('$title: $target has a family that knows the operation', ({ name, severity, target }) => {
    expect(actionOf(filled(target))).toBe(filled(name));
    const family = matchVaultPattern(filled(name));
    expect(family?.name).toBe(name);
    const operations = Object.keys(family?.actions ?? {}) as VaultOperation[];
    expect(operations.map((operation) => VAULT_SEVERITY[operation])).toContain(severity);
  });

  it('has a row for every family but two that it shows elsewhere', () => {
    const named = new Set(byPath.map(({ name }) => name));
    const others = VAULT_PATTERNS.map(({ name }) => name).filter((name) => !named.has(name));
    expect(others).toEqual(['secrets-manager.metadata', 'secrets-manager.internal.ui.mounts.<mount>']);
  });
});

describe('matchVaultPattern', () => {
  it.each([
    ['secrets/data/my-key', 'secrets-manager.data.<path>'],
    ['my-kv/data/my-key', 'secrets-manager.data.<path>'],
    ['kv/metadata/', 'secrets-manager.metadata'],
    ['pki/certs/', 'secrets-manager.certs'],
    ['pki/issue/my-role', 'secrets-manager.issue.<role>'],
    ['sys/policies/acl/my-policy', 'secrets-manager.policies.acl.<name>'],
    ['auth/approle/role/my-role', 'secrets-manager.approle.role.<name>'],
    ['sys/internal/ui/mounts/secrets', 'secrets-manager.internal.ui.mounts.<mount>'],
    // Paths whose last word looks like a verb, or holds a dot or a line break.
    ['kv/data/secret/read', 'secrets-manager.data.<path>'],
    ['kv/data/app.v2/db', 'secrets-manager.data.<path>'],
    ['kv/metadata/two\nlines', 'secrets-manager.metadata.<path>'],
    ['auth/approle/role/a.b/secret-id', 'secrets-manager.approle.role.<name>.secret-id'],
    ['auth/approle/role/x/role-id', 'secrets-manager.approle.role.<name>.role-id'],
  ])('%s is in %s', (path, family) => {
    expect(matchVaultPattern(actionOf(path))?.name).toBe(family);
  });

  it.each([
    '',
    'data.x',
    'secrets-manager',
    'secrets-manager.',
    'secrets-manager.data',
    'secrets-manager.data.',
    'kms.data.x',
    'GetSecretValue',
    'secrets-manager.keys.x',
    ' secrets-manager.data.x',
    'xsecrets-manager.data.x',
    'secrets-managerxdata.y',
  ])('%j is in none', (name) => {
    expect(matchVaultPattern(name)).toBeUndefined();
  });

  it('leaves every fixed name alone, so that a fixed name wins', () => {
    expect(CATALOG.filter(({ name }) => matchVaultPattern(name) !== undefined)).toEqual([]);
  });

  it('takes time in proportion to the length of a hostile name', () => {
    const names = ['data', 'approle.role', 'metadata', 'x'].map(
      (start) => `secrets-manager.${start}.${'.role-id.secret-id'.repeat(20_000)}!`,
    );
    // Quadratic matching of 360,000 characters would outlive the test's time limit.
    expect(names.map((name) => matchVaultPattern(name)?.name)).toEqual([
      'secrets-manager.data.<path>',
      'secrets-manager.approle.role.<name>',
      'secrets-manager.metadata.<path>',
      undefined,
    ]);
  });
});

it('reads of a secret by path mean what reads of a secret mean', () => {
  const { actions } = matchVaultPattern('secrets-manager.data.app.db') ?? {};
  expect(actions).toEqual({
    create: 'secret.write',
    update: 'secret.write',
    read: 'secret.read',
    delete: 'version.delete',
  });
});

it('Vault Dedicated sends events from two regions by its newest text', () => {
  expect(VAULT_EVENT_REGIONS.regions.map(({ id }) => id)).toEqual(['eu-de', 'us-south']);
  expect(VAULT_EVENT_REGIONS.note).toContain('eu-fr2');
});
