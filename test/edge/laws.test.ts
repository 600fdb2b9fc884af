/**
 * The sources that need no SDK, in a runtime that has web globals and nothing of Node: no `process`, no `Buffer`, and a
 * bundle for browsers in which any import of a Node module is an error.
 */
import { join } from 'node:path';
import { EdgeVM } from '@edge-runtime/vm';
import { build } from 'esbuild';
import { afterEach, describe, expect, test } from 'vitest';
import { startAwsServer, virtualClock } from '../../src/testing/index.ts';
import { recordsOf } from '../providers/aws/sources/rig.ts';
import type { Outside, run } from './laws.ts';

const { outputFiles, metafile } = await build({
  entryPoints: [join(import.meta.dirname, 'laws.ts')],
  bundle: true,
  write: false,
  metafile: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  globalName: 'laws',
  logLevel: 'error',
  plugins: [
    {
      // The laws are told to the runner outside.
      name: 'vitest',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'outside' }));
        onLoad({ filter: /.*/, namespace: 'outside' }, () => ({
          contents: 'export const { afterEach, describe, expect, test } = globalThis.vitest;',
        }));
      },
    },
  ],
});
const runtime = new EdgeVM({
  extend: (context) => Object.assign(context, { vitest: { afterEach, describe, expect, test } }),
});
runtime.evaluate(outputFiles[0]?.text ?? '');

const outside: Outside = {
  records: (count) => JSON.stringify(recordsOf(count)),
  serve: async (records, fault) => {
    const clock = virtualClock(Date.now());
    const server = await startAwsServer({
      clock,
      records: JSON.parse(records) as never,
      logGroups: { 'CloudTrail/logs': { trail: true } },
    });
    if (fault) server.fault({ ...fault });
    return { url: server.url, clock, asked: () => server.requests.length, close: () => server.stop() };
  },
};

test('the runtime has nothing of Node, and the bundle nothing of an SDK', () => {
  const kinds =
    '[typeof fetch, typeof crypto.subtle, typeof process, typeof Buffer, typeof setImmediate, typeof require]';
  expect(runtime.evaluate<string>(`${kinds}.join()`)).toBe('function,object,undefined,undefined,undefined,undefined');
  const packages = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'));
  const brought = packages.filter((path) => !path.startsWith('(disabled)'));
  expect(new Set(brought.map((path) => path.replace(/.*node_modules\/((?:@[^/]+\/)?[^/]+).*/, '$1')))).toEqual(
    new Set(['@noble/hashes', 'aws4fetch']),
  );
});

runtime.evaluate<typeof run>('laws.run')(outside);
