// What reading an API costs, beside the vendor's client with JSON.parse: CPU of the reading process alone, requests, and
// time where the service answers slowly. By hand: node bench/clouds.mjs
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  sampleActivityEvents,
  sampleCloudTrailRecords,
  startAwsServer,
  startIbmServer,
} from '../dist/testing/index.js';
import { fastClock } from './fast-clock.mjs';
import { row } from './table.mjs';

const COUNT = 10_000;
/** Events a page of LookupEvents, and its requests a second. */
const PAGE = 50;
const PER_SECOND = 2;
const SLOW = 2000;
/** How many times as fast as on the wall time runs where it is measured. */
const FACTOR = 5;
const run = promisify(execFile);

/** Rows of the table. */
export async function measureClouds(rounds) {
  const to = Math.floor(Date.now() / 1000) * 1000 - 7_200_000;
  return [...(await measureCpu(rounds, to)), ...(await measureSlow(rounds, to))];
}

async function measureCpu(rounds, to) {
  const records = sampleCloudTrailRecords({ count: COUNT, to });
  // The log group of a trail holds the records of the account.
  const aws = await startAwsServer({ records, logGroups: { trail: { trail: true } }, quotas: false });
  const ibm = await startIbmServer({ records: sampleActivityEvents({ count: COUNT, to }), quotas: false });
  try {
    const rows = [];
    for (const [name, api, server, target] of [
      ['LookupEvents', 'lookup', aws, 1.25],
      ['FilterLogEvents', 'logs', aws, 1.3],
      ['Cloud Logs query', 'cloud logs', ibm, 1.3],
    ]) {
      const first = [];
      const again = [];
      const requests = [];
      const one = (way) => read(`${api} ${way}`, server.url, to, { TWICE: '1' }, ibm.env.LOGS_APIKEY);
      for (let round = 0; round < rounds; round++) {
        const before = server.requests.length;
        const ours = await one('ours');
        const between = server.requests.length;
        const bare = await one('bare');
        requests.push((between - before) / (server.requests.length - between));
        first.push(ours[0].cpuMs / bare[0].cpuMs);
        again.push(ours[1].cpuMs / bare[1].cpuMs);
      }
      rows.push(row(`${name}: CPU an event / bare client`, first, { most: target }));
      rows.push(row(`${name}: the same, a second time`, again, { most: target }));
      rows.push(row(`${name}: requests / bare client`, requests, { most: 1 }));
    }
    return rows;
  } finally {
    await Promise.all([aws.stop(), ibm.stop()]);
  }
}

/** Event history that takes two seconds for an answer, under its own quota, in time that runs faster. */
async function measureSlow(rounds, to) {
  const records = sampleCloudTrailRecords({ count: COUNT, to });
  const aws = await startAwsServer({ records, latencyMs: SLOW, clock: fastClock(FACTOR) });
  const least = COUNT / PAGE;
  const bound = (least / PER_SECOND) * 1000;
  const ours = [];
  const requests = [];
  const bare = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const before = aws.requests.length;
      const [reading] = await read('slow lookup ours', aws.url, to, { FACTOR: String(FACTOR) });
      ours.push((reading.wallMs * FACTOR) / bound);
      requests.push((aws.requests.length - before) / least);
    }
    // One page after the other, so one round tells.
    const [reading] = await read('lookup bare', aws.url, to);
    bare.push((reading.wallMs * FACTOR) / bound);
    return [
      row('LookupEvents, 2 s an answer: time / bound of the quota', ours, { most: 1.2 }),
      row("LookupEvents, 2 s an answer: SDK's paginator / bound of the quota", bare),
      row('LookupEvents, 2 s an answer: requests / the fewest', requests),
    ];
  } finally {
    await aws.stop();
  }
}

async function read(way, url, to, env = {}, apikey = '') {
  const client = new URL('client.mjs', import.meta.url).pathname;
  const options = { env: { ...process.env, ...env } };
  const { stdout } = await run(process.execPath, [client, way, url, String(to), apikey], options);
  const readings = JSON.parse(stdout);
  for (const { result } of readings) if (result !== COUNT) throw new Error(`${way}: ${result} events of ${COUNT}`);
  return readings;
}

if (process.argv[1] === import.meta.filename) console.table(await measureClouds(3));
