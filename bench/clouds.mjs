// What reading an API costs, beside the vendor's client with JSON.parse: CPU of the reading process alone. By hand:
// node bench/clouds.mjs
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  sampleActivityEvents,
  sampleCloudTrailRecords,
  startAwsServer,
  startIbmServer,
} from '../dist/testing/index.js';
import { row } from './table.mjs';

const COUNT = 10_000;
const run = promisify(execFile);

/** Rows of the table. */
export async function measureClouds(rounds) {
  const to = Math.floor(Date.now() / 1000) * 1000 - 7_200_000;
  const records = sampleCloudTrailRecords({ count: COUNT, to });
  const aws = await startAwsServer({ records, logGroups: { trail: { trail: true } }, quotas: false });
  const ibm = await startIbmServer({ records: sampleActivityEvents({ count: COUNT, to }), quotas: false });
  try {
    const client = new URL('client.mjs', import.meta.url).pathname;
    const one = async (way, url) => {
      const { stdout } = await run(process.execPath, [client, way, url, String(to), ibm.env.LOGS_APIKEY]);
      const { result, cpuMs } = JSON.parse(stdout);
      if (result !== COUNT) throw new Error(`${way}: ${result} events of ${COUNT}`);
      return cpuMs / result;
    };
    const rows = [];
    for (const [name, api, url, target] of [
      ['LookupEvents', 'lookup', aws.url, 1.25],
      ['FilterLogEvents', 'logs', aws.url, 1.3],
      ['Cloud Logs query', 'cloud logs', ibm.url, 1.3],
    ]) {
      const ratios = [];
      for (let round = 0; round < rounds; round++)
        ratios.push((await one(`${api} ours`, url)) / (await one(`${api} bare`, url)));
      rows.push(row(`${name}: CPU an event / bare client`, ratios, { most: target }));
    }
    return rows;
  } finally {
    await Promise.all([aws.stop(), ibm.stop()]);
  }
}

if (process.argv[1] === import.meta.filename) console.table(await measureClouds(3));
