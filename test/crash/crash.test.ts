/** Followers that are killed again and again, under load: nothing is lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'tsup';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AwsServer, startAwsServer } from '../../src/testing/index.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const GROUP = 'org/trail';
const KILLS = 50;
let home = '';
let server: AwsServer;
let fed = 0;
let feeding: NodeJS.Timeout;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'crash-'));
  copyFileSync(join(ROOT, 'package.json'), join(home, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  await build({
    config: false,
    silent: true,
    entry: ['src/index.ts', 'src/providers/aws/index.ts', 'src/cli/bin.ts'],
    outDir: join(home, 'dist'),
    format: 'esm',
    target: 'node20.19',
    splitting: true,
  });
  server = await startAwsServer({ logGroups: { [GROUP]: { trail: true } }, quotas: false });
  feeding = setInterval(feed, 20);
});
afterAll(async () => {
  clearInterval(feeding);
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

/** Five acts of this moment, so that many share a second. */
function feed(): void {
  const eventTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const records = Array.from({ length: 5 }, () => ({
    eventVersion: '1.11',
    eventTime,
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'GetSecretValue',
    awsRegion: 'us-east-1',
    eventID: `event-${fed++}`,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
  }));
  server.add(records);
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const ended = (child: ChildProcess) => new Promise((done) => child.once('close', done));
const all = (count: number) => Array.from({ length: count }, (_, i) => `event-${i}`);

/** Starts it, lets it live for a random while, kills it; so many times, and then lets it get to the end. */
async function kill(start: () => ChildProcess, ids: () => readonly string[]): Promise<readonly string[]> {
  let signalled = 0;
  for (let i = 0; i < KILLS; i++) {
    const child = start();
    const end = ended(child);
    await pause(250 + Math.random() * 650);
    child.kill('SIGKILL');
    await end;
    if (child.signalCode === 'SIGKILL') signalled++;
  }
  expect(signalled).toBe(KILLS);
  const target = fed;
  const last = start();
  const end = ended(last);
  const deadline = Date.now() + 60_000;
  while (!isWhole(ids(), target) && Date.now() < deadline) await pause(100);
  last.kill('SIGKILL');
  await end;
  expect(target).toBeGreaterThan(2000);
  const found = new Set(ids());
  expect(all(target).filter((id) => !found.has(id))).toEqual([]);
  return ids();
}

function isWhole(ids: readonly string[], target: number): boolean {
  const found = new Set(ids);
  return all(target).every((id) => found.has(id));
}

const env = () => ({ PATH: process.env['PATH'], ...server.env, NODE_NO_WARNINGS: '1' });

test.concurrent('a consumer that stores the cursor with its output has each event exactly once', async () => {
  const output = join(home, 'exactly.jsonl');
  const start = () =>
    spawn(process.execPath, [join(import.meta.dirname, 'follower.mjs'), join(home, 'dist'), output, GROUP], {
      env: env(),
      stdio: 'ignore',
    });
  const ids = await kill(start, () =>
    linesOf(output).flatMap((line) => (JSON.parse(line) as { ids: readonly string[] }).ids),
  );
  expect(new Set(ids).size).toBe(ids.length);
}, 240_000);

test.concurrent('the command line with a checkpoint has each event at least once, and goes on from the file', async () => {
  const output = join(home, 'at-least.jsonl');
  const checkpoint = join(home, 'trail.cursor');
  const source = `cloudwatch-logs://us-east-1/${GROUP}`;
  const words = ['read', source, '--follow', '--since', '1h', '--scope', 'all', '--checkpoint', checkpoint];
  const start = () => {
    const out = openSync(output, 'a');
    const child = spawn(process.execPath, [join(home, 'dist/cli/bin.js'), ...words, '--format', 'jsonl', '--no-raw'], {
      env: env(),
      stdio: ['ignore', out, 'ignore'],
    });
    closeSync(out);
    return child;
  };
  const ids = await kill(start, () =>
    // The last line of a process that was killed may be cut off, and another one's stand right behind it.
    [...textOf(output).matchAll(/"id":"(event-\d+)"/g)].map(([, id]) => id as string),
  );
  // It saves once a second, and few lives last that long; without it each of fifty starts would give everything again.
  expect(ids.length).toBeLessThan(12 * new Set(ids).size);
}, 240_000);

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
function linesOf(path: string): readonly string[] {
  const text = textOf(path);
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '');
}
