import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Progress, progressLine } from '../../src/cli/progress.ts';
import { events } from '../../src/index.ts';
import { logFiles } from '../../src/providers/files/log-files.ts';
import { Kept, runIn } from './world.ts';

const report = () => events(logFiles('samples/aws')).report;
const ERASE = '\r\x1b[2K';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('progress', () => {
  test('comes after a second, overwrites itself, and is gone at the end', () => {
    const stderr = new Kept(true, 80);
    let yielded = 1;
    const progress = new Progress(stderr, () => {
      const now = report();
      return { ...now, sources: now.sources.map((source) => ({ ...source, yielded: yielded++ })) };
    });
    progress.start();
    vi.advanceTimersByTime(999);
    expect(stderr.text).toBe('');
    vi.advanceTimersByTime(1);
    expect(stderr.text).toBe(`${ERASE}1 event, 0 records read`);
    vi.advanceTimersByTime(200);
    expect(stderr.text).toBe(`${ERASE}1 event, 0 records read${ERASE}2 events, 0 records read`);
    stderr.text = '';
    progress.stop();
    expect(stderr.text).toBe(ERASE);
    vi.advanceTimersByTime(10_000);
    expect(stderr.text).toBe(ERASE);
  });

  test('gets out of the way, and comes back if the waiting goes on', () => {
    const stderr = new Kept(true, 80);
    const progress = new Progress(stderr, report);
    progress.start();
    vi.advanceTimersByTime(1000);
    stderr.text = '';
    progress.clear();
    progress.clear();
    expect(stderr.text).toBe(ERASE);
    vi.advanceTimersByTime(200);
    expect(stderr.text).toBe(`${ERASE}${ERASE}0 events, 0 records read`);
    progress.stop();
  });

  test('never wraps', () => {
    const stderr = new Kept(true, 10);
    const progress = new Progress(stderr, report);
    progress.start();
    vi.advanceTimersByTime(1000);
    expect(stderr.text).toBe(`${ERASE}0 events,`);
    progress.stop();
  });

  test('is not there without a terminal', () => {
    const stderr = new Kept(false);
    const progress = new Progress(stderr, report);
    progress.start();
    vi.advanceTimersByTime(5000);
    progress.stop();
    expect(stderr.text).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the line', () => {
  test('counts what there is to count', () => {
    const now = report();
    const [source] = now.sources;
    if (!source) throw new Error('no source');
    const busy = { ...source, yielded: 1234, received: 2_000_000, files: 12, bytes: 88_123, requests: 1 };
    expect(progressLine({ ...now, sources: [busy, { ...source, bytes: 1_000_000 }] })).toBe(
      '1,234 events, 2,000,000 records read, 12 files, 1.1 MB, 1 request',
    );
    expect(progressLine(now)).toBe('0 events, 0 records read');
    const asking = { ...source, requests: 12, retries: 3, waitedMs: 4321 };
    expect(progressLine({ ...now, sources: [asking] })).toBe(
      '0 events, 0 records read, 12 requests, 3 retried, 4.3 s waited',
    );
  });
});

test('a run that waits shows it and leaves a clean line', async () => {
  const stdin = new PassThrough();
  const running = runIn({ stdin, errIsTTY: true }, 'read', '-', '--format', 'jsonl');
  while (vi.getTimerCount() === 0) await new Promise(setImmediate);
  vi.advanceTimersByTime(1500);
  stdin.end();
  const { code, err } = await running;
  expect(code).toBe(0);
  expect(err).toMatch(/0 events, 0 records read/);
  expect(err.endsWith(ERASE)).toBe(true);
});
