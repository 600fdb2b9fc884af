import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cli, runIn } from './world.ts';

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
    const table = out.split('\n').filter((line) => /^(?:TIME|\d\d-\d\d )/.test(line));
    expect(table).toHaveLength(72);
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

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
