// One way of reading a folder of trail files, measured as a whole process. Prints one line of JSON.
// By hand: node bench/variant.mjs gunzip|plain|secrets|all|jq|duckdb|lines|duckdb-lines FOLDER
// jq is looked for on the PATH, DuckDB as the module that DUCKDB names or that is installed.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [, , way, folder] = process.argv;
const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function stream(scope) {
  const { events } = await import('../dist/index.js');
  const { logFiles } = await import('../dist/providers/files/index.js');
  let count = 0;
  for await (const page of events(logFiles(folder), { scope }).pages()) count += page.length;
  return count;
}

const SERVICE = 'secretsmanager.amazonaws.com';

function jq() {
  const filter = `.Records[] | select(.eventSource == "${SERVICE}")`;
  const script = `find "$1" -type f -print0 | xargs -0 gzip -dc | jq -c '${filter}' | wc -l`;
  return Number(execFileSync('sh', ['-c', script, 'sh', folder], { encoding: 'utf8' }));
}

async function duckdb(query) {
  const { DuckDBInstance } = await import(process.env.DUCKDB ?? '@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(query);
  return reader.getRowObjects().length;
}

const WAYS = {
  // The floor: nothing is looked at.
  gunzip: () => files().reduce((sum, file) => sum + gunzipSync(readFileSync(file)).length, 0),
  // What a script does: the whole file at once, then a filter.
  plain: () =>
    files().reduce((sum, file) => {
      const { Records } = JSON.parse(gunzipSync(readFileSync(file)).toString());
      return sum + Records.filter((record) => record.eventSource === SERVICE).length;
    }, 0),
  secrets: () => stream('secrets'),
  lines: () => stream('secrets'),
  jq,
  duckdb: () =>
    duckdb(
      `SELECT r FROM (SELECT unnest(Records) AS r FROM read_json('${folder}/**/*.json.gz', columns = {Records: 'JSON[]'}, maximum_object_size = 67108864)) WHERE r->>'eventSource' = '${SERVICE}'`,
    ),
  'duckdb-lines': () =>
    duckdb(`SELECT json FROM read_ndjson_objects('${folder}/**/*.jsonl') WHERE json->>'eventSource' = '${SERVICE}'`),
  all: () => stream('all'),
};

const began = performance.now();
const result = await WAYS[way]();
const ms = performance.now() - began;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(JSON.stringify({ way, result, ms, cpuMs: (userCPUTime + systemCPUTime) / 1000, rssMb: maxRSS / 1024 }));
