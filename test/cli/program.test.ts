import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAwsServer } from '../../src/testing/index.ts';
import { cloudTrail, many } from './records.ts';
import { cli } from './world.ts';

// The program as it is installed: built, split into chunks, with its samples beside it.
const ROOT = resolve(import.meta.dirname, '../..');
let home = '';
let bin = '';

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'secret-events-'));
  bin = join(home, 'dist/cli/bin.js');
  copyFileSync(join(ROOT, 'package.json'), join(home, 'package.json'));
  for (const name of ['node_modules', 'samples']) symlinkSync(join(ROOT, name), join(home, name));
  await build({
    config: false,
    silent: true,
    entry: ['src/index.ts', 'src/catalog/index.ts', 'src/cli/bin.ts'],
    outDir: join(home, 'dist'),
    format: 'esm',
    target: 'node20.19',
    splitting: true,
    treeshake: true,
  });
  writeFileSync(join(home, 'many.jsonl'), many(3000));
});
afterAll(() => {
  for (const folder of [home, `${home}-bare`]) rmSync(folder, { recursive: true, force: true });
});

function program(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
    cwd: home,
    encoding: 'utf8',
    env: {},
  });
  return { code: status, out: stdout, err: stderr };
}

function shell(script: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, NODE: process.execPath, BIN: bin },
  });
  return { code: status, out: stdout, err: stderr };
}

async function ended(child: ChildProcess) {
  const [out, err, code] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    new Promise((done) => child.once('close', (status, signal) => done(signal ?? status))),
  ]);
  return { out, err, code };
}

describe('the program', () => {
  test('runs the demo from its own samples, wherever it is called', async () => {
    // Silences the AWS SDK on the age of Node.
    const env = { NODE_NO_WARNINGS: '1' };
    const demo = spawnSync(process.execPath, [bin, 'demo'], { cwd: home, encoding: 'utf8', env });
    expect({ code: demo.status, out: demo.stdout, err: demo.stderr }).toEqual(await cli('demo'));
    const { status, stdout } = spawnSync(process.execPath, [bin, 'demo'], { cwd: tmpdir(), encoding: 'utf8', env: {} });
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => /^\d\d-\d\d /.test(line))).toHaveLength(70);
  });

  test.each([
    [['read', 'samples/aws', '--format', 'jsonl'], 0],
    [['read', 'nowhere'], 1],
    [['read', 'samples/aws', '--format', 'tabel'], 2],
    [['catalog', 'rotation', '--format', 'names'], 0],
    [['catalog', 'xyzzy'], 1],
    [['--help'], 0],
    [[], 2],
  ])('ends %j with %i', async (argv, code) => {
    const outcome = program(...argv);
    expect(outcome.code).toBe(code);
    expect(outcome).toEqual(await cli(...argv));
  });

  test('reads standard input', () => {
    const { code, out } = shell('head -3 many.jsonl | "$NODE" "$BIN" read - --format jsonl | wc -l');
    expect({ code, out: out.trim() }).toEqual({ code: 0, out: '3' });
  });

  test.each(['jsonl', 'table'])('| head -1 ends %s quietly', (format) => {
    const { out, err } = shell(
      `set -o pipefail; "$NODE" "$BIN" read many.jsonl --format ${format} | head -1; echo "\${PIPESTATUS[0]}"`,
    );
    const [first, code] = out.trimEnd().split('\n');
    expect({ code, err }).toEqual({ code: '0', err: '' });
    expect(first).not.toBe('');
  });

  test('| head -1 ends it although its input goes on for ever', () => {
    const long = `sub(/"test"/, sprintf("\\"%7999s\\"", ""))`;
    const forever = `awk '{ ${long}; for (;;) { sub(/id-[0-9]+/, "id-" i++); print } }'`;
    const { out, err } = shell(
      `head -1 many.jsonl | ${forever} | "$NODE" "$BIN" read - --format raw | head -1 | wc -l`,
    );
    expect({ out: out.trim(), err }).toEqual({ out: '1', err: '' });
  });

  test('a full disk is a failure with a reason', () => {
    const { code, err } = shell('"$NODE" "$BIN" catalog --format json > /dev/full');
    expect(code).toBe(1);
    expect(err).toMatch(/^secret-events: .*ENOSPC.*\n$/);
  });

  test('a reader of messages that has gone disturbs nobody', () => {
    const { out } = shell('"$NODE" "$BIN" read samples/ibm --format jsonl 2> >(exec true) | wc -l');
    expect(Number(out)).toBe(24);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it quietly with %i', async (signal, code) => {
    const child = spawn(process.execPath, [bin, 'read', '-', '--format', 'jsonl'], { cwd: home, env: {} });
    // It reads, so it has started: what is written here does not fit into a pipe.
    await new Promise((taken) => child.stdin.write(`${many(1000)}\n`, taken));
    child.kill(signal);
    expect(await ended(child)).toEqual({ out: '', err: '', code });
  });
});

