import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS, AwsEventName } from '../../src/catalog/index.ts';
import { completableOf } from '../../src/cli/completion/completable.ts';
import { fishCompletion } from '../../src/cli/completion/fish.ts';
import { cli } from './world.ts';

// Each script is run by its own shell; where that shell is not installed, the title says so.
const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

let folder = '';
const scripts = new Map<Shell, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
  mkdirSync(join(folder, 'work/AWSLogs'), { recursive: true });
  writeFileSync(join(folder, 'work/trail one.json'), '');
  for (const shell of SHELLS) {
    const { code, out, err } = await cli('completion', shell);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    scripts.set(shell, join(folder, `script.${shell}`));
    writeFileSync(join(folder, `script.${shell}`), out);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What each shell offers behind a line, by its own means. */
const ASK: Readonly<Record<Shell, { readonly script: string; readonly words: (line: string) => readonly string[] }>> = {
  bash: {
    script: `source "$1"; COMP_LINE="$2"; COMP_POINT=\${#COMP_LINE}; COMP_WORDBREAKS=''
      _secret_events; printf '%s\\n' "\${COMPREPLY[@]}"`,
    words: (line) => [line],
  },
  // Outside of its line editor zsh has no compadd: what the function adds is printed and matched by this one.
  zsh: {
    script: `compdef() { :; }; _files() { print -rl -- \${cur}*(N); }
      compset() { front="\${words[CURRENT]%,*},"; [[ "\${words[CURRENT]}" == *,* ]] || front=''; }
      compadd() { local w; while [[ "$1" != -- ]]; do shift; done; shift
        for w in "$@"; do [[ "$front$w" == "\${words[CURRENT]}"* ]] && print -r -- "$front$w"; done; true; }
      source "$1"; shift; front=''; words=("$@"); CURRENT=$#words; _secret-events`,
    words: (line) => line.split(' '),
  },
  fish: { script: 'source $argv[1]; complete -C $argv[2] | cut -f1', words: (line) => [line] },
};

function offered(shell: Shell, line: string): readonly string[] {
  const { script, words } = ASK[shell];
  const argv = ['-c', script, ...(shell === 'fish' ? [] : [shell]), scripts.get(shell) as string, ...words(line)];
  const { stdout, stderr } = spawnSync(shell, argv, { cwd: join(folder, 'work'), encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

for (const shell of SHELLS) {
  const installed = has(shell);
  describe.skipIf(!installed)(installed ? shell : `${shell} (left out: it is not installed)`, () => {
    test.each<[line: string, words: readonly string[]]>([
      ['secret-events re', ['read']],
      ['secret-events c', ['catalog', 'completion', 'convert']],
      ['secret-events read --format js', ['json', 'jsonl']],
      ['secret-events query dataprime --format js', ['json']],
      ['secret-events catalog --kind n', ['native', 'notification']],
      ['secret-events read --name GetSecretV', [AwsEventName.GetSecretValue]],
      ['secret-events read --name secret-group.c', ['secret-group.create']],
      ['secret-events read --action rotation.', actionsOf('rotation')],
      ['secret-events read --outcome success,fai', ['success,failure']],
      ['secret-events read --group-by actor,s', ['actor,secret']],
      ['secret-events query log', ['logs-insights']],
      ['secret-events completion z', ['zsh']],
      ['secret-events read cloudt', ['cloudtrail://']],
      ['secret-events read cloudtrail://us-east-1 --columns error.', ['error.code', 'error.message']],
      ['secret-events catalog DeleteS', ['DeleteSecret']],
      ['secret-events read --since 2', []],
      ['secret-events read --checkp', ['--checkpoint']],
    ])('%s', (line, words) => {
      expect([...offered(shell, line)].sort()).toEqual([...words].sort());
    });

    test('files stand beside sources', () => {
      expect(offered(shell, 'secret-events read AWSL').join()).toMatch(/^AWSLogs\/?$/);
      expect(offered(shell, 'secret-events read --checkpoint tr').join()).toMatch(/^trail(?: |\\ )one\.json$/);
    });
  });
}

function actionsOf(resource: string): readonly string[] {
  return [`${resource}.*`, ...ACTIONS.filter((action) => action.startsWith(`${resource}.`))];
}

describe('what is completed is what the program takes', () => {
  test('every option of every command is in every script', async () => {
    const commands = [...(await cli('--help')).out.matchAll(/^ {2}([a-z]+) .*$/gm)].map((match) => match[1] as string);
    expect(commands).toContain('completion');
    for (const command of commands) {
      const { out } = await cli(command, '--help');
      const options = [...out.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map((match) => match[1] as string);
      expect(options).toContain('help');
      for (const shell of SHELLS) {
        const script = (await cli('completion', shell)).out;
        for (const option of options) expect(script).toContain(shell === 'fish' ? `-l ${option}` : `--${option}`);
      }
    }
  });

  test('commands inside commands come after theirs', () => {
    const program = new Command('secret-events');
    const outer = program.command('alarm').summary("it's outer");
    outer.command('show').summary('inner').argument('<file>').option('--to <file>', 'where');
    const all = completableOf(program, {});
    expect(all.map(({ route }) => route.join(' '))).toEqual(['', 'alarm', 'alarm show']);
    expect(all[2]).toMatchObject({
      argument: { isPath: true },
      options: [{ long: '--to', values: { isPath: true } }, {}],
    });
    expect(fishCompletion(all)).toContain("-a 'alarm' -d 'it\\'s outer'");
  });

  test.each([
    [['completion'], "missing required argument 'shell'"],
    [['completion', 'bsh'], 'did you mean bash?'],
    [['completion', 'powershell'], 'it takes bash, zsh, fish'],
  ])('%j ends with code 2', async (argv, says) => {
    const { code, out, err } = await cli(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });
});
