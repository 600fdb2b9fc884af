import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileCheckpoint } from '../../../src/providers/files/file-checkpoint.ts';
import { events } from '../../../src/reader/events.ts';
import { makeEvent, memorySource } from '../../support/memory-source.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const series = Array.from({ length: 6 }, (_, i) =>
  makeEvent({ time: new Date(Date.UTC(2026, 10, 20) + i * 1000), id: `e${i}` }),
);
const open = (path: string) => events(memorySource(series).source, { checkpoint: fileCheckpoint(path) });
const ids = async (path: string, count = series.length) => (await open(path).take(count).toArray()).map(({ id }) => id);

test('the next reading goes on from the file, which only its owner can read', async () => {
  const path = join(folder, 'trail.cursor');
  expect(await ids(path, 3)).toEqual(['e0', 'e1', 'e2']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await ids(path)).toEqual(['e3', 'e4', 'e5']);
  expect(await ids(path)).toEqual([]);
  expect(readdirSync(folder)).toEqual(['trail.cursor']);
});

test('a damaged, cut off or foreign file is an error and stays as it is', async () => {
  const path = join(folder, 'trail.cursor');
  await ids(path, 3);
  const whole = readFileSync(path);
  const damages: [() => void, RegExp][] = [
    [() => truncateSync(path, 0), /damaged: it is no JSON but empty/],
    [() => truncateSync(path, whole.length - 10), /damaged: it is no JSON, perhaps cut off/],
    [() => writeFileSync(path, whole.toString().replace('00:00:02', '00:00:05')), /digest does not fit/],
    [() => writeFileSync(path, '{"hello":"world"}'), /version or digest is missing/],
  ];
  for (const [damage, message] of damages) {
    writeFileSync(path, whole);
    damage();
    const damaged = readFileSync(path);
    await expect(open(path).toArray()).rejects.toMatchObject({
      code: 'malformed',
      message: expect.stringMatching(message),
    });
    expect(readFileSync(path).equals(damaged)).toBe(true);
  }
});

test('a folder that is not there, and a path that is a folder, are errors with the path in them', async () => {
  const missing = join(folder, 'no', 'trail.cursor');
  await expect(open(missing).toArray()).rejects.toMatchObject({ message: expect.stringContaining(missing) });
  await expect(open(folder).toArray()).rejects.toMatchObject({ message: expect.stringContaining(folder) });
  for (const path of ['', 'a\0b', 7 as unknown as string]) expect(() => fileCheckpoint(path)).toThrow(/is no path/);
});

test('a reader at any moment finds a whole file', async () => {
  const path = join(folder, 'trail.cursor');
  await ids(path, 1);
  const checkpoint = fileCheckpoint(path);
  const cursor = (await checkpoint.load()) as never;
  let saving = true;
  const write = (async () => {
    for (let i = 0; i < 200; i++) await checkpoint.save(cursor);
    saving = false;
  })();
  let reads = 0;
  while (saving) {
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(cursor);
    reads++;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await write;
  expect(reads).toBeGreaterThan(50);
  expect(readdirSync(folder)).toEqual(['trail.cursor']);
});
