// One way of reading from a cloud's API, measured as the CPU that it costs this process. Prints one line of JSON.
// Started by clouds.mjs, which runs the server. Modules are loaded before the measuring begins, the vendor's as well:
// on both sides what is counted is asking, signing in, and what is done with the answers.
import { fastClock } from './fast-clock.mjs';

const [, , way, url, to, apikey] = process.argv;
const end = new Date(Number(to));
const start = new Date(end.getTime() - 86_400_000);
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
const region = 'us-east-1';

async function drain(pages, count) {
  let total = 0;
  for await (const page of pages) total += count(page);
  return total;
}

async function ours(source, order = 'newest-first') {
  const { events } = await import('../dist/index.js');
  const stream = events(source, { from: start, to: end, scope: 'all', order });
  return () => drain(stream.pages(), (page) => page.length);
}

const { virtualClock } = await import('../dist/testing/index.js');
// The quota of two requests a second is kept on a clock that jumps.
const clock = virtualClock(end.getTime());

const FACTOR = Number(process.env.FACTOR ?? 1);

async function loginAt() {
  const { IamAuthenticator } = await import('ibm-cloud-sdk-core');
  return new IamAuthenticator({ apikey, url, proxy: false });
}

const WAYS = {
  async 'lookup bare'() {
    const { CloudTrailClient, paginateLookupEvents } = await import('@aws-sdk/client-cloudtrail');
    const client = new CloudTrailClient({ region, endpoint: url, credentials });
    const pages = paginateLookupEvents({ client }, { StartTime: start, EndTime: end });
    return () => drain(pages, ({ Events = [] }) => Events.map((event) => JSON.parse(event.CloudTrailEvent)).length);
  },
  async 'lookup ours'() {
    await import('@aws-sdk/client-cloudtrail');
    const { cloudTrailLookup } = await import('../dist/providers/aws/index.js');
    return ours(cloudTrailLookup({ region, endpoint: url, credentials, pace: { clock, inFlight: 1 } }));
  },
  /** As fast as the source thinks right, on a clock that runs as fast as the server's. */
  async 'slow lookup ours'() {
    await import('@aws-sdk/client-cloudtrail');
    const { cloudTrailLookup } = await import('../dist/providers/aws/index.js');
    return ours(cloudTrailLookup({ region, endpoint: url, credentials, pace: { clock: fastClock(FACTOR) } }));
  },
  async 'logs bare'() {
    const { CloudWatchLogsClient, paginateFilterLogEvents } = await import('@aws-sdk/client-cloudwatch-logs');
    const client = new CloudWatchLogsClient({ region, endpoint: url, credentials });
    const input = { logGroupName: 'trail', startTime: start.getTime(), endTime: end.getTime() };
    const pages = paginateFilterLogEvents({ client }, input);
    return () => drain(pages, ({ events = [] }) => events.map((event) => JSON.parse(event.message)).length);
  },
  async 'logs ours'() {
    await import('@aws-sdk/client-cloudwatch-logs');
    const { cloudWatchLogs } = await import('../dist/providers/aws/index.js');
    // The order in which the API answers.
    return ours(
      cloudWatchLogs({ region, endpoint: url, credentials, logGroup: 'trail', pace: { clock } }),
      'oldest-first',
    );
  },
  async 'cloud logs bare'() {
    const login = await loginAt();
    const metadata = { start_date: start, end_date: end, tier: 'frequent_search', syntax: 'dataprime', limit: 50_000 };
    return async () => {
      const signed = { headers: {} };
      await login.authenticate(signed);
      const answer = await fetch(`${url}/v1/query`, {
        method: 'POST',
        headers: { ...signed.headers, 'Content-Type': 'application/json', Accept: 'text/event-stream' },
        body: JSON.stringify({ query: 'source logs', metadata }),
      });
      const items = (await answer.text()).split('\n').filter((line) => line.startsWith('data: '));
      return items
        .flatMap((line) => JSON.parse(line.slice(6)).result?.results ?? [])
        .map((row) => JSON.parse(row.user_data)).length;
    };
  },
  async 'cloud logs ours'() {
    const { ibmCloudLogs } = await import('../dist/providers/ibm/index.js');
    const authenticator = await loginAt();
    const options = { region: 'us-south', instanceId: 'demo', tier: 'frequent_search', endpoint: url };
    return ours(ibmCloudLogs({ ...options, authenticator, pace: { clock } }));
  },
};

const reading = async () => {
  const read = await WAYS[way]();
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await read();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuMs: (user + system) / 1000, wallMs: performance.now() - start };
};
// Twice where it is asked for: the second time everything has been compiled.
const readings = [await reading()];
if (process.env.TWICE) readings.push(await reading());
console.log(JSON.stringify(readings));
