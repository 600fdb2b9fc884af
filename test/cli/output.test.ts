import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../src/cli/io.ts';
import { Output, OutputClosed } from '../../src/cli/output/output.ts';
import { many } from './records.ts';
import { Kept, runIn } from './world.ts';

/** A stream that fails at its first write, as a pipe without a reader or a full disk does. */
function failing(code: string): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });
}

describe('output', () => {
  test('waits for a reader that is slow', async () => {
    const taken: string[] = [];
    const waiting: (() => void)[] = [];
    const slow = new Writable({
      highWaterMark: 4,
      decodeStrings: false,
      write: (chunk: string, _, done) => {
        taken.push(chunk);
        waiting.push(done);
      },
    });
    const output = new Output(slow, new AbortController().signal);
    const steps: string[] = [];
    const writing = output.write('four').then(() => steps.push('written'));
    await new Promise(setImmediate);
    expect({ taken, steps }).toEqual({ taken: ['four'], steps: [] });
    waiting.shift()?.();
    await writing;
    expect(steps).toEqual(['written']);
  });

  test('an end by the user ends the waiting, with the reason', async () => {
    const controller = new AbortController();
    const output = new Output(new Writable({ highWaterMark: 1, write: () => {} }), controller.signal);
    const writing = output.write('text');
    controller.abort(new Interrupted(130));
    await expect(writing).rejects.toBeInstanceOf(Interrupted);
    await expect(output.write('more')).rejects.toBeInstanceOf(Interrupted);
  });

  test('a reader that has gone is no failure', async () => {
    const output = new Output(failing('EPIPE'), new AbortController().signal);
    await output.write('x').catch(() => {});
    await expect(output.flush()).rejects.toBeInstanceOf(OutputClosed);
    expect(output.signal.aborted).toBe(true);
  });

  test('leaves no listener behind', async () => {
    const stream = new Kept();
    const output = new Output(stream, new AbortController().signal);
    await output.write('x');
    await output.flush();
    output.release();
    expect(stream.listenerCount('error')).toBe(0);
    expect(stream.listenerCount('drain')).toBe(0);
  });
});

describe('a run', () => {
  test.each(['EPIPE', 'ERR_STREAM_DESTROYED'])('whose reader goes (%s) ends quietly', async (code) => {
    const stdout = failing(code);
    const outcome = await runIn({ stdin: many(3000), stdout }, 'read', '-', '--format', 'jsonl');
    expect(outcome).toMatchObject({ code: 0, err: '' });
  });

  test('that cannot write for another reason fails, and says why', async () => {
    const outcome = await runIn({ stdin: many(10), stdout: failing('ENOSPC') }, 'read', '-', '--format', 'jsonl');
    expect(outcome).toMatchObject({ code: 1, err: 'secret-events: write ENOSPC\n' });
  });

  test('that is interrupted while it waits for input ends with the code of the signal, quietly', async () => {
    const controller = new AbortController();
    const stdin = new PassThrough();
    stdin.write(many(2));
    const running = runIn({ stdin, signal: controller.signal }, 'read', '-', '--format', 'jsonl');
    setImmediate(() => controller.abort(new Interrupted(143)));
    expect(await running).toEqual({ code: 143, out: '', err: '' });
  });

  test('that was interrupted before it began does nothing', async () => {
    expect(await runIn({ signal: AbortSignal.abort() }, 'catalog')).toEqual({ code: 130, out: '', err: '' });
  });

  test('holds no more of a long stream than its reader is behind', async () => {
    const waiting: (() => void)[] = [];
    let chunks = 0;
    const stdout = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => {
        chunks++;
        waiting.push(done);
      },
    });
    const controller = new AbortController();
    const running = runIn({ stdin: many(5000), stdout, signal: controller.signal }, 'read', '-', '--format', 'jsonl');
    while (chunks < 3) {
      waiting.shift()?.();
      await new Promise(setImmediate);
    }
    for (let i = 0; i < 50; i++) await new Promise(setImmediate);
    expect(chunks).toBe(3);
    controller.abort(new Interrupted(130));
    expect((await running).code).toBe(130);
  });
});
