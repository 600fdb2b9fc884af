import { describe, expect, test } from 'vitest';
import { cli, runIn } from './world.ts';

const names = (out: string) => out.trimEnd().split('\n');

describe('catalog beyond the secrets managers', () => {
  test('--service lists one service, and a text narrows it', async () => {
    const { code, out } = await cli('catalog', '--service', 'kms.amazonaws.com', '--format', 'names');
    expect(code).toBe(0);
    expect(names(out)).toEqual(expect.arrayContaining(['Decrypt', 'GenerateDataKey', 'RotateKey']));
    const narrowed = await cli('catalog', 'decrypt', '--service', 'kms.amazonaws.com', '--format', 'names');
    expect(narrowed.out).toBe('Decrypt\n');
  });

  test("--service with a secrets manager's own is the catalog itself", async () => {
    const { out } = await cli('catalog', '--service', 'secrets-manager', '--format', 'jsonl');
    expect(names(out).every((line) => JSON.parse(line).action !== undefined)).toBe(true);
  });

  test('--everywhere finds a name in any service', async () => {
    const { out } = await cli('catalog', 'ConsoleLogin', '--everywhere', '--format', 'json');
    expect(JSON.parse(out)[0]).toMatchObject({
      name: 'ConsoleLogin',
      service: 'signin.amazonaws.com',
      basis: 'record',
    });
  });

  test('as a table and as CSV, what is not known is left empty', async () => {
    const table = await runIn({ columns: 120 }, 'catalog', 'unwrap', '--service', 'kms', '--no-color');
    expect(table.out).toMatch(/^kms\.secrets\.unwrap +ibm +page +current +kms$/m);
    const { out } = await cli('catalog', 'unwrap', '--service', 'kms', '--format', 'csv');
    expect(names(out)[0]).toMatch(/,note,source,product,basis$/);
    expect(names(out)[1]).toMatch(/^kms\.secrets\.unwrap,ibm,kms,,,current,.*,kms,page$/);
  });

  test('a service that is mistyped is told', async () => {
    const { code, out, err } = await cli('catalog', '--service', 'kms.amazonaw.com', '--format', 'names');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('did you mean kms.amazonaws.com?');
  });
});

describe('catalog --services', () => {
  test('lists the services of both clouds, those without a source too', async () => {
    const { code, out } = await cli('catalog', '--services', '--format', 'json');
    const found = JSON.parse(out) as { service?: string; provider: string; basis: string; note?: string }[];
    expect(code).toBe(0);
    expect(found.filter(({ provider }) => provider === 'ibm')).toHaveLength(95);
    expect(found.find(({ service }) => service === 'config.amazonaws.com')).toMatchObject({
      basis: 'correction',
      note: expect.stringContaining('PutDeliveryChannel'),
    });
    expect(found.filter(({ basis }) => basis === 'unknown').length).toBeGreaterThan(50);
  });

  test.each(['table', 'jsonl', 'csv', 'names'])('as %s, a text and a provider narrow it', async (format) => {
    const { out } = await cli('catalog', 'kms', '--services', '--provider', 'aws', '--format', format);
    expect(out).toContain('kms.amazonaws.com');
    expect(out).not.toContain('iam.amazonaws.com');
    expect(out).not.toMatch(/key-protect/);
  });

  test('ends with 1 where there is none', async () => {
    const { code, err } = await cli('catalog', 'xyzzy', '--services', '--format', 'names');
    expect({ code, err }).toEqual({ code: 1, err: 'secret-events: no list has a service like "xyzzy"\n' });
  });
});

describe('--service and --name with --scope all', () => {
  const query = (...words: string[]) => cli('query', 'lookup-attribute', '--scope', 'all', ...words);

  test('what is in the lists is taken without a word', async () => {
    const { code, err } = await query('--service', 'kms.amazonaws.com', '--name', 'Decrypt');
    expect(code).toBe(0);
    expect(err).not.toContain('no list');
  });

  test.each([
    [['--service', 'kms.amazonaw.com'], '--service: no list has "kms.amazonaw.com"; did you mean kms.amazonaws.com?'],
    [['--service', 'sts'], '--service: no list has "sts"; did you mean sts.amazonaws.com?'],
    [['--service', 'kms.amazonaws.com', '--name', 'Decypt'], '"Decypt" for kms.amazonaws.com; did you mean Decrypt?'],
    [['--service', 'iam-identity', '--name', 'xyzzy'], '"xyzzy" for iam-identity; see: catalog --service iam-identity'],
  ])('%j is taken as it is, and commented on', async (words, advice) => {
    const { code, err } = await query(...words);
    expect(code).toBe(0);
    expect(err).toContain(advice);
  });

  test('a service that resembles none, and a name alone, are nobody else’s', async () => {
    expect((await query('--service', 'brand-new-thing.amazonaws.com')).err).not.toContain('no list');
    expect((await query('--name', 'Decypt')).err).not.toContain('no list');
  });
});

describe('--related', () => {
  const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:legacy/reports/ftp-W8jUoG';

  test('reads what has to do with one secret, keys included', async () => {
    const { code, out } = await cli('read', 'samples/aws', '--scope', 'all', '--related', ARN, '--format', 'jsonl');
    const events = names(out).map((line) => JSON.parse(line) as { secret?: { name?: string } });
    expect(code).toBe(0);
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map(({ secret }) => secret?.name))).toEqual(new Set(['legacy/reports/ftp']));
  });

  test('needs --scope all, and a secret', async () => {
    expect(await cli('read', 'samples/aws', '--related', ARN)).toMatchObject({
      code: 2,
      err: expect.stringContaining('add --scope all'),
    });
    expect(await cli('read', 'samples/aws', '--scope', 'all', '--related', 'prod/db')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"prod/db" is neither the ARN of a secret'),
    });
  });
});
