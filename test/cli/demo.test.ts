import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cli, runIn } from './world.ts';

// The day after the samples, so that the week that ends now is theirs.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 16, 12) }));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

describe('the demo', () => {
  test('prints the week and the report, to the letter', async () => {
    const { code, out, err } = await cli('demo');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    await expect(out).toMatchFileSnapshot('./demo.txt');
  });

  test('tells the story that the samples promise', async () => {
    const { out } = await cli('demo');
    const day = (date: string) =>
      out
        .split('\n')
        .filter((line) => line.startsWith(`11-${date} `))
        .join('\n');
    expect(day('10')).toMatch(/RotationFailed +failure[\s\S]+RotationSucceeded +success/);
    expect(day('11').match(/DENIED/g)).toHaveLength(6);
    expect(day('12')).toMatch(/ibm +secret\.delete +failure[\s\S]+DeleteSecret +success/);
    expect(day('13')).toMatch(
      /(?:[^\n]*GetSecretValue +failure[^\n]+\n){3}[^\n]+RestoreSecret +success[\s\S]+CancelSec[\s\S]+GetSecretValue +success/,
    );
    expect(day('14')).toMatch(/ibm +data\.orders\.db +success[\s\S]+ibm +data\.orders\.db +DENIED/);
  });

  test('tells it of the week that ends now, whenever that is', async () => {
    const { out } = await cli('demo');
    vi.setSystemTime(Date.UTC(2027, 2, 2, 0, 59, 59));
    const later = await cli('demo');
    const moved = out.replace(
      /^11-(\d\d) /gm,
      (_, day) => `${['02-22', '02-23', '02-24', '02-25', '02-26', '02-27', '02-28'][Number(day) - 9]} `,
    );
    expect(tableIn(later.out)).toEqual(tableIn(moved));
    expect(later.out).toContain('window: 2027-02-22T00:00:00Z up to 2027-03-01T00:00:00Z');
    expect(later.out).toContain('complete: yes');
  });

  test('asks nobody else, wherever the environment leads', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    for (const name of ['AWS_ENDPOINT_URL', 'LOGS_URL', 'LOGS_AUTH_URL', 'HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY'])
      vi.stubEnv(name, url);
    vi.stubEnv('AWS_PROFILE', 'production');
    vi.stubEnv('LOGS_APIKEY', 'a-real-key');
    const { code, out } = await cli('demo');
    elsewhere.close();
    expect({ code, asked }).toEqual({ code: 0, asked: [] });
    expect(tableIn(out)).toHaveLength(71);
  });

  test('asks questions that the samples answer', async () => {
    const { out } = await cli('demo');
    const questions = [...out.matchAll(/^ {2}secret-events (.+)$/gm)].map(([, words = '']) => words);
    expect(questions).toHaveLength(4);
    for (const question of questions) {
      const argv = [...question.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      const answer = await cli(...argv);
      expect(answer.code).toBe(0);
      expect(answer.out.split('\n').length).toBeGreaterThan(2);
    }
  });

  test('fits a terminal', async () => {
    const { out } = await runIn({ columns: 80 }, 'demo', '--no-color');
    const table = tableIn(out);
    expect(table).toHaveLength(71);
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

function tableIn(out: string): readonly string[] {
  return out.split('\n').filter((line) => /^(?:TIME|\d\d-\d\d )/.test(line));
}

describe('the samples', () => {
  test('say of themselves that they are fiction', () => {
    expect(readFileSync('samples/README.md', 'utf8')).toContain('All of it is fiction');
  });

  test('use addresses and accounts of documentation only', async () => {
    const { out } = await cli('read', 'samples/aws', 'samples/ibm', '--scope', 'all', '--format', 'raw', '--quiet');
    const addresses = new Set(out.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g));
    expect([...addresses].filter((address) => !/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./.test(address))).toEqual([]);
    expect(addresses.size).toBeGreaterThan(5);
    expect([...new Set(out.match(/(?<![\w.-])\d{12}(?![\w.-])/g))].toSorted()).toEqual([
      '111122223333',
      '444455556666',
    ]);
    expect([...new Set(out.match(/[\w.]+@[\w.-]+/g))]).toEqual(['analyst@example.com']);
    expect(out.match(/"accessKeyId":"(?!\w+EXAMPLE")/g)).toBeNull();
  });
});
