// One way of reading a folder of trail files, measured as a whole process. Prints one line of JSON.
// By hand: node bench/variant.mjs gunzip|plain|secrets|all FOLDER
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

const WAYS = {
  // The floor: nothing is looked at.
  gunzip: () => files().reduce((sum, file) => sum + gunzipSync(readFileSync(file)).length, 0),
  // What a script does: the whole file at once, then a filter.
  plain: () =>
    files().reduce((sum, file) => {
      const { Records } = JSON.parse(gunzipSync(readFileSync(file)).toString());
      return sum + Records.filter((record) => record.eventSource === 'secretsmanager.amazonaws.com').length;
    }, 0),
  secrets: () => stream('secrets'),
  all: () => stream('all'),
};

const began = performance.now();
const result = await WAYS[way]();
const ms = performance.now() - began;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(JSON.stringify({ way, result, ms, cpuMs: (userCPUTime + systemCPUTime) / 1000, rssMb: maxRSS / 1024 }));
