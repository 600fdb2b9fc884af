import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { HAS_TMUX, Terminal } from '../support/terminal.ts';
import { cli, runIn } from './world.ts';

// The program in a real terminal. Where no tmux is, the title says why nothing was run.
const ROOT = resolve(import.meta.dirname, '../..');
const BIN = join(ROOT, 'dist/cli/bin.js');
const SAMPLES = 'samples/aws samples/ibm';

beforeAll(() => {
  if (!existsSync(BIN)) throw new Error('there is no dist/ to test; run `npm run build` first');
});

/** A shell in which the program has its name. */
async function terminal(columns: number, env?: Readonly<Record<string, string>>): Promise<Terminal> {
  const shell = new Terminal({ columns, cwd: ROOT, ...(env && { env: { TZ: 'UTC', ...env } }) });
  await shell.shows(/^\$/);
  shell.type(`secret-events() { '${process.execPath}' '${BIN}' "$@"; }`);
  shell.press('Enter');
  return shell;
}

describe.skipIf(!HAS_TMUX)(HAS_TMUX ? 'in a terminal' : 'in a terminal (left out: tmux is not installed)', () => {
  test.each([80, 160])('of %i columns, a line of the table is a line of the screen', async (columns) => {
    using shell = await terminal(columns);
    for (const argv of [
      ['read', ...SAMPLES.split(' '), '--histogram', '--quiet'],
      ['read', ...SAMPLES.split(' '), '--quiet', '--group-by', 'actor,secret'],
      ['catalog', 'rotation'],
      ['--help'],
      ['catalog', '--help'],
    ]) {
      const { lines, code } = await shell.run(`secret-events ${argv.join(' ')}`);
      const { out } = await runIn({ columns }, ...argv);
      expect(code).toBe(0);
      expect(`${lines.join('\n')}\n`).toBe(stripVTControlCharacters(out));
    }
  });

  test('there are colours, and none under NO_COLOR', async () => {
    const command = `secret-events read ${SAMPLES} --denied --quiet --histogram`;
    using shell = await terminal(80);
    const coloured = await shell.run(command, 'styled');
    const plain = await shell.run(`NO_COLOR=1 ${command}`, 'styled');
    expect(coloured.lines.join('\n')).toMatch(/\x1b\[[\d;]*31m/);
    expect(plain.lines.join('\n')).not.toContain('\x1b');
    expect(plain.lines).toEqual(coloured.lines.map((line) => stripVTControlCharacters(line).trimEnd()));
  });

  test('| head takes what it wants, and nobody complains', async () => {
    using shell = await terminal(160);
    const { lines, code } = await shell.run(`secret-events read ${SAMPLES} --quiet | head -3`);
    expect(code).toBe(0);
    expect(lines).toEqual((await cli('read', ...SAMPLES.split(' '), '--quiet')).out.split('\n').slice(0, 3));
  });

  test('Ctrl-C ends it with 130 and a clean line', async () => {
    using shell = await terminal(80);
    const ended = shell.begin('secret-events read - --format jsonl');
    // The progress line: it has started, and waits for what is typed.
    await shell.shows(/^0 events, 0 records read/);
    shell.press('C-c');
    expect(await ended()).toEqual({ lines: [], code: 130 });
  });

  test('Tab completes options, names and sources in bash', async () => {
    using shell = await terminal(160);
    shell.type('eval "$(secret-events completion bash)"; clear; echo ready');
    shell.press('Enter');
    await shell.shows(/^ready$/);
    for (const [typed, shown] of [
      ['secret-events rea', 'secret-events read'],
      ['secret-events read --forma', 'secret-events read --format'],
      [
        'secret-events read --format=json --outcome success,fai',
        'secret-events read --format=json --outcome success,failure',
      ],
      ['secret-events read --name GetS', 'secret-events read --name GetSecretValue'],
      ['secret-events read cloudt', 'secret-events read cloudtrail://'],
      ['secret-events read cloudtrail:', 'secret-events read cloudtrail://'],
      ['secret-events read READ', 'secret-events read README.md'],
    ] as const) {
      shell.type(typed);
      shell.press('Tab');
      const line = `$ ${shown}`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      await shell.shows(new RegExp(`^${line}$`));
      shell.press('C-c');
    }
  });
});
