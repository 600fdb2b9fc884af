import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logFiles } from '../../../../src/providers/files/index.ts';
import { events } from '../../../../src/reader/events.ts';
import { fixture } from '../fixture.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const QUERY_ID = { query_id: { query_id: '11111111-2222-4333-8444-555555555555' } };
const ROWS = { result: { results: [fixture('cloud-logs-row')] } };

function saved(name: string, ...items: readonly object[]): string {
  const file = join(folder, `${name}.jsonl`);
  writeFileSync(file, [QUERY_ID, ROWS, ...items].map((item) => `${JSON.stringify(item)}\n`).join(''));
  return file;
}

describe('an answer of Cloud Logs that was saved', () => {
  test('is complete where it says nothing else', async () => {
    const file = saved('whole', { warning: {} }, { warning: { compile_warning: { warning_message: 'x' } } });
    const stream = events(logFiles(file), { scope: 'all' });
    expect(await stream.toArray()).toHaveLength(1);
    expect(stream.report).toMatchObject({ complete: true, sources: [{ received: 1, malformed: 0, notices: [] }] });
    expect(await events(logFiles(file, { strict: true }), { scope: 'all' }).toArray()).toHaveLength(1);
  });

  test.each<readonly [name: string, item: object, reason: string]>([
    ['limit', { warning: { number_of_results_limit_warning: {} } }, 'number_of_results_limit_warning'],
    ['archive', { warning: { archive_warning: {} } }, 'archive_warning'],
    ['rate', { error: { message: 'x', code: { rate_limit_reached: {} } } }, 'rate_limit_reached'],
    ['broken', { errors: [{ code: 'deadline_exceeded' }], status_code: 408, trace: 't' }, 'deadline_exceeded'],
  ])('is incomplete where it says so (%s), and no record is malformed for it', async (name, item, reason) => {
    const file = saved(name, item);
    const stream = events(logFiles(file), { scope: 'all' });
    expect(await stream.toArray()).toHaveLength(1);
    expect(stream.report).toMatchObject({ complete: false, sources: [{ received: 1, malformed: 0 }] });
    expect(stream.report.sources[0]?.notices).toEqual([
      expect.objectContaining({ code: 'incomplete-answer', incomplete: true, places: [`${file}:3`] }),
    ]);
    expect(stream.report.sources[0]?.notices[0]?.message).toContain(reason);
    const strict = events(logFiles(file, { strict: true }), { scope: 'all' });
    await expect(strict.toArray()).rejects.toMatchObject({ code: 'incomplete' });
  });
});
