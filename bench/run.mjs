// `npm run bench`: ways of reading the same trail, side by side in one run. What counts are the ratios; the
// milliseconds are this machine's. docs/performance.md says how to read the table.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTrail } from './trail.mjs';

const { values } = parseArgs({
  options: { mb: { type: 'string', default: '150' }, rounds: { type: 'string', default: '5' } },
});
const WAYS = ['gunzip', 'plain', 'secrets', 'all'];

if (!existsSync(new URL('../dist/index.js', import.meta.url))) {
  console.error('there is no dist/ to measure; run `npm run build` first');
  process.exit(1);
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const folder = mkdtempSync(join(tmpdir(), 'secret-events-bench-'));
try {
  const wrote = await writeTrail(folder, { mb: Number(values.mb), gz: true });
  console.log(
    `${wrote.files} gz files, ${(wrote.bytes / 1e6).toFixed(0)} MB uncompressed, ${wrote.records} records, ${wrote.secrets} of Secrets Manager`,
  );
  const runs = Object.fromEntries(WAYS.map((way) => [way, []]));
  const variant = new URL('variant.mjs', import.meta.url).pathname;
  // In turn, round after round, so that a machine that slows down slows all of them.
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const way of WAYS)
      runs[way].push(JSON.parse(execFileSync(process.execPath, [variant, way, folder], { encoding: 'utf8' })));
  }
  const counts = { plain: wrote.secrets, secrets: wrote.secrets, all: wrote.records };
  for (const [way, count] of Object.entries(counts)) {
    if (runs[way].some(({ result }) => result !== count))
      throw new Error(`${way} found ${runs[way][0].result} of ${count}`);
  }
  const ratio = (way, base) => median(runs[way].map((run, i) => runs[base][i].ms / run.ms)).toFixed(2);
  console.table(
    Object.fromEntries(
      WAYS.map((way) => {
        const ms = runs[way].map((run) => run.ms);
        return [
          way,
          {
            'median ms': Math.round(median(ms)),
            'min-max ms': `${Math.round(Math.min(...ms))}-${Math.round(Math.max(...ms))}`,
            'speed / gunzip': ratio(way, 'gunzip'),
            'speed / plain': ratio(way, 'plain'),
            'MB/s': Math.round(wrote.bytes / 1e3 / median(ms)),
            'peak MB': Math.round(median(runs[way].map((run) => run.rssMb))),
          },
        ];
      }),
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