describe('the program and a cloud', () => {
  test('reads from AWS where the environment of its SDKs leads it', async () => {
    const denied = { errorCode: 'AccessDenied', errorMessage: 'User is not authorized' };
    // The program has the clock of the machine; hours on either side, so that no second matters.
    const at = (hours: number) => `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
    const records = [
      cloudTrail({ eventTime: at(30), eventID: 'too-old', ...denied }),
      cloudTrail({ eventTime: at(12), eventID: 'wanted', ...denied }),
      cloudTrail({ eventTime: at(12), eventID: 'allowed' }),
    ];
    await using server = await startAwsServer({ records });
    const line = 'read cloudtrail://us-east-1 --since 24h --action secret.read --denied --format jsonl';
    const env = { ...server.env, NODE_NO_WARNINGS: '1' };
    const { code, out, err } = await ended(spawn(process.execPath, [bin, ...line.split(' ')], { cwd: home, env }));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ id: 'wanted', action: 'secret.read', denied: true });
    expect(err).toMatch(/^secret-events: the result may be incomplete: .*\n$/);
    expect(server.requests).toMatchObject([{ operation: 'LookupEvents', region: 'us-east-1', status: 200 }]);

    const explaining = spawn(process.execPath, [bin, ...line.split(' '), '--explain'], { cwd: home, env: server.env });
    expect(await ended(explaining)).toMatchObject({ code: 0, err: '' });
    expect(server.requests).toHaveLength(1);
  });

  test('needs an SDK to read from one, and for nothing else', () => {
    // Beside the other one: Node looks for packages in all folders above.
    const bare = `${home}-bare`;
    cpSync(join(home, 'dist'), join(bare, 'dist'), { recursive: true });
    copyFileSync(join(ROOT, 'package.json'), join(bare, 'package.json'));
    symlinkSync(join(ROOT, 'samples'), join(bare, 'samples'));
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) {
      const link = join(bare, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), link);
    }
    const options = { cwd: home, encoding: 'utf8', env: {} } as const;
    const inBare = (...argv: readonly string[]) => {
      const { status, stderr } = spawnSync(process.execPath, [join(bare, 'dist/cli/bin.js'), ...argv], options);
      return { status, stderr };
    };
    const fine = { status: 0, stderr: '' };
    expect(inBare('catalog', 'rotation')).toEqual(fine);
    expect(inBare('read', 'many.jsonl', '--limit', '1')).toEqual(fine);
    expect(inBare('read', 'cloudtrail://us-east-1', '--since', '1h', '--explain')).toEqual(fine);
    expect(inBare('query', 'lookup-attribute')).toMatchObject({ status: 0 });
    // The demo reads the files themselves, and says so.
    const demo = spawnSync(process.execPath, [join(bare, 'dist/cli/bin.js'), 'demo'], options);
    expect(demo).toMatchObject(fine);
    expect(demo.stdout).toMatch(
      /^IBM Cloud is asked through ibm-cloud-sdk-core, .*npm install[\s\S]+\nfiles: 77 records = 71 given/,
    );
    for (const [source, sdk] of [
      ['cloudtrail://us-east-1', '@aws-sdk/client-cloudtrail'],
      ['logs-insights://us-east-1/x', '@aws-sdk/client-cloudwatch-logs'],
    ] as const) {
      const stderr = `secret-events: this source needs ${sdk}; install it with: npm install ${sdk}\n`;
      expect(inBare('read', source, '--since', '1h')).toEqual({ status: 1, stderr });
    }
  });
});
