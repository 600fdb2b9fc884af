import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/index.ts';
import { cloudTrail, lines, many } from './records.ts';
import { cli, runIn } from './world.ts';

const SAMPLES = ['samples/aws', 'samples/ibm'];

function books(err: string): Report['sources'][number] {
  const [line, ...rest] = err.trimEnd().split('\n');
  expect(rest).toEqual([]);
  return (JSON.parse(line ?? '') as Report).sources[0] as Report['sources'][number];
}

describe('--report', () => {
  test('as text names every count, what was read, and the place of a flaw', async () => {
    const { code, out, err } = await cli('read', ...SAMPLES, '--format', 'csv', '--report');
    expect(code).toBe(0);
    expect(out.split('\n')).toHaveLength(73);
    expect(err).toContain(
      'files: 77 records = 71 given + 4 filtered out + 1 duplicate + 1 malformed + 0 beyond the limit\n',
    );
    expect(err).toContain('  read: 21 files, ');
    expect(err).toContain('  events: 2026-11-09T08:00:14.200Z to 2026-11-15T20:00:21.580Z\n');
    expect(err).toMatch(/INCOMPLETE malformed-record: .+\n {4}at samples\/ibm\/.+\.log:4\n/);
    expect(err).toContain('window: everything the sources hold, scope secrets\n');
    expect(err).toContain('complete: no, events may be missing (see above)\n');
  });

  test.each([
    [['--limit', '5']],
    [['--scope', 'all']],
    [['--denied']],
    [['--since', '2026-11-12', '--until', '2026-11-13']],
    [['--order', 'oldest-first', '--limit', '1', '--provider', 'ibm']],
  ])('as JSON is one line whose counts add up, with %j', async (options) => {
    const { out, err } = await cli('read', ...SAMPLES, '--format', 'jsonl', '--report', 'json', ...options);
    const { received, yielded, filtered, duplicates, malformed, beyondLimit } = books(err);
    expect(received).toBe(yielded + filtered + duplicates + malformed + beyondLimit);
    expect(yielded).toBe(out.split('\n').length - 1);
    expect(received).toBeGreaterThan(0);
  });

  test('does not take a path for its form', async () => {
    for (const argv of [
      ['read', '--report', ...SAMPLES],
      ['read', ...SAMPLES, '--report'],
      ['read', '--report=text', '--', ...SAMPLES],
    ]) {
      const { code, err } = await cli(...argv, ...(argv.includes('--') ? [] : ['--format', 'csv']));
      expect(code).toBe(0);
      expect(err).toContain('files: 77 records');
    }
    expect(books((await cli('read', '--report', 'json', ...SAMPLES, '--format', 'csv')).err).files).toBe(21);
  });

  test('comes also when the reading fails', async () => {
    const stdin = `${lines(cloudTrail())}{"eventName":"GetSecretValue","eventSource":"secretsmanager.amazonaws.com"}\n`;
    const { code, err } = await runIn({ stdin }, 'read', '-', '--format', 'jsonl', '--strict', '--report');
    expect(code).toBe(1);
    expect(err).toContain('complete: no, the reading ended early\n');
    expect(err).toMatch(/secret-events: .+\n$/);
  });

  test('tells the window that was asked for', async () => {
    const { err } = await runIn(
      { stdin: many(10) },
      'read',
      '-',
      '--report',
      '--since',
      '2026-11-09T00:00:05Z',
      '--until',
      '2026-11-10',
      '--limit',
      '2',
    );
    expect(err).toContain('window: 2026-11-09T00:00:05Z up to 2026-11-10T00:00:00Z, scope secrets, limit 2\n');
    expect(err).toContain('complete: yes\n');
  });

  test('makes names of files safe', async () => {
    const { err } = await cli(
      'read',
      ...SAMPLES,
      '--format',
      'csv',
      '--report',
      'json',
      '--where',
      '{"actor.name":"\u202e"}',
    );
    expect(err).toMatch(/^[ -~]+\n$/);
  });
});
