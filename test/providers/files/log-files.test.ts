import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import { type LogFilesOptions, logFiles } from '../../../src/providers/files/index.ts';
import { events } from '../../../src/reader/events.ts';
import { useFolder } from './support/folder.ts';
import { hearing, inChunks, readAll, requestFor } from './support/reading.ts';
import { activityEvent, trailRecord, trailRecords } from './support/records.ts';

const folder = useFolder();
const text = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

/** Files of the test's folder that this process has open. */
function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path.startsWith(folder.path) ? [path] : [];
    } catch {
      return [];
    }
  });
}

async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

describe('arguments that cannot be meant are refused at once', () => {
  test.each<[unknown, unknown, RegExp]>([
    [[], {}, /at least one path/],
    ['', {}, /"" is no path/],
    [['a', ''], {}, /"" is no path/],
    ['a\0b', {}, /is no path/],
    [5, {}, /a path is a text, not number/],
    [['a', null], {}, /a path is a text, not null/],
    ['a', { strct: true }, /takes no option "strct".*strict/],
    ['a', { strict: 'yes' }, /strict must be true or false/],
    ['a', { name: '' }, /name must be a text/],
    ['a', { stdin: 'text' }, /stdin must be a stream/],
    ['a', { maxFileBytes: 0 }, /maxFileBytes must be a whole number of bytes above 0, not 0/],
    ['a', { maxRecordBytes: 1.5 }, /maxRecordBytes.*not 1.5/],
    ['a', { sortMemory: Number.POSITIVE_INFINITY }, /sortMemory.*not Infinity/],
    ['a', { sortMemory: '64' }, /sortMemory.*not 64/],
  ])('%j %j', (paths, options, message) => {
    let error: unknown;
    try {
      logFiles(paths as string, options as LogFilesOptions);
    } catch (reason) {
      error = reason;
    }
    expect(AuditError.is(error) && error.code).toBe('invalid-argument');
    expect((error as Error).message).toMatch(message);
  });

  test('the list of paths is taken as it is at the call', async () => {
    const paths = [folder.write('a', text(trailRecords(1)))];
    const source = logFiles(paths);
    paths.push('/not/there');
    expect(await events(source).toArray()).toHaveLength(1);
  });
});

describe('laziness and ending', () => {
  test('nothing is looked at before the first pull', async () => {
    const { sink, counts } = hearing();
    let pulled = false;
    async function* stdin(): AsyncGenerator<Uint8Array> {
      pulled = true;
      yield Buffer.from('{}');
    }
    const pages = logFiles(['/not/there', '-'], { stdin: stdin() }).read(requestFor(sink));
    const iterator = pages[Symbol.asyncIterator]();
    await turn();
    expect([pulled, counts]).toEqual([false, {}]);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a break closes every file', async () => {
    // More than is read in one step, after which nothing would be open.
    for (let i = 0; i < 12; i++)
      folder.write(`f${i}`, text(trailRecords(4000, `2026-05-01T${String(i).padStart(2, '0')}:00:00Z`, `${i}-`)));
    expect(statSync(join(folder.path, 'f0')).size).toBeGreaterThan(2 ** 20);
    const { sink, counts } = hearing();
    const pages = logFiles(folder.path, { sortMemory: 50_000 }).read(requestFor(sink))[Symbol.asyncIterator]();
    await pages.next();
    expect(openFiles().length).toBeGreaterThan(0);
    await pages.return?.();
    expect(openFiles()).toEqual([]);
    const read = counts.files as number;
    await turn();
    expect(counts.files).toBe(read);
    expect(read).toBeLessThan(5);
    expect((await pages.next()).done).toBe(true);
  });

  test('a stream on which the consumer gives up is destroyed', async () => {
    const stdin = Readable.from([Buffer.from(`${text(trailRecords(2000))}\n`), Buffer.from(text(trailRecords(2000)))]);
    const { sink } = hearing();
    const pages = logFiles('-', { stdin, sortMemory: 1000 }).read(requestFor(sink))[Symbol.asyncIterator]();
    await pages.next();
    await pages.return?.();
    expect(stdin.destroyed).toBe(true);
  });

  test('all files are closed at the end, and after an error', async () => {
    for (let i = 0; i < 20; i++) folder.write(`f${i}`, gzipSync(text(trailRecords(2000))));
    await readAll(folder.path);
    expect(openFiles()).toEqual([]);
    folder.write('f10', `${text(trailRecords(300))}\noops`);
    await expect(readAll(folder.path, { strict: true })).rejects.toMatchObject({ code: 'malformed' });
    expect(openFiles()).toEqual([]);
  });

  test('a source can be read twice, at the same time as well', async () => {
    const source = logFiles(folder.write('a', text(trailRecords(50))));
    const [one, two] = await Promise.all([events(source).toArray(), events(source).toArray()]);
    expect(one).toHaveLength(50);
    expect(two).toEqual(one);
  });
});

