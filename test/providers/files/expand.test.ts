import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import { expand } from '../../../src/providers/files/expand.ts';
import type { FileFault } from '../../../src/providers/files/fault.ts';
import { useFolder } from './support/folder.ts';
import { readAll } from './support/reading.ts';
import { trailRecord } from './support/records.ts';

const folder = useFolder();

async function found(...paths: string[]) {
  const faults: (readonly [string, FileFault])[] = [];
  const options = {
    signal: new AbortController().signal,
    onFault: (fault: FileFault, path: string) => void faults.push([path, fault]),
  };
  const files = await expand(paths, options);
  return { names: files.map((file) => relative(folder.path, file)), faults };
}

async function refusal(...paths: string[]): Promise<AuditError> {
  const error = await found(...paths).catch((reason: unknown) => reason);
  if (!AuditError.is(error)) throw new Error(`no AuditError: ${String(error)}`);
  return error;
}

describe('folders', () => {
  test('all files below, by name, but those that are no logs', async () => {
    for (const name of [
      'b.json',
      'a/z.log',
      'a/B',
      'a.json',
      'C/x',
      '.DS_Store',
      '.hidden/x',
      'AWSLogs/1/CloudTrail-Digest/d.json.gz',
      'AWSLogs/1/CloudTrail/t.json.gz',
      '__MACOSX/x',
      'Thumbs.db',
      'é',
    ]) {
      folder.write(name, '');
    }
    const names = ['AWSLogs/1/CloudTrail/t.json.gz', 'C/x', 'a/B', 'a/z.log', 'a.json', 'b.json', 'é'];
    expect((await found(folder.path)).names).toEqual(names);
    expect((await found(`${folder.path}/`)).names).toEqual(names);
    expect((await found(`${folder.path}//`, folder.at('a'), folder.at('b.json'))).names).toEqual(names);
  });

  test('an empty one has none', async () => {
    expect(await found(folder.path)).toEqual({ names: [], faults: [] });
  });

  test('what is left out of a folder is read when it is named', async () => {
    folder.write('.hidden/x', '');
    folder.write('CloudTrail-Digest/d', '');
    expect((await found(folder.at('.hidden'), folder.at('CloudTrail-Digest/d'))).names).toEqual([
      '.hidden/x',
      'CloudTrail-Digest/d',
    ]);
  });
});

describe('each file is read once', () => {
  test('whatever leads to it', async () => {
    folder.write('logs/a', '');
    folder.write('logs/b', '');
    symlinkSync(folder.at('logs'), folder.at('other'));
    symlinkSync(folder.at('logs/b'), folder.at('z'));
    expect(
      (await found(folder.path, folder.at('logs/a'), folder.at('z'), folder.at('o*'), folder.at('other/a'))).names,
    ).toEqual(['logs/a', 'logs/b']);
    expect((await found(folder.at('z'), folder.path)).names).toEqual(['z', 'logs/a']);
  });

  test('symbolic links in circles end', async () => {
    folder.write('a/b/file', '');
    symlinkSync(folder.at('a'), folder.at('a/b/up'));
    symlinkSync('.', folder.at('a/self'));
    symlinkSync(folder.path, folder.at('a/b/root'));
    symlinkSync(folder.at('y'), folder.at('x'));
    symlinkSync(folder.at('x'), folder.at('y'));
    const { names, faults } = await found(folder.path);
    expect(names).toEqual(['a/b/file']);
    expect(faults.map(([path, { message }]) => [basename(path), message])).toEqual([
      ['x', 'A file cannot be read: its symbolic links lead in a circle.'],
      ['y', 'A file cannot be read: its symbolic links lead in a circle.'],
    ]);
  });

  test('two names of one content by a hard link are two files; their events come once from the reader', async () => {
    folder.write('a', JSON.stringify(trailRecord('2026-05-01T10:00:00Z')));
    linkSync(folder.at('a'), folder.at('b'));
    expect((await found(folder.path)).names).toEqual(['a', 'b']);
  });

  test('a link to nothing is named', async () => {
    symlinkSync(folder.at('gone'), folder.at('link'));
    const { names, faults } = await found(folder.path);
    expect(names).toEqual([]);
    expect(faults.map(([path, { notice, code }]) => [basename(path), notice, code])).toEqual([
      ['link', 'unreadable-file', 'not-found'],
    ]);
  });
});

