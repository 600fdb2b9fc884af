import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { apiReports } from './support/api-report.ts';

// Every change of what the package promises shows here as a diff. One that is meant is written down by
//   npm run build && SECRET_EVENTS_UPDATE_API=1 npx vitest run test/api.test.ts
const ROOT = resolve(import.meta.dirname, '..');
const UPDATE = process.env['SECRET_EVENTS_UPDATE_API'] === '1';
const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string }>;
};
const entries = Object.entries(exports).flatMap(([key, entry]) =>
  typeof entry === 'object' ? [{ name: key === '.' ? 'index' : key.slice(2), file: join(ROOT, entry.types) }] : [],
);
const reports = apiReports(entries.map(({ file }) => file));

test.each(entries.map(({ name }, at) => ({ name, report: reports[at] as string })))(
  'the public surface of $name is the one that was agreed on',
  ({ name, report }) => {
    const file = join(import.meta.dirname, 'api', `${name}.txt`);
    if (UPDATE) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, report);
    }
    expect(report).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `there is no ${file}`);
  },
);