describe('an abort rejects with its reason', () => {
  const reason = { because: 'enough' };

  test('before the first pull', async () => {
    const signal = AbortSignal.abort(reason);
    await expect(readAll('/not/there', {}, { signal })).rejects.toBe(reason);
  });

  test('in the middle of a file', async () => {
    folder.write('big', text(trailRecords(20_000)));
    const controller = new AbortController();
    const { sink, counts } = hearing();
    const seen = {
      ...sink,
      count: (counter: 'bytes', by?: number) => {
        sink.count(counter, by);
        if ((counts.bytes ?? 0) > 1_000_000) controller.abort(reason);
      },
    };
    const pages = logFiles(folder.path, { sortMemory: 10_000 }).read(
      requestFor(seen as typeof sink, { signal: controller.signal }),
    );
    const read = (async () => {
      for await (const _ of pages);
    })();
    await expect(read).rejects.toBe(reason);
    expect(counts.bytes).toBeLessThan(2_000_000);
    await eventually(() => openFiles().length === 0);
  });

  test('between two pages of what was read already', async () => {
    folder.write('a', text(trailRecords(2000)));
    const controller = new AbortController();
    const pages = logFiles(folder.path)
      .read(requestFor(hearing().sink, { signal: controller.signal }))
      [Symbol.asyncIterator]();
    expect((await pages.next()).value?.length).toBeLessThan(2000);
    controller.abort(reason);
    await expect(pages.next()).rejects.toBe(reason);
  });

  test('while standard input is silent', async () => {
    const stdin = new PassThrough();
    stdin.write(`${text(trailRecords(3))}\n`);
    const controller = new AbortController();
    const read = readAll('-', { stdin }, { signal: controller.signal });
    await turn();
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    expect(stdin.destroyed).toBe(true);
  });

  test('while a stream is silent that cannot be destroyed', async () => {
    const stdin = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => {}),
        return: () => new Promise<never>(() => {}),
      }),
    };
    const controller = new AbortController();
    const read = readAll('-', { stdin }, { signal: controller.signal });
    await turn();
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
  });

  test('while a pipe is opened that nobody writes to', async () => {
    execFileSync('mkfifo', [folder.at('pipe')]);
    const controller = new AbortController();
    const read = readAll(folder.at('pipe'), {}, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(read).rejects.toBe(reason);
    // Lets the opening that is under way end.
    spawn('sh', ['-c', `: > ${folder.at('pipe')}`]);
  });
});

