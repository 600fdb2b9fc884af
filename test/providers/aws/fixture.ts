import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/model/record.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/aws');

/** A fresh copy of a fixture, so that no test sees what another did to it. */
export function fixture(name: string): JsonObject {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as JsonObject;
}

/** The least that makes a CloudTrail record, with what a case needs beside it. */
export function record(fields: JsonObject = {}): JsonObject {
  return {
    eventTime: '2026-11-20T14:30:00Z',
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'GetSecretValue',
    ...fields,
  };
}

/** A copy without some keys. */
export function without(value: unknown, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value as JsonObject).filter(([key]) => !keys.includes(key)));
}
