import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloudTrail, lines, many } from './records.ts';
import { cli, runIn } from './world.ts';

const SAMPLES = ['samples/aws', 'samples/ibm'];

/** What a line of `--format jsonl` tells in these tests: who did what. */
async function found(...options: readonly string[]): Promise<string[]> {
  const { code, out, err } = await cli(
    'read',
    ...SAMPLES,
    '--format',
    'jsonl',
    '--quiet',
    '--order',
    'oldest-first',
    ...options,
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { time, name, actor } = JSON.parse(line) as {
        time: string;
        name: string;
        actor: { role?: string; name?: string };
      };
      return `${time.slice(8, 10)} ${name} ${actor.role ?? actor.name}`;
    });
}

describe('the options of read', () => {
  test('--denied', async () => {
    expect(await found('--denied')).toEqual([
      '11 GetSecretValue analyst',
      '11 GetSecretValue analyst',
      '11 GetSecretValue report-builder',
      '11 secrets-manager.secret.read analyst@example.com',
      '11 secrets-manager.secret.read unknown-job',
      '11 secrets-manager.secret.read unknown-job',
      '14 secrets-manager.data.orders.db unknown-job',
      '15 GetSecretValue analyst',
    ]);
  });

  test('--action takes an action of both clouds, lists, and all of a resource', async () => {
    expect(await found('--action', 'secret.delete')).toEqual([
      '12 secrets-manager.secret.delete deploy-pipeline',
      '12 DeleteSecret deploy-pipeline',
      '15 DeleteSecret deploy-pipeline',
    ]);
    const rotation = await found('--action', 'rotation.*');
    expect(rotation).toEqual(
      await found(
        '--action',
        'rotation.start,rotation.fail',
        '--action',
        'rotation.succeed, rotation.request,rotation.cancel',
      ),
    );
    expect(rotation).toHaveLength(6);
  });

  test('--name takes names as records and as tables write them', async () => {
    expect(await found('--name', 'RestoreSecret,secrets-manager.secret-group.create')).toEqual([
      '09 secrets-manager.secret-group.create deploy-pipeline',
      '13 RestoreSecret deploy-pipeline',
    ]);
    expect(await found('--name', 'secret-group.create')).toEqual([
      '09 secrets-manager.secret-group.create deploy-pipeline',
    ]);
    expect(await found('--name', 'secrets-manager.data.orders.db', '--outcome', 'failure')).toHaveLength(1);
  });

  test('--outcome, --provider, --region, --account', async () => {
    expect(await found('--outcome', 'pending')).toHaveLength(4);
    expect(await found('--provider', 'ibm', '--region', 'eu-de')).toHaveLength(4);
    expect(await found('--region', 'eu-west-1')).toEqual(['14 GetSecretValue payments-api']);
    expect(await found('--account', '111122223333', '--provider', 'ibm')).toEqual([]);
  });

  test.each([
    ['an exact role', 'report-builder', 5],
    ['an exact session name', 'report-builder-weekly', 5],
    ['an exact id', 'Profile-5c8d9e0f-1a2b-4c3d-8e4f-6a7b8c9d0e1f', 4],
    ['a beginning', 'report-*', 5],
    ['an end', '*@example.com', 6],
    ['a part', '*uilder-week*', 5],
    ['nothing but a part of it', 'report', 0],
    ['a star that is meant', 'report*builder', 0],
  ])('--actor with %s', async (_, actor, count) => {
    expect(await found('--actor', actor)).toHaveLength(count);
  });

  test('--actor with a star alone: whoever is known', async () => {
    expect(await found('--actor', '*')).toHaveLength(71);
  });

  test('--secret looks at name and id, and several add up', async () => {
    const ftp = await found('--secret', 'legacy/reports/ftp');
    expect(ftp).toHaveLength(10);
    expect(await found('--secret', '*:secret:legacy/reports/ftp-*')).not.toHaveLength(0);
    expect(await found('--secret', 'legacy/*', '--secret', 'old-ftp-login')).toHaveLength(12);
  });

  test('--where, alone and with the others', async () => {
    const where = '{"error.message":{"contains":"marked for deletion"}}';
    expect(await found('--where', where)).toEqual(Array(3).fill('13 GetSecretValue report-builder'));
    expect(await found('--where', where, '--provider', 'ibm')).toEqual([]);
  });

  test('--since is inclusive and --until is not', async () => {
    expect(await found('--since', '2026-11-10T02:00:41Z', '--until', '2026-11-10T09:30:05.310Z')).toEqual(
      ['10 RotationFailed undefined', '10 GetSecretValue orders-api'].map((line) =>
        line.replace('undefined', 'secretsmanager.amazonaws.com'),
      ),
    );
  });

  test('--scope all brings the other services, and --service chooses among them', async () => {
    expect(await found('--scope', 'all')).toHaveLength(75);
    expect(await found('--scope', 'all', '--service', 'kms.amazonaws.com,sts.amazonaws.com')).toEqual([
      '09 AssumeRole deploy-pipeline',
      '09 GenerateDataKey deploy-pipeline',
      '09 Decrypt orders-api',
    ]);
    expect(await found('--scope', 'all', '--name', 'NoSuchEvent')).toEqual([]);
  });

  test('--limit and --order', async () => {
    const all = await found();
    expect(await found('--limit', '3')).toEqual(all.slice(0, 3));
    expect(await found('--limit', '0')).toEqual([]);
    const { out } = await cli('read', ...SAMPLES, '--limit', '1', '--format', 'csv', '--quiet');
    expect(out).toContain('notifications-registration.test');
  });
});

