import { describe, expect, test } from 'vitest';
import { cli } from './world.ts';

describe('what is not said right ends with code 2, and says what would be', () => {
  test.each<[argv: readonly string[], says: string]>([
    [['raed', 'x'], 'Did you mean read?'],
    [['read'], 'name a SOURCE'],
    [['read', 'samples/aws', '--fromat', 'csv'], 'Did you mean --format?'],
    [['read', 'samples/aws', '--format', 'tabel'], 'did you mean table?'],
    [['read', 'samples/aws', '--format', 'xml'], 'it takes table, jsonl, json, csv, raw'],
    [['read', 'samples/aws', '--action', 'secret.raed'], 'did you mean secret.read?'],
    [['read', 'samples/aws', '--action', 'rotatoin.*'], 'did you mean rotation?'],
    [['read', 'samples/aws', '--action', 'nothing.like.it'], 'it takes secret.read, secret.describe'],
    [['read', 'samples/aws', '--name', 'GetSecertValue'], 'did you mean GetSecretValue?'],
    [['read', 'samples/aws', '--name', 'getsecretvalue'], 'did you mean GetSecretValue?'],
    [['read', 'samples/aws', '--name', 'secret.raed'], 'did you mean secret.read?'],
    [['read', 'samples/aws', '--name', ','], '--name needs a value'],
    [['read', 'samples/aws', '--outcome', 'failuer'], 'did you mean failure?'],
    [['read', 'samples/aws', '--provider', 'asw'], 'did you mean aws?'],
    [['read', 'samples/aws', '--scope', 'al'], 'it takes secrets, all'],
    [['read', 'samples/aws', '--service', 'kms.amazonaws.com'], 'add --scope all'],
    [['read', 'samples/aws', '--service', 'secretsmanger.amazonaws.com'], 'did you mean secretsmanager.amazonaws.com?'],
    [['read', 'cloudtrail:us-east-1'], 'did you mean cloudtrail://us-east-1?'],
    [['read', 'cloud-log:/us-south/x'], 'did you mean cloud-logs://us-south/x?'],
    [['completoin', 'bash'], 'Did you mean completion?'],
    [['read', 'samples/aws', '--histogramm'], 'Did you mean --histogram?'],
    [['read', 'samples/aws', '--order', 'newest_first'], 'did you mean newest-first?'],
    [['read', 'samples/aws', '--limit', '-1'], '"-1" is no whole number from 0'],
    [['read', 'samples/aws', '--limit', '1e3'], '"1e3" is no whole number from 0'],
    [['read', 'samples/aws', '--since', 'yesterday'], '--since: "yesterday" is no time'],
    [['read', 'samples/aws', '--until', '2026-02-31'], '--until: "2026-02-31" is no time'],
    [['read', 'samples/aws', '--since', '2026-11-10', '--until', '2026-11-10'], 'is not before --until'],
    [['read', 'samples/aws', '--where', '{action}'], 'where is no JSON'],
    [['read', 'samples/aws', '--where', '[]'], 'where must be an object'],
    [['read', 'samples/aws', '--where', '{"actoin":"secret.read"}'], 'did you mean "action"?'],
    [['read', 'samples/aws', '--where', '{"name":{"startWith":"x"}}'], 'did you mean "startsWith"?'],
    [['read', 'samples/aws', '--where', '{"outcome":"failuer"}'], 'did you mean "failure"?'],
    [['read', 'samples/aws', '--actor', ''], '--actor needs a value'],
    [['read', 'samples/aws', '--report=xml'], 'it takes text, json'],
    [['read', 'samples/aws', '--report=jsn'], '--report: there is no "jsn"; did you mean json?'],
    [['read', 'samples/aws', '--report', 'jsn'], '--report: there is no "jsn"; did you mean json?'],
    [['read', 'samples/aws', '--columns', 'time,acotr'], '--columns: there is no "acotr"; did you mean actor?'],
    [['read', 'samples/aws', '--group-by', 'secert'], '--group-by: there is no "secert"; did you mean secret?'],
    [['read', 'samples/aws', '--time', 'locl'], 'did you mean local?'],
    [['alarm', 'lst'], 'Did you mean list?'],
    [['alarm', 'tempalte', 'x'], 'Did you mean template?'],
    [['alarm', 'list', '--format', 'tabel'], 'did you mean table?'],
    [['alarm', 'show', 'pending-deletion-acess'], 'did you mean pending-deletion-access?'],
    [['convert', 'x', '--to', 'ocfs'], 'did you mean ocsf?'],
    [['completion', 'zhs'], 'did you mean zsh?'],
    [['read', 'cloudtrial://us-east-1'], 'there is no source cloudtrial://; did you mean cloudtrail://?'],
    [['read', 'ftp://us-east-1'], 'a SOURCE is cloudtrail://REGION, cloudwatch-logs://REGION/LOG-GROUP, '],
    [['read', 'cloudtrail://'], 'write it as cloudtrail://REGION'],
    [['read', 'cloudtrail://us-east-1/trail'], 'write it as cloudtrail://REGION'],
    [['read', 'cloudtrail://useast1'], 'region: "useast1" is no AWS Region; write it like us-east-1'],
    [['read', 'cloudwatch-logs://us-east-1'], 'write it as cloudwatch-logs://REGION/LOG-GROUP'],
    [['read', 'logs-insights://us-east-1/'], 'write it as logs-insights://REGION/LOG-GROUP'],
    [['read', 'logs-insights://us-east-1/a b'], 'logGroup: "a b" is no name of a log group'],
    [['read', 'cloud-logs://us-south'], 'write it as cloud-logs://REGION/INSTANCE-ID'],
    [['read', 'secrets-manager://us-south'], 'write it as secrets-manager://REGION/INSTANCE-ID'],
    [['read', 'cloudtrail://us-east-1', 'x', 'CLOUDTRAIL://us-east-1'], '"CLOUDTRAIL://us-east-1" is given twice'],
    [['query'], "missing required argument 'language'"],
    [['query', 'filter-patern'], 'did you mean filter-pattern?'],
    [['query', 'sql'], 'it takes lookup-attribute, filter-pattern, logs-insights, event-pattern, athena-sql'],
    [['query', 'filter-pattern', '--where', '{"actoin":"secret.read"}'], 'did you mean "action"?'],
    [['query', 'filter-pattern', '--format', 'jsn'], 'did you mean json?'],
    [['query', 'filter-pattern', '--table', 'x'], '--table: filter-pattern knows no tables'],
    [['query', 'athena-sql', '--table', 'a..b'], 'table must be a name'],
    [['catalog', '--action', 'secret.raed'], 'did you mean secret.read?'],
    [['catalog', '--kind', 'notifications'], 'did you mean notification?'],
    [['catalog', '--status', 'curent'], 'did you mean current?'],
    [['catalog', '--format', 'raw'], 'it takes table, json, jsonl, csv, names'],
    [['demo', 'more'], 'too many arguments'],
    [['--nonsense'], "unknown option '--nonsense'"],
    [[], 'Usage: secret-events'],
  ])('%j', async (argv, says) => {
    const { code, out, err } = await cli(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  test('words are made safe before they are repeated', async () => {
    for (const argv of [
      ['read', 'x', '--\x1b[2J'],
      ['\x1b[2J'],
      ['read', 'x', '--name', 'GetSecretValu\x9b'],
      ['read', '\x1b://x'],
    ]) {
      const { code, err } = await cli(...argv);
      expect(code).toBeGreaterThan(0);
      expect(err).toMatch(/^[ -~\n]+$/);
      expect(err).toMatch(/\\x1b|\\x9b|\\u001b|\\u009b/);
    }
  });

  test.each([
    ['cloudtrail://us-est-1', 'us-east-1'],
    ['cloudwatch-logs://eu-cental-1/CloudTrail', 'eu-central-1'],
    ['logs-insights://eusc-de-eas-1/CloudTrail', 'eusc-de-east-1'],
    ['cloud-logs://us-soth/0a1b', 'us-south'],
    ['secrets-manager://eu-dee/0a1b', 'eu-de'],
  ])('%s is read all the same, since a Region may be new, and commented on', async (source, near) => {
    const { code, err } = await cli('read', source, '--explain');
    expect(code).toBe(0);
    expect(err).toContain(`did you mean ${near}?`);
    const right = await cli('read', source.replace(/\/\/[^/]+/, `//${near}`), '--explain');
    expect(right.err).not.toContain('did you mean');
  });

  test('a Region that resembles none passes without a word', async () => {
    const { code, err } = await cli('read', 'cloudtrail://xx-somewhere-9', '--explain');
    expect(code).toBe(0);
    expect(err).not.toContain('Region');
  });

  test('a path behind --report is a path', async () => {
    const { code, err } = await cli('read', '--report', 'samples/aws', '--format', 'jsonl');
    expect(code).toBe(0);
    expect(err).toContain('given');
    // All but `text`, and yet there.
    expect((await cli('read', 'samples/aws', '--report', 'test')).err).not.toContain('did you mean');
  });

  test('names that the catalog cannot hold pass', async () => {
    for (const name of ['secrets-manager.data.secret.raed', 'SomethingEntirelyNew']) {
      expect(await cli('read', 'samples/aws', '--format', 'jsonl', '--name', name)).toEqual({
        code: 0,
        out: '',
        err: '',
      });
    }
  });
});

describe('help', () => {
  test.each([
    [[], ['read', 'query', 'catalog', 'demo', '--version', 'Exit codes']],
    [['read'], ['--since', '--where', '--format', 'table, jsonl, json, csv, raw', 'standard input', 'zcat']],
    [['read'], ['cloudtrail://REGION', '--explain', 'logs-insights://us-east-1/CloudTrail/logs']],
    [['query'], ['event-pattern', '--exact', '--where', 'standard error', 'Ends with code 1']],
    [['catalog'], ['[text...]', '--provider', 'names', 'Ends with code 1']],
    [['demo'], ['sample logs', '--no-color']],
  ])('of %j', async (command, says) => {
    const { code, out, err } = await cli(...command, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const words of says) expect(out).toContain(words);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('every command has examples, and they are said right', async () => {
    const commands = [...(await cli('--help')).out.matchAll(/^ {2}([a-z]+) .*$/gm)].map((match) => match[1] as string);
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      const { out } = await cli(command, '--help');
      const examples = out.split('\nExamples:\n')[1]?.trimEnd().split('\n') ?? [];
      expect(examples.length, command).toBeGreaterThan(0);
      for (const example of examples) {
        expect(example).toContain('secret-events ');
        const known = new Set([...(out.split('\nExamples:')[0] ?? '').matchAll(/--[a-z-]+/g)].map((match) => match[0]));
        // The options of commands inside commands are in their own help.
        if (out.includes('\nCommands:\n')) continue;
        const used = [...(example.split(`secret-events ${command}`)[1] ?? '').matchAll(/ (--[a-z-]+)/g)];
        for (const [, option] of used) expect(known, example).toContain(option);
      }
    }
  });

  test('the version is that of the package', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
    expect(await cli('--version')).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
  });
});
