/** `read --follow` and `read --checkpoint`, as a script and a person use them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Interrupted } from '../../src/cli/io.ts';
import { GROUP, hoursAgo, NOW, withAwsServer } from './aws-world.ts';
import { cli, runIn } from './world.ts';

const server = withAwsServer();
// The runs share the two requests a second of one account; each comes when the one before it is past.
let turn = 0;
const nextTurn = () => vi.setSystemTime(NOW + 3000 * turn++);
let folder = '';
beforeEach(() => {
  nextTurn();
  folder = mkdtempSync(join(tmpdir(), 'follow-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LOG = `cloudwatch-logs://us-east-1/${GROUP}`;

/** Runs until so many lines are out, and then presses Ctrl-C. */
async function until(lines: number, ...argv: readonly string[]) {
  const ending = new AbortController();
  let out = '';
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      out += String(chunk);
      if (out.split('\n').length > lines) setImmediate(() => ending.abort(new Interrupted(130)));
      done();
    },
  });
  const { code, err } = await runIn({ signal: ending.signal, stdout }, ...argv);
  return { code, err, ids: idsIn(out) };
}
const idsIn = (out: string) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: string }).id);

describe('--follow', () => {
  test('gives what is there and what comes, oldest first, until Ctrl-C, and says what it did', async () => {
    const pending = until(3, 'read', LOG, '--follow', '--since', '6h', '--format', 'jsonl');
    const { code, ids, err } = await pending;
    expect(code).toBe(130);
    expect(ids).toEqual(['id-5', 'id-4', 'id-3']);
    expect(err).toBe('secret-events: interrupted after 3 events\n');
  });

  test('keeps its place in a file and goes on from there', async () => {
    const checkpoint = join(folder, 'trail.cursor');
    const words = ['read', LOG, '--follow', '--since', '6h', '--format', 'jsonl', '--checkpoint', checkpoint];
    const first = await until(3, ...words);
    expect(first.err).toBe(`secret-events: interrupted after 3 events; ${checkpoint} says where to go on\n`);
    server().add([hoursAgo(0.5), hoursAgo(0.4)] as never);
    const second = await until(2, ...words);
    // What was in hand when Ctrl-C came may come again; nothing is left out.
    expect(second.ids.slice(-2)).toEqual(['id-0.5', 'id-0.4']);
    expect(new Set([...first.ids, ...second.ids]).size).toBe(5);
  });

  test.each([
    [['--follow', '--format', 'json'], /--follow has no end, and so no JSON array; use --format jsonl/],
    [['--follow', '--until', '1h'], /has no end; leave out to/],
    [['--follow', '--order', 'newest-first'], /no newest event/],
    [['--checkpoint', 'x', '--order', 'newest-first'], /a checkpoint goes on with what is newer/],
  ])('%j is not said right', async (words, message) => {
    const { code, out, err } = await cli('read', LOG, '--since', '6h', ...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('files cannot be followed', async () => {
    const { code, err } = await cli('read', folder, '--follow');
    expect(code).toBe(2);
    expect(err).toMatch(/files cannot follow/);
  });
});

describe('--checkpoint', () => {
  const words = (checkpoint: string) => [
    'read',
    'cloudtrail://us-east-1',
    '--format',
    'jsonl',
    '--checkpoint',
    checkpoint,
  ];

  test('gives in each run what has come since the last one; the window of the first run is told once', async () => {
    const checkpoint = join(folder, 'trail.cursor');
    const first = await cli(...words(checkpoint));
    expect(first.code).toBe(0);
    expect(idsIn(first.out)).toEqual(['id-5', 'id-4', 'id-3']);
    expect(first.err).toContain('no --since: the last 24 hours');
    server().add([hoursAgo(0.1), hoursAgo(0.05)] as never);
    nextTurn();
    const second = await cli(...words(checkpoint));
    expect(idsIn(second.out)).toEqual(['id-0.1', 'id-0.05']);
    expect(second.err).not.toContain('--since');
    nextTurn();
    expect(idsIn((await cli(...words(checkpoint))).out)).toEqual([]);
  });

  test('a damaged file, and one of another question, end with an error and are left alone', async () => {
    const checkpoint = join(folder, 'trail.cursor');
    await cli(...words(checkpoint));
    const whole = readFileSync(checkpoint, 'utf8');
    const other = await cli(...words(checkpoint), '--denied');
    expect(other.code).toBe(2);
    expect(other.err).toMatch(/the cursor belongs to another stream: its filter is another one/);
    expect(readFileSync(checkpoint, 'utf8')).toBe(whole);
    writeFileSync(checkpoint, whole.slice(0, 40));
    const damaged = await cli(...words(checkpoint));
    expect(damaged.code).toBe(1);
    expect(damaged.err).toContain(`the checkpoint ${checkpoint} is damaged`);
    expect(readFileSync(checkpoint, 'utf8')).toBe(whole.slice(0, 40));
  });
});

test('SECRET_EVENTS_SOURCES names the sources where the command line does not', async () => {
  const env = { SECRET_EVENTS_SOURCES: `  cloudtrail://us-east-1\n${LOG} ` };
  const { code, out } = await runIn({ env }, 'read', '--since', '6h', '--format', 'jsonl', '--report', 'json');
  expect(code).toBe(0);
  // In both, and given once.
  expect(idsIn(out)).toEqual(['id-3', 'id-4', 'id-5']);
  const { out: one } = await runIn({ env }, 'read', LOG, '--since', '4h', '--explain', '--format', 'json');
  expect(JSON.parse(one)).toHaveLength(1);
});