describe('the sources of read', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
    writeFileSync(join(folder, 'a.jsonl'), lines(cloudTrail()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('standard input', async () => {
    const { code, out } = await runIn({ stdin: many(3) }, 'read', '-', '--format', 'jsonl');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(3);
  });

  test('a pattern', async () => {
    const { out } = await cli('read', join(folder, '*.jsonl'), '--format', 'jsonl');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });

  test('one that is not there fails, with its name made safe', async () => {
    const { code, out, err } = await cli('read', join(folder, 'no\x1b[2Jsuch'));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^secret-events: [ -~]+\\x1b\[2Jsuch[ -~]*\n$/);
  });

  test.each(['nonsense://x', 'HTTPS://example.com'])('%s is no source', async (url) => {
    const { code, out, err } = await cli('read', url);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`there is no source ${url.split(':')[0]}://`);
  });
});

describe('what read says on the side', () => {
  const broken = `${lines(cloudTrail())}{"eventName":"GetSecretValue","eventTime":"soon","eventSource":"secretsmanager.amazonaws.com"}\n`;

  test('a record that could not be read is never silent', async () => {
    const { code, err } = await runIn({ stdin: broken }, 'read', '-', '--format', 'jsonl');
    expect({ code, err }).toEqual({ code: 0, err: 'secret-events: 1 record could not be read; see --report\n' });
  });

  test('--quiet makes it so', async () => {
    expect(await runIn({ stdin: broken }, 'read', '-', '--format', 'jsonl', '--quiet')).toMatchObject({
      code: 0,
      err: '',
    });
  });

  test('--strict makes it a failure that names the place', async () => {
    const { code, err } = await runIn({ stdin: broken }, 'read', '-', '--format', 'jsonl', '--strict');
    expect(code).toBe(1);
    expect(err).toMatch(/^secret-events: <stdin>:2: .+\n$/);
  });

  test('an empty table says so', async () => {
    expect(await cli('read', 'samples/aws', '--actor', 'nobody')).toEqual({
      code: 0,
      out: '',
      err: 'secret-events: no events among 51 records\n',
    });
  });

  test('nothing to tell: nothing is told', async () => {
    expect((await cli('read', 'samples/aws', '--format', 'csv')).err).toBe('');
  });
});
