import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { events } from '../src/index.ts';
import { logFiles } from '../src/providers/files/index.ts';
import { type AwsServer, type IbmServer, startAwsServer, startIbmServer } from '../src/testing/index.ts';
import { runIn } from './cli/world.ts';
import { callsOf } from './support/shell-commands.ts';

// Every `secret-events` line of README and docs is run, in a world that holds what the lines speak of: the sample logs as
// files, and as what two clouds on this machine hold. Where a ```text block follows, it is the output.
const ROOT = resolve(import.meta.dirname, '..');
/** The day after the last of the samples. */
const NOW = Date.UTC(2026, 10, 16, 12);
const INSTANCE = '7f3c2a10-5b6d-4e8f-9a01-23456789abcd';
/** Words that stand for an id of one's own. */
const OWN: Readonly<Record<string, string>> = {
  'INSTANCE-ID': INSTANCE,
  'CRN-OF-CLOUD-LOGS': `crn:v1:bluemix:public:logs:us-south:a/0a1b2c3d4e5f40718293a4b5c6d7e8f9:${INSTANCE}::`,
  ID: INSTANCE,
};
/** Words that stand for a choice of words: such a line shows a form, and its command is asked for help. */
const FORMS = ['SOURCE...', 'LANGUAGE', '[TEXT...]', 'SHELL'];

interface Example {
  readonly place: string;
  readonly argv: readonly string[];
  /** Its words, for the title of its test. */
  readonly line: string;
  readonly piped: boolean;
  readonly output?: string;
}

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs()];
const examples = pages.flatMap(examplesIn);

function docs(): string[] {
  return readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('site'))
    .map((name) => join('docs', name));
}

function examplesIn(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g)].flatMap(([, block, output], i) => {
    const own = callsOf('secret-events', block as string);
    if (output !== undefined) expect(own, `${page}: an output belongs to one command`).toHaveLength(1);
    return own.map(({ argv, piped }) => ({
      place: `${page}, block ${i + 1}`,
      argv,
      line: argv.join(' '),
      piped,
      ...(output !== undefined && { output }),
    }));
  });
}

let aws: AwsServer;
let ibm: IbmServer;
let folder: string;
let trail: string;
let records: Readonly<Record<'aws' | 'ibm', Record<string, unknown>[]>>;
const before = process.cwd();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
  const samples = join(ROOT, 'samples');
  cpSync(samples, join(folder, 'samples'), { recursive: true });
  cpSync(join(samples, 'aws/AWSLogs'), join(folder, 'AWSLogs'), { recursive: true });
  cpSync(join(samples, 'ibm'), join(folder, 'ibm'), { recursive: true });
  const recordsOf = async (cloud: string) => {
    const all = events(logFiles([join(samples, cloud)]), { scope: 'all', order: 'oldest-first' });
    return (await all.toArray()).map(({ raw }) => raw as Record<string, unknown>);
  };
  records = { aws: await recordsOf('aws'), ibm: await recordsOf('ibm') };
  trail = JSON.stringify({ Records: records.aws });
  const lines = gzipSync(records.ibm.map((record) => JSON.stringify(record)).join('\n'));
  for (const file of ['activity.log.gz', 'activity/1.log.gz', 'audit/2026-11-11T14/1.log.gz']) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), lines);
  }
  writeFileSync(join(folder, 'none.env'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  // Timers stay real: requests on the loopback interface take real time.
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  // Clouds of their own for each, because a pace is kept for as long as the process lives.
  aws = await startAwsServer({ records: records.aws, logGroups: { 'CloudTrail/logs': { trail: true } } });
  ibm = await startIbmServer({ records: records.ibm });
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'VCAP_SERVICES']) vi.stubEnv(name, undefined);
  const led = { ...aws.env, ...ibm.env, IBM_CREDENTIALS_FILE: join(folder, 'none.env') };
  for (const [name, value] of Object.entries(led)) vi.stubEnv(name, value);
  process.chdir(folder);
});
afterEach(async () => {
  await Promise.all([aws.stop(), ibm.stop()]);
  process.chdir(before);
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

function meant({ argv }: Example): string[] {
  if (argv.some((word) => FORMS.includes(word))) return [argv[0] as string, '--help'];
  const words = argv.map((word) => OWN[word] ?? word.replace('INSTANCE-ID', INSTANCE));
  // What follows never ends; its plan does.
  return words.includes('--follow') ? [...words, '--explain'] : words;
}

/** The help of a command and of all that are below it. */
async function helpOf(command: readonly string[]): Promise<string> {
  const { out } = await runIn({}, ...command, '--help');
  const below = out.split(/^Commands:\n/m)[1]?.match(/^ {2}[a-z]+(?= )/gm) ?? [];
  const helps = await Promise.all(below.map((name) => helpOf([...command, name.trim()])));
  return [out, ...helps].join('\n');
}

describe('examples of the command line', () => {
  test('are found, some of them with their output', () => {
    expect(examples.length).toBeGreaterThan(40);
    expect(examples.filter(({ output }) => output !== undefined).length).toBeGreaterThan(4);
  });

  test.each(examples)('$place: secret-events $line', async (example) => {
    const { code, out, err } = await runIn({ ...(example.piped && { stdin: trail }) }, ...meant(example));
    // A recipe that is tried and would not have rung says so, and ends with 1.
    const silent = code === 1 && /^alarm test /.test(example.line) && err.includes('the recipe finds');
    if (!silent) expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    if (example.output !== undefined) expect(out).toBe(example.output);
  });

  test('every option that a page names is there', async () => {
    const known = new Set((await helpOf([])).match(/--[a-z-]+/g));
    const named = pages.flatMap((page) =>
      [...readFileSync(join(ROOT, page), 'utf8').matchAll(/`(--[a-z][a-z-]*)[^`\n]*`/g)].map(([, option]) => option),
    );
    expect(named.length).toBeGreaterThan(30);
    expect([...new Set(named)].filter((option) => !known.has(option as string))).toEqual([]);
  });
});
