/** Reads a fixture of this provider, fresh each time so that a test may change it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// biome-ignore lint/suspicious/noExplicitAny: fixtures are read and changed by tests, as records of unknown shape.
export type Fixture = any;

const FOLDER = join(import.meta.dirname, '../../fixtures/ibm');

export function fixture(name: string): Fixture {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}
