import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { build } from 'tsup';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, AwsEventName } from '../../src/catalog/index.ts';
import { serviceEvents } from '../../src/catalog/services/aws.ts';
import { serviceActions } from '../../src/catalog/services/ibm.ts';
import { completableOf } from '../../src/cli/completion/completable.ts';
import { fishCompletion } from '../../src/cli/completion/fish.ts';
import { runsWith } from '../support/programs.ts';
import { cli } from './world.ts';

// Each script is run by its own shell; where that shell is not installed, the title says so.
const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];
const has = (shell: string) => runsWith(shell, spawnSync(shell, ['-c', 'exit 0']).status === 0);
const ROOT = resolve(import.meta.dirname, '../..');

let folder = '';
const scripts = new Map<Shell, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
  mkdirSync(join(folder, 'work/AWSLogs'), { recursive: true });
  writeFileSync(join(folder, 'work/trail one.json'), '');
  await installIn(folder);
  for (const shell of SHELLS) {
    const { code, out, err } = await cli('completion', shell);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    scripts.set(shell, join(folder, `script.${shell}`));
    writeFileSync(join(folder, `script.${shell}`), out);
  }
});
beforeEach(() => void asked());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program, built and on the PATH, which keeps what it was asked in the file `asked`. */
async function installIn(home: string): Promise<void> {
  copyFileSync(join(ROOT, 'package.json'), join(home, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  await build({
    config: false,
    silent: true,
    entry: ['src/cli/bin.ts'],
    outDir: join(home, 'dist'),
    format: 'esm',
    target: 'node20.19',
    splitting: true,
  });
  mkdirSync(join(home, 'bin'));
  const lines = ['#!/bin/sh', `echo "$*" >> '${home}/asked'`, `exec '${process.execPath}' '${home}/dist/bin.js' "$@"`];
  writeFileSync(join(home, 'bin/secret-events'), `${lines.join('\n')}\n`, { mode: 0o755 });
}

/** The command lines that the program was started with since it was last looked. */
function asked(): readonly string[] {
  const file = join(folder, 'asked');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  rmSync(file);
  return lines;
}

function environment() {
  return { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
}

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
  const { stdout, stderr } = spawnSync(shell, argv, {
    cwd: join(folder, 'work'),
    encoding: 'utf8',
    env: environment(),
  });
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
      ['secret-events read --service kms', ['kms', 'kms.amazonaws.com']],
      ['secret-events query lucene --service secrets-manager,atrack', ['secrets-manager,atracker']],
      ['secret-events catalog --service secretsm', ['secretsmanager.amazonaws.com']],
      ['secret-events convert x --to ocsf --service signin.', ['signin.amazonaws.com']],
      ['secret-events alarm show pending', ['pending-deletion-access']],
    ])('%s', (line, words) => {
      expect([...offered(shell, line)].sort()).toEqual([...words].sort());
      // Starting a program takes longer than a person who presses Tab wants to wait.
      expect(asked()).toEqual([]);
    });

    test.each<[line: string, words: readonly string[], services: string]>([
      ['read x --scope all --service kms.amazonaws.com --name Decr', ['Decrypt'], 'kms.amazonaws.com'],
      ['query lucene --service=kms --name kms.secrets.unw', ['kms.secrets.unwrap'], 'kms'],
      ['read --service kms.amazonaws.com --name Encrypt,DescribeK', ['Encrypt,DescribeKey'], 'kms.amazonaws.com'],
      [
        'read --service kms.amazonaws.com,sts.amazonaws.com --service iam.amazonaws.com --name GetCaller',
        ['GetCallerIdentity'],
        'kms.amazonaws.com,sts.amazonaws.com,iam.amazonaws.com',
      ],
      ['catalog --service kms.amazonaws.com Encr', ['Encrypt'], 'kms.amazonaws.com'],
      [
        'read --service secretsmanager.amazonaws.com --name GetSecretV',
        ['GetSecretValue'],
        'secretsmanager.amazonaws.com',
      ],
      ['read --service no-such-service --name Decr', [], 'no-such-service'],
    ])('the names of a service that was named: %s', (line, words, services) => {
      expect([...offered(shell, `secret-events ${line}`)].sort()).toEqual(words);
      expect(asked()).toEqual([`catalog --format names --service=${services}`]);
    });

    test('all names of a service', async () => {
      const names = (await serviceEvents('kms.amazonaws.com')).map(({ name }) => name);
      expect([...offered(shell, 'secret-events read --service kms.amazonaws.com --name ')].sort()).toEqual(names);
    });

    test('names with placeholders are no names to ask for', async () => {
      const known = await serviceActions('dns-svcs');
      const names = known.filter(({ pattern }) => !pattern).map(({ name }) => name);
      expect(names.length).toBeLessThan(known.length);
      expect([...offered(shell, 'secret-events read --service dns-svcs --name ')].sort()).toEqual(names);
    });

    test('where the program is not found, nothing is offered and nothing is said', () => {
      const path = join(folder, 'bin/secret-events');
      const program = readFileSync(path);
      rmSync(path);
      try {
        expect(offered(shell, 'secret-events read --service kms.amazonaws.com --name Decr')).toEqual([]);
      } finally {
        writeFileSync(path, program, { mode: 0o755 });
      }
    });

    test('files stand beside sources', () => {
      expect(offered(shell, 'secret-events read AWSL').join()).toMatch(/^AWSLogs\/?$/);
      expect(offered(shell, 'secret-events read --checkpoint tr').join()).toMatch(/^trail(?: |\\ )one\.json$/);
    });
  });
}

// A terminal, a prompt, keys: what the other tests ask of the functions, asked of the shell as people have it. zsh reads its
// keys in order, so the line is shown when the completion is done, however long that takes.
describe.skipIf(!has('zsh'))(`zsh at a terminal ${has('zsh') ? '' : '(left out: it is not installed)'}`, () => {
  function typed(keys: string): string {
    const rc = `
      PS1='<ready>'; TERM=dumb; unset zle_bracketed_paste; unsetopt prompt_cr prompt_sp; cd '${folder}/work'
      autoload -Uz compinit; compinit -D -u; source '${scripts.get('zsh')}'
      shown() { print -r -- "<line:\${BUFFER}:line>" }; zle -N shown; bindkey '^T' shown`;
    writeFileSync(join(folder, 'rc.zsh'), rc);
    const script = `
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "source '${folder}/rc.zsh'"
      zpty -r shell heard '*<ready>*'
      zpty -w -n shell $'${keys}\\x14'
      zpty -r shell heard '*<line:*:line>*'
      print -r -- "\${\${heard##*<line:}%%:line>*}"
      zpty -d shell`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], {
      encoding: 'utf8',
      env: environment(),
      timeout: 60_000,
    });
    expect(stderr).toBe('');
    return stdout.replace(/\n$/, '');
  }

  test.each([
    ['secret-events re\t', 'secret-events read '],
    ['secret-events read cloudtr\t', 'secret-events read cloudtrail://'],
    [
      'secret-events read --scope all --service kms.am\t--name Decr\t',
      'secret-events read --scope all --service kms.amazonaws.com --name Decrypt ',
    ],
    [
      'secret-events read --service kms.amazonaws.com --name Encrypt,DescribeK\t',
      'secret-events read --service kms.amazonaws.com --name Encrypt,DescribeKey ',
    ],
  ])('%s', (keys, line) => {
    expect(typed(keys)).toBe(line);
  });
});

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
