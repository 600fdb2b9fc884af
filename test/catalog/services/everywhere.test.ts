import { expect, test } from 'vitest';
import { CATALOG, searchCatalog } from '../../../src/catalog/index.ts';

test('without `everywhere` the answer is the catalog, at once', () => {
  expect(searchCatalog('')).toEqual(CATALOG);
  expect(searchCatalog('Decrypt').map(({ name }) => name)).not.toContain('Decrypt');
});

test.each([
  ['Decrypt', 'kms.amazonaws.com'],
  ['GetSecretValue', 'secretsmanager.amazonaws.com'],
  ['kms.secrets.unwrap', 'kms'],
  ['ConsoleLogin', 'signin.amazonaws.com'],
  ['update-function-code-20150331v2', 'lambda.amazonaws.com'],
])('%s is found everywhere', async (text, service) => {
  const found = await searchCatalog(text, { everywhere: true });
  expect(found.filter((entry) => entry.service === service).map(({ name }) => name)).not.toEqual([]);
  expect(found[0]?.name.replace(/\W/g, '').toLowerCase()).toBe(text.replace(/\W/g, '').toLowerCase());
});

test('a name with an entry of its own comes once, with its entry', async () => {
  const found = await searchCatalog('GetSecretValue', { everywhere: true, service: 'secretsmanager.amazonaws.com' });
  expect(found.filter(({ name }) => name === 'GetSecretValue')).toEqual([
    expect.objectContaining({ action: 'secret.read' }),
  ]);
});

test('a typo is forgiven', async () => {
  const found = await searchCatalog('Decrytp', { everywhere: true, service: 'kms.amazonaws.com' });
  expect(found[0]?.name).toBe('Decrypt');
});

test('options keep to what they say, and an action keeps to names that have one', async () => {
  const kms = await searchCatalog('', { everywhere: true, service: 'kms.amazonaws.com' });
  expect(new Set(kms.map(({ service }) => service))).toEqual(new Set(['kms.amazonaws.com']));
  const ibm = await searchCatalog('', { everywhere: true, provider: 'ibm', status: 'retired' });
  expect(ibm.filter((entry) => entry.provider !== 'ibm' || entry.status !== 'retired')).toEqual([]);
  expect(ibm.length).toBeGreaterThan(50);
  const reads = await searchCatalog('', { everywhere: true, action: 'secret.read' });
  expect(reads).toEqual(searchCatalog('', { action: 'secret.read' }));
  expect(await searchCatalog('create', { everywhere: true, limit: 3 })).toHaveLength(3);
});

test('an empty text gives everything, the catalog first', async () => {
  const all = await searchCatalog('', { everywhere: true });
  expect(all.slice(0, CATALOG.length)).toEqual(CATALOG);
  expect(all.length).toBeGreaterThan(22_000);
});
