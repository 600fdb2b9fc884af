import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type IbmServer, sampleActivityEvents, startIbmServer } from '../../src/testing/index.ts';
import { cli, type Outcome } from './world.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;
const INSTANCE = '7f3c2a10-5b6d-4e8f-9a01-23456789abcd';
const LOGS = `cloud-logs://us-south/${INSTANCE}`;
const records = sampleActivityEvents({ count: 200, seed: 4, from: NOW - 10 * DAY, to: NOW - 2 * 3_600_000 });

let server: IbmServer;
let folder: string;
beforeEach(async () => {
  // Timers stay real: requests on the loopback interface take real time.
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  server = await startIbmServer({ records });
  folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
  writeFileSync(join(folder, 'empty.env'), '');
  vi.stubEnv('IBM_CREDENTIALS_FILE', join(folder, 'empty.env'));
  vi.stubEnv('VCAP_SERVICES', undefined);
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

interface Line {
  readonly id: string;
  readonly time: string;
  readonly action: string;
  readonly source: string;
}
const linesIn = ({ out }: Outcome) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const since = (days: number, action: string) =>
  records.filter(
    (record) => record['action'] === action && Date.parse(String(record['eventTime'])) >= NOW - days * DAY,
  );
const queries = () => server.requests.filter(({ operation }) => operation === 'query');

describe('read from IBM Cloud Logs', () => {
  test('by the environment', async () => {
    const outcome = await cli('read', LOGS, '--since', '7d', '--action', 'secret.read', '--format', 'jsonl');
    expect(outcome.code).toBe(0);
    const lines = linesIn(outcome);
    const reads = ['secret.read', 'secret-version.read'].flatMap((name) => since(7, `secrets-manager.${name}`));
    expect(reads.length).toBeGreaterThan(10);
    expect(lines).toHaveLength(reads.length);
    expect(lines.every(({ action }) => action === 'secret.read')).toBe(true);
    expect(lines.every(({ source }) => source === `ibm.cloud-logs/us-south/${INSTANCE}`)).toBe(true);
    expect(lines.map(({ time }) => time)).toEqual(
      lines
        .map(({ time }) => time)
        .sort()
        .reverse(),
    );
    expect(outcome.err).toMatch(
      /^secret-events: the result may be incomplete: Cloud Logs shows events minutes late.*\n$/,
    );
    // Both tiers, once each.
    expect(queries()).toHaveLength(2);
  });

  test('by a credentials file', async () => {
    const file = join(folder, 'mine.env');
    writeFileSync(
      file,
      Object.entries(server.env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    for (const name of Object.keys(server.env)) vi.stubEnv(name, undefined);
    vi.stubEnv('IBM_CREDENTIALS_FILE', file);
    const outcome = await cli('read', LOGS, '--since', '7d', '--until', '1h', '--format', 'jsonl');
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(linesIn(outcome).length).toBeGreaterThan(20);
  });

  test('--explain shows the query, and makes none', async () => {
    const { code, out, err } = await cli('read', LOGS, '--since', '7d', '--denied', '--secret', '*prod*', '--explain');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(
      'POST /v1/query (frequent_search, dataprime), 2026-11-13T11:59:59.000Z to 2026-11-20T12:00:00.000Z',
    );
    expect(out).toContain('source logs | filter $l.applicationname');
    expect(out).toContain('$d.reason.reasonCode');
    expect(out).toContain('| orderby $m.timestamp desc | limit 12000');
    expect(out).toContain('  left to the reader:\n');
    expect(server.requests).toEqual([]);
  });

  test('beside Secrets Manager itself, which is no audit log and says so', async () => {
    const outcome = await cli('read', `secrets-manager://us-south/${INSTANCE}`, '--since', '7d', '--format', 'jsonl');
    expect(outcome.code).toBe(0);
    expect(outcome.err).toMatch(/^secret-events: the result may be incomplete: /);
    expect(server.requests.map(({ operation }) => operation)).toContain('listSecrets');
  });
});

describe('when IBM Cloud says no, the run ends with 1 and says what helps', () => {
  test.each([
    [{ kind: 'access-denied' }, '(permission-denied); the caller needs logs.logs-data-api-high.read'],
    [{ kind: 'iam-failure' }, '(unauthenticated); give an API key that is good: LOGS_APIKEY'],
    [{ kind: 'error', status: 404, code: 'not_found' }, '(not-found); look for the instance in this region'],
  ] as const)('%j', async (fault, says) => {
    server.fault({ ...fault, probability: 1 });
    const { code, out, err } = await cli('read', LOGS, '--since', '24h');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^secret-events: ibm\.cloud-logs\/us-south\/.+\n$/);
    expect(err).toContain(says);
    expect(err).not.toContain(server.env.LOGS_APIKEY);
  });

  test('no credentials at all', async () => {
    for (const name of Object.keys(server.env)) vi.stubEnv(name, undefined);
    const { code, err } = await cli('read', LOGS, '--since', '24h');
    expect(code).toBe(1);
    expect(err).toContain('nothing says how to log in');
    expect(err).toContain('LOGS_APIKEY');
    expect(server.requests).toEqual([]);
  });
});

test('an instance or a region that cannot be one ends with 2', async () => {
  for (const source of ['cloud-logs://us-south/a/b', 'cloud-logs://us_south/x', 'secrets-manager://us-south/a/b']) {
    const { code, err } = await cli('read', source, '--since', '1h');
    expect(code).toBe(2);
    expect(err).toContain('secret-events: ');
  }
});