describe('standard input, pipes and devices', () => {
  test('come in their turn among files', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => text([trailRecord('2026-05-01T10:00:00Z', { id })])) as [
      string,
      string,
      string,
    ];
    const paths = [folder.write('b', b), '-', folder.write('c', c), '-'];
    expect((await readAll(paths, { stdin: inChunks(a, 5) })).ids).toEqual(['b', 'a', 'c']);
  });

  test('chunks may be texts, and larger than memory should be', async () => {
    const body = text(trailRecords(3));
    expect((await readAll('-', { stdin: Readable.from([body.slice(0, 50), body.slice(50)]) as never })).ids).toEqual([
      'e0',
      'e1',
      'e2',
    ]);
    const large = text(trailRecords(5000));
    expect((await readAll('-', { stdin: Readable.from([Buffer.from(large)]) })).ids).toHaveLength(5000);
  });

  test('a stream may use one buffer for all of its chunks', async () => {
    const body = text(trailRecords(400));
    for (const bytes of [Buffer.from(body), gzipSync(body)]) {
      for (const size of [100, 5000]) {
        const buffer = Buffer.alloc(size);
        async function* stdin(): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < bytes.length; at += size) {
            const length = bytes.copy(buffer, 0, at, at + size);
            yield buffer.subarray(0, length);
            buffer.fill(0x7b);
          }
        }
        const read = await readAll('-', { stdin: stdin() });
        expect([read.ids.length, read.notices]).toEqual([400, []]);
      }
    }
  });

  test('an error of the stream is passed on', async () => {
    const broken = new Error('cable cut');
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${text(trailRecords(1))}\n`);
      throw broken;
    }
    await expect(readAll('-', { stdin: stdin() })).rejects.toBe(broken);
  });

  test('a pipe of the shell is read when it is named', async () => {
    execFileSync('mkfifo', [folder.at('pipe')]);
    folder.write('content', gzipSync(text(trailRecords(3))));
    spawn('sh', ['-c', `cat ${folder.at('content')} > ${folder.at('pipe')}`]);
    expect((await readAll(folder.at('pipe'))).ids).toEqual(['e0', 'e1', 'e2']);
    // In a folder it would be waited for without end.
    expect((await readAll(folder.path)).ids).toEqual(['e0', 'e1', 'e2']);
  });
});

describe('what was asked for', () => {
  const secret = (second: number) => trailRecord(`2026-05-01T10:00:0${second}Z`, { id: `s${second}` });
  const key = (second: number) =>
    trailRecord(`2026-05-01T10:00:0${second}Z`, { id: `k${second}`, source: 'kms.amazonaws.com', name: 'Decrypt' });
  const mixed = () =>
    folder.write('a', text([secret(1), key(2), secret(3), activityEvent('2026-05-01T10:00:04.00+0000'), key(5)]));

  test.each<[object, number]>([
    [{ scope: 'all' }, 5],
    [{ scope: 'secrets' }, 3],
    [{ from: new Date('2026-05-01T10:00:03Z') }, 3],
    [{ to: new Date('2026-05-01T10:00:03Z') }, 2],
    [{ from: new Date('2026-05-01T10:00:02Z'), to: new Date('2026-05-01T10:00:04Z'), scope: 'secrets' }, 1],
    [{ where: { provider: 'ibm' } }, 1],
    [{ where: { name: 'Decrypt' } }, 2],
    [{ where: { any: [] } }, 0],
  ])('%j', async (request, count) => {
    const read = await readAll(mixed(), {}, request);
    expect(read.events).toHaveLength(count);
    expect(read.counts.filtered ?? 0).toBe(5 - count);
  });

  test('the books of the reader add up, with damage and copies', async () => {
    mixed();
    folder.write('b', `${text([secret(1), key(7)])}\noops\n{"x":1}`);
    const stream = events(logFiles(folder.path));
    await stream.toArray();
    expect(stream.report.sources[0]).toMatchObject({
      received: 9,
      yielded: 3,
      filtered: 3,
      duplicates: 1,
      malformed: 2,
      files: 2,
      finished: true,
    });
    expect(stream.report.complete).toBe(false);
  });

  test('events carry the name of the source', async () => {
    const path = mixed();
    const named = logFiles(path, { name: 'archive' });
    expect(named.name).toBe('archive');
    expect(new Set((await events(named, { scope: 'all' }).toArray()).map(({ source }) => source))).toEqual(
      new Set(['archive']),
    );
    expect(logFiles(path).name).toBe('files');
  });
});

describe('explain', () => {
  test('says what would be read, without reading', () => {
    const file = folder.write('a.json', 'oops');
    const plan = logFiles([file, folder.path, folder.at('*.gz'), '-', '/not/there']).explain?.(
      requestFor(hearing().sink, { scope: 'secrets', from: new Date('2026-05-01T00:00:00Z'), where: { denied: true } }),
    );
    expect(plan).toEqual({
      source: 'files',
      steps: [
        `read the file: ${file}`,
        `read every file in the folder: ${folder.path}`,
        `read every file that matches: ${folder.at('*.gz')}`,
        'read standard input: -',
        'not found: /not/there',
      ],
      pushedDown: ['files that were delivered before 2026-05-01T00:00:00.000Z, by their names, are not opened'],
      leftToReader: ['from 2026-05-01T00:00:00.000Z', 'scope secrets', 'where'],
    });
  });
});

describe('codes of errors', () => {
  const { codeOf } = logFiles('a');
  test.each<[unknown, string]>([
    [Object.assign(new Error(), { code: 'ENOENT' }), 'not-found'],
    [Object.assign(new Error(), { code: 'EACCES' }), 'permission-denied'],
    [Object.assign(new Error(), { code: 'EPERM' }), 'permission-denied'],
    [Object.assign(new Error(), { code: 'EMFILE' }), 'unavailable'],
    [Object.assign(new Error(), { code: 'constructor' }), 'unknown'],
    [new AuditError('malformed', 'x'), 'malformed'],
    [new Error('x'), 'unknown'],
    ['x', 'unknown'],
    [null, 'unknown'],
  ])('%s', (error, code) => {
    expect(codeOf(error)).toBe(code);
  });
});
