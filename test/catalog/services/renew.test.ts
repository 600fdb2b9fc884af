import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../../src/catalog/services/renew.mjs');
const DATA = join(import.meta.dirname, '../../../src/catalog/services/data');
const folder = mkdtempSync(join(tmpdir(), 'renew-'));
afterAll(() => rmSync(folder, { recursive: true }));

function renew(models: Readonly<Record<string, unknown>>) {
  const here = mkdtempSync(join(folder, 'models-'));
  for (const [name, model] of Object.entries(models)) {
    mkdirSync(join(here, name, '..'), { recursive: true });
    writeFileSync(join(here, name), JSON.stringify(model));
  }
  return spawnSync(process.execPath, [SCRIPT, here, '--check'], { encoding: 'utf8' });
}

const data = () => readdirSync(DATA).map((name) => readFileSync(join(DATA, name), 'utf8'));

const smithy = (operations: readonly string[]) => ({
  smithy: '2.0',
  shapes: {
    'com.example#Fresh': {
      type: 'service',
      traits: { 'aws.api#service': { sdkId: 'Fresh', cloudTrailEventSource: 'fresh.amazonaws.com' } },
    },
    ...Object.fromEntries(operations.map((name) => [`com.example#${name}`, { type: 'operation' }])),
  },
});

describe('renewing the lists', () => {
  test('says what is new and what went, and with --check writes nothing', () => {
    const before = data();
    const { status, stdout } = renew({ 'fresh.json': smithy(['GetThing']) });
    expect(status).toBe(1);
    expect(stdout).toContain('+ fresh.amazonaws.com GetThing\n');
    expect(stdout).toContain('aws-names.ts: 16641 names, 1 new, 0 gone\n');
    expect(stdout).toContain('448 services are not in ');
    expect(data()).toEqual(before);
  });

  test('names that a model has lost go, and those of records stay', () => {
    const model = smithy(['Decrypt', 'Encrypt']);
    model.shapes['com.example#Fresh'].traits['aws.api#service'] = {
      sdkId: 'KMS',
      cloudTrailEventSource: 'kms.amazonaws.com',
    };
    const { stdout } = renew({ 'kms.json': model });
    expect(stdout).toContain('- kms.amazonaws.com GenerateDataKey\n');
    expect(stdout).not.toContain('kms.amazonaws.com Decrypt\n');
    expect(stdout).not.toContain('- kms.amazonaws.com RotateKey\n');
    expect(stdout).not.toMatch(/^[+-] (?!kms\.)/m);
  });

  test('reads models of botocore, which name no event source', () => {
    const { stdout } = renew({
      'fresh/2026-01-01/service-2.json': { metadata: { serviceId: 'Config Service' }, operations: { PutNews: {} } },
    });
    expect(stdout).toContain('+ config.amazonaws.com PutNews\n');
  });

  test('takes placeholders for no source', () => {
    const model = smithy(['GetThing']);
    model.shapes['com.example#Fresh'].traits['aws.api#service'].cloudTrailEventSource = 'CLOUDTRAIL_EVENT_SOURCE';
    expect(renew({ 'fresh.json': model }).stdout).not.toContain('GetThing');
  });

  test('lets nothing in that is no name', () => {
    const { status, stderr } = renew({ 'fresh.json': smithy(["Get'; evil(); '"]) });
    expect(status).toBe(2);
    expect(stderr).toContain('is no name');
  });

  test('refuses a folder without models, and a folder that is not there', () => {
    expect(renew({}).stderr).toContain('holds no model');
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, '/no/such'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'renew: there is no folder /no/such; give one with models in it\n',
    });
  });
});
