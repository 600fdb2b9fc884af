import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS, CATALOG, searchCatalog } from '../../src/catalog/index.ts';
import { editDistance, nearest } from '../../src/catalog/nearest.ts';

const found = (...query: Parameters<typeof searchCatalog>): string[] => searchCatalog(...query).map(({ name }) => name);

describe('searchCatalog', () => {
  it.each([
    'GetSecretValue',
    'getsecretvalue',
    'get-secret-value',
    'get_secret_value',
    'GET SECRET VALUE',
    ' get secret.value ',
    'GetSecretVlaue',
    'getsecretvlaue',
    'get secret vlaue',
    'getsecretvalu',
  ])('%j finds GetSecretValue first, and what holds it next', (text) => {
    expect(found(text).slice(0, 2)[0]).toBe('GetSecretValue');
    expect(found(text)).not.toContain('DeleteSecret');
  });

  it.each([
    ['secret version read', 'secrets-manager.secret-version.read'],
    ['SECRETS-MANAGER.SECRET.READ', 'secrets-manager.secret.read'],
    ['SecretVersionMetadataUpdate', 'secrets-manager.secret-version-metadata.update'],
    ['secrets-locks list', 'secrets-manager.secrets-locks.list'],
    ['secret-locks list', 'secrets-manager.secret-locks.list'],
    ['secret label updated', 'Secret Label Updated'],
    ['secret_about_to_expire', 'com.ibm.cloud.secrets-manager.secret_about_to_expire'],
    ['createSecretVersionLocksBulk', 'secrets-manager.secret-version-locks.create'],
    ['api key', 'secrets-manager.secret-credentials.delete'],
    ['random', 'GetRandomPassword'],
  ])('%j finds %s first', (text, name) => {
    expect(found(text)[0]).toBe(name);
  });

  it('finds every entry by its name, first', () => {
    for (const { name } of CATALOG) expect(found(name)[0]).toBe(name);
  });

  it('finds every entry by its name without separators and case, first', () => {
    for (const { name } of CATALOG) expect(found(name.replace(/\W|_/g, '').toUpperCase())[0]).toBe(name);
  });

  it('finds the names of an action before the names that only sound like it', () => {
    for (const action of ACTIONS) {
      const meant = CATALOG.filter((entry) => entry.action === action);
      const first = searchCatalog(action).slice(0, meant.length);
      for (const entry of meant) expect(first.filter((one) => one.action === action)).toContain(entry);
    }
  });

  it('finds what a word is the beginning of, current names first', () => {
    const locks = searchCatalog('lock');
    expect(locks.slice(0, 7).every(({ action, status }) => action.startsWith('lock.') && status === 'current')).toBe(
      true,
    );
    expect(locks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['secrets-manager.locks.list', 'com.ibm.cloud.secrets-manager.secret_rotation_blocked']),
    );
    expect(
      searchCatalog('rotation')
        .slice(0, 7)
        .every(({ action }) => action.startsWith('rotation.')),
    ).toBe(true);
  });

  it('wants all of several words', () => {
    expect(found('rotation failed')[0]).toBe('RotationFailed');
    expect(found('rotation failed')).not.toContain('RotationStarted');
    expect(found('rotation nonsense')).toEqual([]);
  });

  it('forgives typos only where nothing matches as written', () => {
    expect(found('rotaton failed')[0]).toBe('RotationFailed');
    expect(found('lock')).not.toContain('secrets-manager.instance.login');
  });

  it.each(['who', '...', '-', '\u0000', 'constructor', '__proto__', 'x'.repeat(100_000)])(
    '%j finds nothing',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it.each(['', '   '])('%j gives everything in the order of the catalog', (text) => {
    expect(searchCatalog(text)).toEqual(CATALOG);
  });

  it('leaves out what is not wanted', () => {
    expect(found('', { provider: 'aws', kind: 'native' })).toEqual(['Secret Label Updated']);
    expect(found('', { action: 'lock.list', status: 'retired' })).toEqual(['secrets-manager.locks.list']);
    expect(found('read', { provider: 'aws' }).every((name) => !name.includes('.'))).toBe(true);
    expect(found('lock', { status: undefined, limit: undefined })).toEqual(found('lock'));
    expect(found('rotation', { provider: 'aws', kind: 'service' })).toHaveLength(7);
  });

  it('gives at most as many as wanted, the best ones', () => {
    expect(found('rotation', { limit: 2 })).toEqual(found('rotation').slice(0, 2));
    expect(found('', { limit: 0 })).toEqual([]);
    expect(found('', { limit: Number.POSITIVE_INFINITY })).toHaveLength(CATALOG.length);
  });

  it.each([-1, 1.5, Number.NaN])('refuses the limit %d', (limit) => {
    expect(() => searchCatalog('', { limit })).toThrow(RangeError);
  });

  it('finds an entry whichever letter of its name is missing or doubled', () => {
    const nameAndIndex = fc
      .constantFrom(...CATALOG)
      .chain(({ name }) => fc.tuple(fc.constant(name), fc.nat(name.length - 1)));
    fc.assert(
      fc.property(nameAndIndex, ([name, index]) => {
        expect(found(name.slice(0, index) + name.slice(index + 1))).toContain(name);
        expect(found(name.slice(0, index + 1) + name.slice(index))).toContain(name);
      }),
    );
  });
});

describe('nearest', () => {
  it.each([
    ['provder', 'provider'],
    ['PROVIDER', 'provider'],
    ['actoin', 'action'],
    ['outcmoe', 'outcome'],
    ['outkome', 'outcome'],
  ])('%s was meant to be %s', (word, meant) => {
    expect(nearest(word, ['action', 'outcome', 'provider', 'time'])).toBe(meant);
  });

  it.each(['', 'x', 'ab', 'tme', 'providers.name', 'zzzzzz'])('%j is near nothing that is far', (word) => {
    expect(nearest(word, ['action', 'outcome', 'provider'])).toBeUndefined();
  });

  it('takes the nearest, and the first of equals', () => {
    expect(nearest('secret.red', ['secret.rode', 'secret.read'])).toBe('secret.read');
    expect(nearest('case', ['cast', 'cash'])).toBe('cast');
    expect(nearest('cash', ['cast', 'cash'])).toBe('cash');
  });
});

describe('editDistance', () => {
  /** The definition itself, without a limit. */
  const defined = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length;
    const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
    return Math.min(
      defined(a.slice(0, -1), b) + 1,
      defined(a, b.slice(0, -1)) + 1,
      defined(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
      swapped ? defined(a.slice(0, -2), b.slice(0, -2)) + 1 : Number.POSITIVE_INFINITY,
    );
  };
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

  it('is what its definition says, up to its limit', () => {
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, limit) => {
        const distance = defined(a, b);
        expect(editDistance(a, b, limit)).toBe(distance > limit ? Number.POSITIVE_INFINITY : distance);
      }),
    );
  });
});
