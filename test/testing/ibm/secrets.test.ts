import { describe, expect, it } from 'vitest';
import { type IbmSecret, sampleSecrets } from '../../../src/testing/index.ts';
import { failure, NOW, SdkService, start } from './clients.ts';

const HIDDEN = 'do-not-show-me';
const FIRST: IbmSecret = {
  secret: {
    id: 's1',
    name: 'payments',
    description: 'of the shop',
    secret_group_id: 'default',
    secret_type: 'kv',
    created_at: '2026-01-02T00:00:00Z',
    labels: ['production', 'db'],
    data: { key: HIDDEN },
  },
  versions: [
    { id: 'v1', secret_id: 's1', created_at: '2026-01-02T00:00:00Z', alias: 'previous', payload: HIDDEN },
    { id: 'v2', secret_id: 's1', created_at: '2026-01-03T00:00:00Z', alias: 'current', payload_available: false },
  ],
  locks: [
    { name: 'b', secret_id: 's1', secret_version_id: 'v2', created_at: '2026-01-05T00:00:00Z' },
    { name: 'a', secret_id: 's1', secret_version_id: 'v2', created_at: '2026-01-04T00:00:00Z' },
    { name: 'c', secret_id: 's1', secret_version_id: 'v1', created_at: '2026-01-06T00:00:00Z' },
  ],
  tasks: [{ id: 't1', secret_id: 's1', status: 'queued' }],
};
const SECOND: IbmSecret = {
  secret: {
    id: 's2',
    name: 'Orders',
    secret_group_id: 'g',
    secret_type: 'arbitrary',
    created_at: '2026-01-01T00:00:00Z',
  },
};

interface Listed {
  readonly total_count: number;
  readonly limit: number;
  readonly offset: number;
  readonly first: { readonly href: string };
  readonly next?: { readonly href: string };
  readonly previous?: { readonly href: string };
  readonly last: { readonly href: string };
  readonly secrets: readonly { readonly id: string }[];
  readonly secrets_locks: readonly object[];
  readonly locks: readonly { readonly name: string }[];
}

const world = async () => new SdkService(await start({ secrets: [FIRST, SECOND] }));
const listed = async (service: SdkService, path: string, query: Record<string, string | number> = {}) =>
  (await service.get(`/api/v2${path}`, query)) as Listed;

describe('the list of secrets', () => {
  it('comes in pages that lead to each other', async () => {
    const secrets = sampleSecrets({ count: 7, to: NOW });
    const server = await start({ secrets });
    const service = new SdkService(server);
    const pages: Listed[] = [];
    let next: string | undefined = `${server.url}/api/v2/secrets?limit=3`;
    while (next !== undefined) {
      const { pathname, searchParams } = new URL(next);
      const page = (await service.get(pathname, Object.fromEntries(searchParams))) as Listed;
      pages.push(page);
      next = page.next?.href;
    }
    expect(pages.map(({ offset, limit, total_count }) => [offset, limit, total_count])).toEqual([
      [0, 3, 7],
      [3, 3, 7],
      [6, 3, 7],
    ]);
    expect(pages.flatMap((page) => page.secrets.map((secret) => secret.id))).toEqual(
      secrets.map(({ secret }) => secret['id']),
    );
    const hrefs = pages.map(({ first, previous, last }) =>
      [first, previous, last].map((link) => link && new URL(link.href).search),
    );
    expect(hrefs[1]).toEqual(['?limit=3&offset=0', '?limit=3&offset=0', '?limit=3&offset=6']);
    expect(pages[0]?.previous).toBeUndefined();
    expect(server.requests.at(-1)).toMatchObject({ operation: 'listSecrets', input: { limit: '3', offset: '6' } });
  });

  it('has 200 on a page, or up to 1,000', async () => {
    const service = new SdkService(await start({ secrets: sampleSecrets({ count: 1001, to: NOW }) }));
    expect((await listed(service, '/secrets')).secrets).toHaveLength(200);
    expect((await listed(service, '/secrets', { limit: 1000 })).secrets).toHaveLength(1000);
    for (const limit of [0, 1001, 'x', -1, 1.5]) {
      expect(await failure(service.get('/api/v2/secrets', { limit }))).toMatchObject({ status: 400 });
    }
  });

  const found: readonly (readonly [Record<string, string>, readonly string[]])[] = [
    [{}, ['s1', 's2']],
    [{ sort: 'created_at' }, ['s2', 's1']],
    [{ sort: '-created_at' }, ['s1', 's2']],
    [{ sort: 'name' }, ['s2', 's1']],
    [{ search: 'ORD' }, ['s2']],
    [{ search: 'shop' }, ['s1']],
    [{ groups: 'default' }, ['s1']],
    [{ groups: 'x,g' }, ['s2']],
    [{ secret_types: 'kv,arbitrary' }, ['s1', 's2']],
    [{ match_all_labels: 'production,db' }, ['s1']],
    [{ match_all_labels: 'production,other' }, []],
    [{ offset: '5' }, []],
  ];
  for (const [query, ids] of found) {
    it(`is ${ids.join(', ') || 'empty'} for ${JSON.stringify(query)}`, async () => {
      expect((await listed(await world(), '/secrets', query)).secrets.map((secret) => secret.id)).toEqual(ids);
    });
  }

  it('cannot be in another order', async () => {
    expect(await failure((await world()).get('/api/v2/secrets', { sort: 'size' }))).toMatchObject({ status: 400 });
  });
});

