import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  CATALOG,
  equivalents,
  eventsFor,
  findEvent,
  isEventName,
  VAULT_PATTERNS,
} from '../../src/catalog/index.ts';

const hostile = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', ' GetSecretValue', 'getsecretvalue'];
const names = (entries: readonly { readonly name: string }[]): string[] => entries.map(({ name }) => name);

describe('the whole catalog', () => {
  it('holds 120 entries under 120 names', () => {
    expect(CATALOG).toHaveLength(120);
    expect(new Set(names(CATALOG)).size).toBe(120);
  });

  it('uses every action, and every action only from the list', () => {
    const used = new Set([
      ...CATALOG.map(({ action }) => action),
      ...VAULT_PATTERNS.flatMap(({ actions }) => Object.values(actions)),
    ]);
    expect([...used].sort()).toEqual([...ACTIONS].sort());
  });

  it('has actions of the form resource.verb, each once', () => {
    for (const action of ACTIONS) expect(action).toMatch(/^[a-z]+\.[a-z]+$/);
    expect(new Set(ACTIONS).size).toBe(ACTIONS.length);
  });
});

describe('findEvent', () => {
  it('finds every name', () => {
    for (const entry of CATALOG) expect(findEvent(entry.name)).toBe(entry);
  });

  it.each(hostile)('finds nothing for %j', (name) => {
    expect(findEvent(name)).toBeUndefined();
  });
});

describe('isEventName', () => {
  it('accepts every name', () => {
    expect(CATALOG.every(({ name }) => isEventName(name))).toBe(true);
  });

  it.each([...hostile, undefined, null, 1, {}, ['GetSecretValue']])('refuses %j', (value) => {
    expect(isEventName(value)).toBe(false);
  });
});

describe('eventsFor', () => {
  it('says under which names a secret is read, in either cloud', () => {
    expect(names(eventsFor('secret.read'))).toEqual([
      'BatchGetSecretValue',
      'GetSecretValue',
      'secrets-manager.secret-version.read',
      'secrets-manager.secret.read',
    ]);
  });

  it('gives the entries of every action, and together the catalog', () => {
    expect(new Set(ACTIONS.flatMap((action) => eventsFor(action)))).toEqual(new Set(CATALOG));
    for (const action of ACTIONS) for (const entry of eventsFor(action)) expect(entry.action).toBe(action);
  });

  it('gives nothing for an action that only names made out of paths have, and for no action', () => {
    expect(eventsFor('certificate.issue')).toEqual([]);
    expect(eventsFor('constructor' as 'secret.read')).toEqual([]);
  });
});

describe('equivalents', () => {
  it.each([
    ['GetSecretValue', ['secrets-manager.secret-version.read', 'secrets-manager.secret.read']],
    ['secrets-manager.secret.read', ['BatchGetSecretValue', 'GetSecretValue']],
    ['RotateSecret', ['secrets-manager.secret.rotate']],
    ['com.ibm.cloud.secrets-manager.secret_rotated', ['RotationSucceeded']],
    ['GetRandomPassword', []],
    ['SomethingNew', []],
    ['constructor', []],
  ])('%s means the same as %j', (name, expected) => {
    expect(names(equivalents(name))).toEqual(expected);
  });

  it('puts what is current before what is not, and records before notices', () => {
    expect(names(equivalents('DescribeSecret'))).toEqual([
      'secrets-manager.secret-metadata.read',
      'secrets-manager.secret-policies.get',
    ]);
    expect(names(equivalents('DeleteSecret'))).toEqual([
      'secrets-manager.secret.delete',
      'com.ibm.cloud.secrets-manager.secret_deleted',
      'com.ibm.cloud.secrets-manager.secret_deletion_blocked',
      'com.ibm.cloud.secrets-manager.secret_deletion_failed',
    ]);
  });

  it('never names the same provider, and holds both ways', () => {
    for (const entry of CATALOG) {
      for (const other of equivalents(entry.name)) {
        expect(other.provider).not.toBe(entry.provider);
        expect(equivalents(other.name)).toContain(entry);
      }
    }
  });

  it('does not disturb the order of eventsFor', () => {
    const before = names(eventsFor('secret.delete'));
    equivalents('DeleteSecret');
    expect(names(eventsFor('secret.delete'))).toEqual(before);
  });
});
