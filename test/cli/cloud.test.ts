import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DENIED, GROUP, hoursAgo, NOW, withAwsServer } from './aws-world.ts';
import { lines } from './records.ts';
import { cli, type Outcome } from './world.ts';

const server = withAwsServer();
// The tests share the two requests a second of one account; each comes when the one before it is past.
let turn = 0;
beforeEach(() => void vi.setSystemTime(NOW + 3000 * turn++));
const NOT_FINAL = /^secret-events: the result may be incomplete: CloudTrail delivers minutes late.*\n$/;
const DEFAULTED = 'secret-events: no --since: the last 24 hours of every source; --since 7d reads more\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
  const file = lines(hoursAgo(6, DENIED), hoursAgo(50, DENIED)).replaceAll('"id-', '"file-');
  writeFileSync(join(folder, 'trail.jsonl'), file);
});
afterAll(() => rmSync(folder, { recursive: true }));

function idsIn({ out }: Outcome): string[] {
  const events = out.split('\n').filter((line) => line !== '');
  return events.map((line) => (JSON.parse(line) as { id: string }).id);
}

const DENIED_READS = ['--action', 'secret.read', '--denied', '--format', 'jsonl'] as const;

describe('read from a cloud', () => {
  test.each([
    ['cloudtrail://us-east-1', 'LookupEvents'],
    ['CloudTrail://us-east-1/', 'LookupEvents'],
    [`cloudwatch-logs://us-east-1/${GROUP}`, 'FilterLogEvents'],
    [`logs-insights://us-east-1/${GROUP}`, 'StartQuery'],
  ])('%s', async (source, operation) => {
    const outcome = await cli('read', source, '--since', '24h', ...DENIED_READS);
    expect(outcome.code).toBe(0);
    expect(idsIn(outcome)).toEqual(['id-5']);
    expect(outcome.err).toMatch(NOT_FINAL);
    expect(server().requests[0]).toMatchObject({ operation, region: 'us-east-1', status: 200 });
  });

  test('a log group whose name begins with a slash', async () => {
    server().addMessages('/aws/trail', [{ message: JSON.stringify(hoursAgo(2)), timestamp: Date.now() - 7_200_000 }]);
    const outcome = await cli('read', 'cloudwatch-logs://eu-west-1//aws/trail', '--since', '24h', '--format', 'jsonl');
    expect(idsIn(outcome)).toEqual(['id-2']);
    expect(server().requests[0]).toMatchObject({ region: 'eu-west-1', input: { logGroupName: '/aws/trail' } });
  });

  test('several and files at once are one stream without copies', async () => {
    const sources = ['cloudtrail://us-east-1', `cloudwatch-logs://us-east-1/${GROUP}`, folder];
    const outcome = await cli('read', ...sources, '--since', '7d', ...DENIED_READS);
    expect(outcome.code).toBe(0);
    expect(idsIn(outcome)).toEqual(['id-5', 'file-0', 'id-30', 'file-1']);
  });

  test('a window that has settled leaves nothing to say', async () => {
    const outcome = await cli('read', 'cloudtrail://us-east-1', '--since', '2d', '--until', '4h', ...DENIED_READS);
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(idsIn(outcome)).toEqual(['id-5', 'id-30']);
  });

  test('--strict fails when events may be missing', async () => {
    expect((await cli('read', 'cloudtrail://us-east-1', '--since', '2h', '--strict', '--quiet')).code).toBe(1);
    const settled = ['--since', '2d', '--until', '4h', '--format', 'csv'];
    expect((await cli('read', 'cloudtrail://us-east-1', ...settled, '--strict', '--quiet')).code).toBe(0);
  });
});

describe('without --since', () => {
  test('a cloud is asked for 24 hours, and so are files beside it', async () => {
    const outcome = await cli('read', 'cloudtrail://us-east-1', folder, ...DENIED_READS);
    expect(idsIn(outcome)).toEqual(['id-5', 'file-0']);
    expect(outcome.err.startsWith(DEFAULTED)).toBe(true);
    expect(outcome.err.slice(DEFAULTED.length)).toMatch(NOT_FINAL);
  });

  test('files alone are read to their beginning', async () => {
    const outcome = await cli('read', folder, ...DENIED_READS);
    expect(idsIn(outcome)).toEqual(['file-0', 'file-1']);
    expect(outcome.err).toBe('');
  });

  test('--until moves the 24 hours back', async () => {
    const outcome = await cli('read', 'cloudtrail://us-east-1', '--until', '20h', ...DENIED_READS);
    expect(idsIn(outcome)).toEqual(['id-30']);
    expect(outcome.err).toContain('the 24 hours before --until');
  });

  test('--quiet keeps it to itself', async () => {
    expect((await cli('read', 'cloudtrail://us-east-1', '--quiet', '--format', 'csv')).err).toBe('');
  });
});

describe('when a cloud says no, the run ends with 1 and says what helps', () => {
  test.each([
    [{ kind: 'access-denied' }, '(permission-denied, AccessDeniedException); the caller needs cloudtrail:LookupEvents'],
    [{ kind: 'expired-token' }, '(unauthenticated, ExpiredTokenException); log in again, or give credentials'],
    // The command line is right, whatever the cloud calls the request.
    [{ kind: 'error', code: 'InvalidTimeRangeException', message: 'No.' }, ': No (invalid-argument, InvalidTimeRange'],
  ] as const)('%j', async (fault, says) => {
    server().fault(fault);
    const { code, out, err } = await cli('read', 'cloudtrail://us-east-1', '--since', '24h');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^secret-events: aws\.cloudtrail-lookup\/us-east-1: .+\n$/);
    expect(err).toContain(says);
  });

  test.each([
    ['cloudwatch-logs', 'logs:FilterLogEvents on the log group'],
    ['logs-insights', 'logs:StartQuery on the log group'],
  ])('%s names its own permission', async (scheme, permission) => {
    server().fault({ kind: 'access-denied' });
    const { code, err } = await cli('read', `${scheme}://us-east-1/${GROUP}`, '--since', '24h');
    expect(code).toBe(1);
    expect(err).toContain(`the caller needs ${permission}`);
  });

  test('a log group that is not there', async () => {
    const { code, err } = await cli('read', 'cloudwatch-logs://us-east-1/aws/trail', '--since', '24h');
    expect(code).toBe(1);
    expect(err).toContain('(not-found, ResourceNotFoundException)');
    expect(err).toContain('cloudwatch-logs://us-east-1//aws/trail');
  });

  test('no credentials at all', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(folder, 'none'));
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const { code, err } = await cli('read', 'cloudtrail://us-east-1', '--since', '24h');
    expect(code).toBe(1);
    expect(err).toContain('(unauthenticated, CredentialsProviderError); log in again');
    expect(server().requests).toEqual([]);
  });
});
