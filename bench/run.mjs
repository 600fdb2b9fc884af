// `npm run bench`: everything that has a target, beside what it is compared with, as one table of ratios. What counts are
// the ratios; milliseconds and CPU are this machine's. docs/performance.md says how to read it.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { mb: { type: 'string', default: '150' }, rounds: { type: 'string', default: '5' } },
});
if (!existsSync(new URL('../dist/index.js', import.meta.url))) {
  console.error('there is no dist/ to measure; run `npm run build` first');
  process.exit(1);
}
// They import what was built.
const { measureFiles } = await import('./files.mjs');
const { measureClouds } = await import('./clouds.mjs');
const { measureInside } = await import('./inside.mjs');
const { measureSizes, measureStart } = await import('./start.mjs');

const rounds = Number(values.rounds);
const rows = [
  ...(await measureFiles(Number(values.mb), rounds)),
  ...(await measureClouds(rounds)),
  ...(await measureInside(rounds)),
  ...measureStart(rounds),
  ...(await measureSizes()),
];
console.table(Object.fromEntries(rows.map(({ what, ...rest }) => [what, rest])));
