import { describe, expect, test } from 'vitest';
import { toCloudEvent, toEcs, toOcsf } from '../../src/formats/index.ts';
import { decodeCloudTrail } from '../../src/providers/aws/index.ts';
import { cloudTrail, lines, named } from './records.ts';
import { cli, runIn } from './world.ts';

const SAMPLES = ['samples/aws', 'samples/ibm'];
const linesOf = (out: string) => out.trimEnd().split('\n');

describe('convert', () => {
  test.each(['ocsf', 'ecs', 'cloudevents', 'csv', 'jsonl'])('--to %s is read --format', async (format) => {
    const converted = await cli('convert', ...SAMPLES, '--to', format, '--denied', '--quiet');
    expect(converted).toEqual(await cli('read', ...SAMPLES, '--format', format, '--denied', '--quiet'));
    expect(converted.code).toBe(0);
    expect(linesOf(converted.out).length).toBeGreaterThan(2);
  });

  test('takes the options of read, but no format', async () => {
    const { out } = await cli('convert', '--help');
    for (const option of ['--since', '--where', '--limit', '--report', '--strict', '--ocsf-version']) {
      expect(out).toContain(option);
    }
    expect(out).not.toContain('--format <');
  });

  test('needs to know what to write', async () => {
    expect(await cli('convert', 'samples/aws')).toMatchObject({ code: 2, out: '' });
    const { code, err } = await cli('convert', 'samples/aws', '--to', 'oscf');
    expect({ code, err }).toEqual({ code: 2, err: 'secret-events: --to: there is no "oscf"; did you mean ocsf?\n' });
    expect((await cli('convert', 'samples/aws', '--to', 'table')).code).toBe(2);
  });
});

describe('mapped formats', () => {
  const record = cloudTrail({ eventID: 'id-0' });
  const stdin = `${JSON.stringify(record)}\n`;
  const event = decodeCloudTrail(record, 'files');
  const read = async (...argv: readonly string[]) => {
    const { out } = await runIn({ stdin }, 'read', '-', ...argv);
    return JSON.parse(out) as Record<string, unknown>;
  };

  test('are what the library makes of an event', async () => {
    expect(await read('--format', 'ocsf')).toEqual(toOcsf(event));
    expect(await read('--format', 'ecs')).toEqual(toEcs(event));
    expect(await read('--format', 'cloudevents')).toEqual(toCloudEvent(event));
  });

  test('carry the record with --raw', async () => {
    expect(await read('--format', 'ocsf', '--raw')).toEqual(toOcsf(event, { raw: true }));
    expect(await read('--format', 'ecs', '--raw')).toEqual(toEcs(event, { raw: true }));
    expect(await read('--format', 'cloudevents', '--raw')).toEqual(
      JSON.parse(JSON.stringify(toCloudEvent(event, { raw: true }))),
    );
  });

  test('speak the version of OCSF that is asked for', async () => {
    expect(await read('--format', 'ocsf', '--ocsf-version', '1.5.0')).toEqual(toOcsf(event, { version: '1.5.0' }));
    const { code, err } = await cli('read', 'samples/aws', '--format', 'ocsf', '--ocsf-version', '1.2.3');
    expect({ code, err }).toEqual({
      code: 2,
      err: 'secret-events: --ocsf-version: there is no "1.2.3"; it takes 1.8.0, 1.5.0\n',
    });
  });

  test('send no control character and lose none', async () => {
    const name = '\x1b[2J\x7f\u202e\u2028"\\\n';
    const hostile = lines(cloudTrail({ userIdentity: named(name) }));
    for (const format of ['ocsf', 'ecs', 'cloudevents']) {
      const { out } = await runIn({ stdin: hostile }, 'read', '-', '--format', format, '--raw');
      expect(out).toMatch(/^[ -~]+\n$/);
      expect(JSON.stringify(JSON.parse(out))).toContain(JSON.stringify(name));
    }
  });

  test('write nothing for nothing', async () => {
    for (const format of ['ocsf', 'ecs', 'cloudevents']) {
      const outcome = await cli('read', 'samples/aws', '--format', format, '--actor', 'nobody');
      expect(outcome).toEqual({ code: 0, out: '', err: '' });
    }
  });
});
