// Ways of reading the same log files, each as a process of its own. By hand: node bench/files.mjs [MB]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { median, row } from './table.mjs';
import { writeTrail } from './trail.mjs';

const VARIANT = new URL('variant.mjs', import.meta.url).pathname;

const run = (way, folder) =>
  JSON.parse(
    execFileSync(process.execPath, [VARIANT, way, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  );

/** Whether a tool is there: tried on a folder with one file. */
function works(way, folder) {
  try {
    return run(way, folder).result >= 0;
  } catch {
    return false;
  }
}

/** The records of a trail, one a line, in one file that is not packed. */
function writeLines(from, to) {
  mkdirSync(to);
  const files = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of files) {
    const { Records } = JSON.parse(gunzipSync(readFileSync(join(entry.parentPath, entry.name))).toString());
    const text = Records.map((record) => `${JSON.stringify(record)}\n`).join('');
    writeFileSync(join(to, 'records.jsonl'), text, { flag: 'a' });
  }
}

/** All ways in turn, round after round, so that a machine that slows down slows all of them. */
function compare(ways, folder, rounds) {
  const runs = Object.fromEntries(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round++) for (const way of ways) runs[way].push(run(way, folder));
  return runs;
}

function expect(runs, counts) {
  for (const [way, list] of Object.entries(runs)) {
    const wrong = list.find(({ result }) => way in counts && result !== counts[way]);
    if (wrong) throw new Error(`${way} found ${wrong.result} of ${counts[way]}`);
  }
}

/** Rows of the table. */
export async function measureFiles(mb, rounds) {
  const root = mkdtempSync(join(tmpdir(), 'secret-events-bench-'));
  try {
    const [big, small, lines, one, long] = ['big', 'small', 'lines', 'one', 'long'].map((name) => join(root, name));
    const wrote = await writeTrail(big, { mb });
    const many = await writeTrail(small, { mb: mb / 3, perFile: 12 });
    await writeTrail(long, { mb: mb * 4 });
    await writeTrail(one, { mb: 1, perFile: 10 });
    writeLines(big, lines);
    console.log(
      `${wrote.files} gz files, ${Math.round(wrote.bytes / 1e6)} MB unpacked, ${wrote.records} records, ${wrote.secrets} of Secrets Manager; ${many.files} small gz files, ${Math.round(many.bytes / 1e6)} MB`,
    );
    const tools = ['jq', 'duckdb'].filter((way) => works(way, one));
    const runs = compare(['gunzip', 'plain', 'secrets', 'all', ...tools], big, rounds);
    const { secrets, records } = wrote;
    expect(runs, { plain: secrets, secrets, all: records, jq: secrets, duckdb: secrets });
    const ofMany = compare(['gunzip', 'plain', 'secrets'], small, rounds);
    expect(ofMany, { plain: many.secrets, secrets: many.secrets });
    const ofLines = compare(['lines', ...(tools.includes('duckdb') ? ['duckdb-lines'] : [])], lines, rounds);
    expect(ofLines, { lines: secrets, 'duckdb-lines': secrets });
    const ofLong = compare(['secrets', 'all'], long, 1);
    console.table(
      Object.fromEntries(
        Object.entries(runs).map(([way, list]) => [
          way,
          {
            'median ms': Math.round(median(list.map(({ ms }) => ms))),
            'median CPU ms': Math.round(median(list.map(({ cpuMs }) => cpuMs))),
            'peak MB': Math.round(median(list.map(({ rssMb }) => rssMb))),
          },
        ]),
      ),
    );
    const speed = (of, way, base) => of[way].map(({ ms }, i) => of[base][i].ms / ms);
    const peak = (of, way) => of[way].map(({ rssMb }) => rssMb);
    return [
      row('scope secrets: speed / gunzip alone', speed(runs, 'secrets', 'gunzip'), { least: 0.6 }),
      row('scope secrets: speed / plain way', speed(runs, 'secrets', 'plain'), { least: 4 }),
      row('scope all: speed / plain way', speed(runs, 'all', 'plain'), { least: 1.3 }),
      row('scope secrets: peak MB', peak(runs, 'secrets'), { most: 200 }),
      row('scope all: peak MB', peak(runs, 'all'), { most: 200 }),
      row('scope secrets, 4 times the files: peak MB', peak(ofLong, 'secrets'), { most: 200 }),
      row('scope all, 4 times the files: peak MB', peak(ofLong, 'all'), { most: 200 }),
      row('many small files, scope secrets: speed / gunzip', speed(ofMany, 'secrets', 'gunzip'), { least: 1.2 }),
      row('many small files, scope secrets: speed / plain way', speed(ofMany, 'secrets', 'plain')),
      ...(tools.includes('jq')
        ? [row('scope secrets: speed / jq -c', speed(runs, 'secrets', 'jq'), { least: 5 })]
        : []),
      ...(tools.includes('duckdb')
        ? [
            row('scope secrets: speed / DuckDB', speed(runs, 'secrets', 'duckdb'), { least: 3 }),
            row('JSON lines, not packed: speed / DuckDB', speed(ofLines, 'lines', 'duckdb-lines'), { least: 1 }),
          ]
        : []),
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) console.table(await measureFiles(Number(process.argv[2] ?? 150), 3));