describe('a secret', () => {
  it('is read without its value', async () => {
    const service = await world();
    const answers = await Promise.all(
      ['/s1/metadata', '/s1/versions', '/s1/locks', '/s1/tasks', '/s1/versions/current/locks', ''].map((path) =>
        service.get(`/api/v2/secrets${path}`),
      ),
    );
    expect(answers[0]).toMatchObject({ id: 's1', name: 'payments' });
    expect(answers[1]).toMatchObject({
      total_count: 2,
      versions: [{ id: 'v1' }, { id: 'v2', payload_available: false }],
    });
    expect(answers[3]).toEqual({ tasks: [{ id: 't1', secret_id: 's1', status: 'queued' }] });
    expect(JSON.stringify(answers)).not.toContain(HIDDEN);
  });

  it('has locks, of all versions or of one', async () => {
    const service = await world();
    const names = async (path: string, query = {}) =>
      (await listed(service, path, query)).locks.map((lock) => lock.name);
    expect(await names('/secrets/s1/locks')).toEqual(['b', 'a', 'c']);
    expect(await names('/secrets/s1/locks', { sort: 'name', limit: 2 })).toEqual(['a', 'b']);
    expect(await names('/secrets/s1/locks', { search: 'c' })).toEqual(['c']);
    expect(await names('/secrets/s1/versions/v1/locks')).toEqual(['c']);
    expect(await names('/secrets/s1/versions/current/locks', { sort: '-created_at' })).toEqual(['b', 'a']);
    expect(await names('/secrets/s2/locks')).toEqual([]);
    expect((await listed(service, '/secrets/s1/locks')).limit).toBe(25);
  });

  it('is among the locked ones, by the names of its locks', async () => {
    const { secrets_locks, total_count } = await listed(await world(), '/secrets_locks');
    expect(total_count).toBe(1);
    expect(secrets_locks).toEqual([
      {
        secret_id: 's1',
        secret_group_id: 'default',
        secret_type: 'kv',
        secret_name: 'payments',
        versions: [
          { version_id: 'v2', version_alias: 'current', locks: ['b', 'a'], payload_available: false },
          { version_id: 'v1', version_alias: 'previous', locks: ['c'], payload_available: true },
        ],
      },
    ]);
  });

  for (const path of [
    'nope/metadata',
    'nope/versions',
    's1/versions/nope/locks',
    '__proto__/locks',
    's1',
    's1/versions/v1',
  ]) {
    it(`is not found at ${path}`, async () => {
      const error = await failure((await world()).get(`/api/v2/secrets/${path}`));
      expect(error).toMatchObject({ status: 404 });
      expect(JSON.parse(String(error['body']))).toMatchObject({ errors: [{ code: 'not_found' }], status_code: 404 });
    });
  }
});

describe('sample secrets', () => {
  const secrets = sampleSecrets({ count: 200, seed: 3, to: NOW });

  it('are the same for the same seed, and others for another', () => {
    expect(sampleSecrets({ count: 200, seed: 3, to: NOW })).toEqual(secrets);
    expect(sampleSecrets({ count: 200, seed: 4, to: NOW })).not.toEqual(secrets);
    expect(sampleSecrets()).toHaveLength(20);
  });

  it('have totals that are those of their parts, and nothing before they were made or later than now', () => {
    for (const { secret, versions = [], locks = [], tasks = [] } of secrets) {
      expect([secret['versions_total'], secret['locks_total']]).toEqual([versions.length, locks.length]);
      const made = [...versions, ...locks].map((part) => Date.parse(String(part['created_at'])));
      const done = [
        ...made,
        Date.parse(String(secret['updated_at'])),
        ...tasks.map((task) => Date.parse(String(task['last_update_date']))),
      ];
      expect(Math.min(...done)).toBeGreaterThanOrEqual(Date.parse(String(secret['created_at'])));
      expect(Math.max(...done)).toBeLessThanOrEqual(NOW);
      expect(versions.at(-1)?.['alias']).toBe('current');
    }
  });

  it('hold locks, tasks, rotations, reads and secrets that were never read', () => {
    const has = (test: (secret: IbmSecret) => boolean) => secrets.some(test);
    expect(has(({ locks = [] }) => locks.length > 0)).toBe(true);
    expect(has(({ tasks = [] }) => tasks[0]?.['status'] === 'failed')).toBe(true);
    expect(has(({ versions = [] }) => versions.some((version) => version['auto_rotated'] === true))).toBe(true);
    expect(has(({ secret }) => secret['retrieved_at'] === '1970-01-01T00:00:00Z')).toBe(true);
    expect(has(({ secret }) => secret['retrieved_at'] !== '1970-01-01T00:00:00Z')).toBe(true);
  });
});
