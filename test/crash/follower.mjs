/**
 * A consumer that keeps its cursor with its output: each line is a page of ids and the cursor behind it, so that both
 * are there or neither is. Usage: node follower.mjs DIST OUTPUT LOG-GROUP
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, output, logGroup] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const [{ events }, { cloudWatchLogs }] = await Promise.all([load('index.js'), load('providers/aws/index.js')]);

let resume;
if (existsSync(output)) {
  const text = readFileSync(output, 'utf8');
  // A line without its end was never written, as far as anybody is concerned.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  truncateSync(output, Buffer.byteLength(whole));
  const last = whole.trimEnd().split('\n').at(-1);
  if (last) resume = JSON.parse(last).cursor;
}

const source = cloudWatchLogs({ region: 'us-east-1', logGroup, pollInterval: 50 });
const stream = events(source, { follow: true, scope: 'all', ...(resume ? { resume } : { from: '1h' }) });
for await (const page of stream.pages(25)) {
  appendFileSync(output, `${JSON.stringify({ ids: page.map(({ id }) => id), cursor: stream.cursor })}\n`);
}
