// `node bench/formats.mjs`: what each mapper costs an event, in microseconds, over samples of both clouds. The fastest of
// many rounds that take turns: whatever else a machine does only adds to it. JSON.stringify stands beside them, since
// whoever maps mostly writes text next.
import { existsSync, readFileSync } from 'node:fs';

if (!existsSync(new URL('../dist/formats/index.js', import.meta.url))) {
  console.error('there is no dist/ to measure; run `npm run build` first');
  process.exit(1);
}
const { toCloudEvent, toCsv, toCsvRow, toEcs, toOcsf } = await import('../dist/formats/index.js');
const { decodeCloudTrail } = await import('../dist/providers/aws/index.js');
const { decodeActivityEvent } = await import('../dist/providers/ibm/index.js');
const { sampleCloudTrailRecords } = await import('../dist/testing/index.js');

const ROUNDS = 40;
const EVENTS = 4000;

const read = (name) => JSON.parse(readFileSync(new URL(`../test/fixtures/${name}.json`, import.meta.url), 'utf8'));
const repeated = (records) => Array.from({ length: EVENTS }, (_, i) => records[i % records.length]);
const inputs = {
  'aws, samples': sampleCloudTrailRecords({ count: EVENTS, to: Date.UTC(2026, 10, 20) }).map((record) =>
    decodeCloudTrail(record),
  ),
  'aws, every field': repeated([decodeCloudTrail(read('aws/full-record'))]),
  ibm: repeated(
    ['secret-read', 'secret-read-denied', 'secrets-list', 'vault-read'].map((name) =>
      decodeActivityEvent(read(`ibm/${name}`)),
    ),
  ),
};
const ways = {
  'toOcsf 1.8.0': toOcsf,
  'toOcsf 1.5.0': (event) => toOcsf(event, { version: '1.5.0' }),
  toEcs: (event) => toEcs(event),
  toCloudEvent: (event) => toCloudEvent(event),
  toCsvRow,
  'toCsv (text)': (event) => toCsv([event], { header: false }),
  'JSON.stringify(event)': (event) => JSON.stringify(event),
  'JSON.stringify(toOcsf(event))': (event) => JSON.stringify(toOcsf(event)),
};

const table = {};
// Something must be done with the results, or nothing has to be computed.
let kept = 0;
for (const [input, events] of Object.entries(inputs)) {
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [way, map] of Object.entries(ways)) {
      const start = process.hrtime.bigint();
      for (const event of events) kept += map(event) === undefined ? 0 : 1;
      times[way].push(Number(process.hrtime.bigint() - start) / 1e3 / events.length);
    }
  }
  for (const way of Object.keys(ways)) {
    table[way] ??= {};
    table[way][input] = Math.min(...times[way]).toFixed(2);
  }
}
console.table(table);
console.log(`microseconds an event, the fastest of ${ROUNDS} rounds of ${EVENTS} events; ${kept} results`);
