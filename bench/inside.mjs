// What single steps cost, without disk or network. By hand: node bench/inside.mjs
import { toOcsf } from '../dist/formats/index.js';
import { events, matches } from '../dist/index.js';
import { decodeCloudTrail } from '../dist/providers/aws/index.js';
import { sampleCloudTrailRecords } from '../dist/testing/index.js';
import { row } from './table.mjs';

const SOURCES = 16;
const EACH = 100_000;
const PAGE = 500;
const FILTER = {
  provider: 'aws',
  action: ['secret.read', 'secret.delete'],
  outcome: 'success',
  'actor.type': { exists: true },
  'secret.id': { contains: 'prod' },
};

const microseconds = (start) => Number(process.hrtime.bigint() - start) / 1e3;

/** A source that makes its events from one, so that memory holds a page of each. */
function source(index, event) {
  const newest = Date.UTC(2026, 10, 20) + index;
  return {
    name: `source-${index}`,
    order: 'newest-first',
    codeOf: () => 'unknown',
    async *read() {
      for (let at = 0; at < EACH; at += PAGE) {
        yield Array.from({ length: PAGE }, (_, i) => ({
          ...event,
          id: `${index}-${at + i}`,
          time: new Date(newest - (at + i) * 1000),
        }));
      }
    },
  };
}

async function drain(sources) {
  let count = 0;
  const start = process.hrtime.bigint();
  for await (const page of events(sources, { to: new Date(Date.UTC(2026, 10, 21)) }).pages()) count += page.length;
  if (count !== sources.length * EACH) throw new Error(`${count} events of ${sources.length * EACH}`);
  return microseconds(start);
}

/** Rows of the table. */
export async function measureInside(rounds) {
  const decoded = sampleCloudTrailRecords({ count: 4000, to: Date.UTC(2026, 10, 20) }).map((one) =>
    decodeCloudTrail(one),
  );
  const own = decoded.find(({ service }) => service === 'secretsmanager.amazonaws.com');
  const merge = [];
  const filter = [];
  const ocsf = [];
  let kept = 0;
  for (let round = -1; round < rounds; round++) {
    const sources = Array.from({ length: SOURCES }, (_, i) => source(i, own));
    let apart = 0;
    for (const one of sources) apart += await drain([one]);
    const merged = (await drain(sources)) - apart;
    let start = process.hrtime.bigint();
    for (let i = 0; i < 50; i++) for (const event of decoded) if (matches(FILTER, event)) kept++;
    const matched = microseconds(start);
    start = process.hrtime.bigint();
    for (let i = 0; i < 5; i++) for (const event of decoded) kept += toOcsf(event) === undefined ? 0 : 1;
    const mapped = microseconds(start);
    // The first round is for the compiler.
    if (round < 0) continue;
    merge.push(merged / (SOURCES * EACH));
    filter.push((matched * 1e3) / (50 * decoded.length));
    ocsf.push(mapped / (5 * decoded.length));
  }
  if (kept === 0) throw new Error('nothing was matched or mapped');
  return [
    row('merge of 16 sources: µs an event more than one by one', merge, { most: 0.5 }),
    row('matches, five conditions: ns', filter, { most: 150 }),
    row('toOcsf: µs', ocsf, { most: 3 }),
  ];
}

if (process.argv[1] === import.meta.filename) console.table(await measureInside(5));