describe('globs', () => {
  test('match files and folders, by name', async () => {
    for (const name of ['2026/05/a.json', '2026/05/b.json.gz', '2026/06/a.json', '2025/a.json', '2026/.x.json'])
      folder.write(name, '');
    expect((await found(folder.at('2026/**/*.json'))).names).toEqual(['2026/05/a.json', '2026/06/a.json']);
    expect((await found(folder.at('2026/0{5,6}/a*'))).names).toEqual(['2026/05/a.json', '2026/06/a.json']);
    expect((await found(folder.at('202?'))).names).toEqual([
      '2025/a.json',
      '2026/05/a.json',
      '2026/05/b.json.gz',
      '2026/06/a.json',
    ]);
  });

  test('a path that is there is itself, whatever its characters', async () => {
    for (const name of ['a[1].json', 'a1.json', 'b*', 'bb', '{x,y}/f', 'x/f', '(a|b)', '!n', '#h'])
      folder.write(name, '');
    for (const name of ['a[1].json', 'b*', '(a|b)', '!n', '#h'])
      expect((await found(folder.at(name))).names).toEqual([name]);
    expect((await found(folder.at('{x,y}'))).names).toEqual(['{x,y}/f']);
    expect((await found(folder.at('a[1-9].json'))).names).toEqual(['a1.json']);
  });
});

describe('globs and symbolic links', () => {
  test('links are what they lead to', async () => {
    folder.write('real/f.log', '');
    symlinkSync(folder.at('real'), folder.at('linked'));
    symlinkSync(folder.at('real/f.log'), folder.at('g.log'));
    symlinkSync(folder.at('nowhere'), folder.at('h.log'));
    expect((await found(folder.at('*.log'))).names).toEqual(['g.log']);
    expect((await found(folder.at('lin*'))).names).toEqual(['linked/f.log']);
    expect((await found(folder.at('linked/*.log'))).names).toEqual(['linked/f.log']);
  });

  test('circles and nets of links end', async () => {
    const count = 12;
    for (let i = 0; i < count; i++) folder.write(`d${i}/f`, '');
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) symlinkSync(folder.at(`d${j}`), folder.at(`d${i}/l${j}`));
      symlinkSync(folder.path, folder.at(`d${i}/up`));
    }
    for (const pattern of ['**', '**/f', 'd*/**']) {
      const { names, faults } = await found(folder.at(pattern));
      expect([names.length, faults]).toEqual([count, []]);
    }
    expect((await found(folder.path)).names).toEqual(Array.from({ length: count }, (_, i) => `d${i}/f`).sort());
  });

  test('a relative pattern gives relative paths', async () => {
    folder.write('x/a.json', '');
    const back = process.cwd();
    const options = { signal: new AbortController().signal, onFault: () => {} };
    try {
      process.chdir(folder.path);
      expect(await expand(['*/*.json'], options)).toEqual(['x/a.json']);
      expect(await expand(['./x', '*/a.json'], options)).toEqual(['x/a.json']);
    } finally {
      process.chdir(back);
    }
  });
});

describe('what is not there', () => {
  test.each(['nothing', 'no/such/folder', '*.nothing', 'x{1,2}', 'file/inner'])('%s', async (name) => {
    folder.write('file', '');
    const error = await refusal(folder.at('file'), folder.at(name));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain(folder.at(name));
  });
});

describe('permissions', () => {
  const { geteuid, seteuid, setegid, getegid } = process;
  const root = geteuid?.() === 0;
  const group = getegid?.() ?? 0;
  afterEach(() => {
    if (root) {
      seteuid?.call(process, 0);
      setegid?.call(process, group);
    }
  });

  // Nothing is forbidden to root, so root becomes somebody else for the test.
  const asSomebody = () => {
    if (!root) return;
    setegid?.call(process, 65534);
    seteuid?.call(process, 65534);
  };

  test('a file and a folder that may not be read are named, and the others come', async () => {
    const { chmodSync } = await import('node:fs');
    const record = JSON.stringify(trailRecord('2026-05-01T10:00:00Z', { id: 'x' }));
    chmodSync(folder.path, 0o755);
    writeFileSync(folder.at('closed'), record, { mode: 0 });
    writeFileSync(folder.at('open'), record, { mode: 0o644 });
    mkdirSync(folder.at('shut'), { mode: 0 });
    asSomebody();
    const read = await readAll(folder.path);
    expect(read.ids).toEqual(['x']);
    expect(read.notices.map(({ code, place, message, incomplete }) => [code, place, message, incomplete])).toEqual([
      ['unreadable-file', folder.at('shut'), 'A file cannot be read: permission is denied.', true],
      ['unreadable-file', folder.at('closed'), 'A file cannot be read: permission is denied.', true],
    ]);
    for (const path of ['closed', 'shut']) {
      const error = await readAll(folder.at(path), { strict: true }).catch((reason: unknown) => reason);
      expect(AuditError.is(error) && [error.code, error.message]).toEqual([
        'permission-denied',
        `${folder.at(path)}: A file cannot be read: permission is denied.`,
      ]);
    }
  });
});
