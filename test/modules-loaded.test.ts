import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { startAwsServer, startIbmServer } from '../src/testing/index.ts';

const run = promisify(execFile);
const DIST = new URL('../dist/', import.meta.url);

/** Notes in a file every module that `import` loads; what `require` loads stands in its cache. */
const HOOK = `
  import { appendFileSync } from 'node:fs';
  let file;
  export const initialize = (data) => { file = data; };
  export const load = (url, context, next) => { appendFileSync(file, url + '\\n'); return next(url, context); };
`;

const SOURCES = {
  cloudTrailLookup: `aws.cloudTrailLookup({ region: 'us-east-1' })`,
  cloudWatchLogs: `aws.cloudWatchLogs({ region: 'us-east-1', logGroup: 'trail' })`,
  logsInsights: `aws.logsInsights({ region: 'us-east-1', logGroups: ['trail'] })`,
  ibmCloudLogs: `ibm.ibmCloudLogs({ region: 'us-south', instanceId: 'demo' })`,
  secretsManagerHistory: `ibm.secretsManagerHistory({ region: 'us-south', instanceId: 'demo' })`,
  logFiles: `files.logFiles('samples')`,
} as const;

/** The packages that a process of its own has loaded after importing every entry point and running this. */
async function packagesAfter(code: string, env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'secret-events-modules-'));
  const file = join(folder, 'loaded');
  const program = `
    import { createRequire, register } from 'node:module';
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(HOOK)}`)}, { data: ${JSON.stringify(file)} });
    const [{ events }, , aws, ibm, files] = await Promise.all(
      ['index.js', 'catalog/index.js', 'providers/aws/index.js', 'providers/ibm/index.js', 'providers/files/index.js']
        .map((name) => import(new URL(name, ${JSON.stringify(DIST.href)}))),
    );
    ${code}
    console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));
  `;
  try {
    const { stdout } = await run(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {
      env: { ...process.env, ...env },
      cwd: new URL('..', DIST),
    });
    const loaded = `${stdout}\n${await readFile(file, 'utf8')}`;
    const names = loaded.matchAll(/.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/\n]+)/g);
    return [...new Set(Array.from(names, ([, name]) => name?.replaceAll('\\', '/') as string))].sort();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Of a few kilobytes each, and without a client, a server or a parser of much in them. */
const SMALL = new Set(['@noble/hashes', 'eventsource-parser', 'fdir', 'picomatch', 'tinyglobby']);
const VENDORS = /^@aws-sdk\/client-|^ibm-cloud-sdk-core$/;
const vendorsAmong = (packages: readonly string[]) => packages.filter((name) => VENDORS.test(name));
const reading = (source: string) => `await events(${source}, { from: '1h' }).toArray();`;

describe('modules', () => {
  test('of vendors, and large ones, are not loaded to import everything and to make every source', async () => {
    const loaded = await packagesAfter(`[${Object.values(SOURCES).join(', ')}];`);
    expect(loaded.filter((name) => !SMALL.has(name))).toEqual([]);
  });

  test('of AWS: the one client of the source that is read', async () => {
    await using server = await startAwsServer({ logGroups: { trail: { trail: true } } });
    const read = async (source: keyof typeof SOURCES) =>
      vendorsAmong(await packagesAfter(reading(SOURCES[source]), server.env));
    expect(await read('cloudTrailLookup')).toEqual(['@aws-sdk/client-cloudtrail']);
    expect(await read('cloudWatchLogs')).toEqual(['@aws-sdk/client-cloudwatch-logs']);
    expect(await read('logsInsights')).toEqual(['@aws-sdk/client-cloudwatch-logs']);
  });

  test("of IBM: the core that signs in, and nobody else's", async () => {
    await using server = await startIbmServer();
    for (const source of ['ibmCloudLogs', 'secretsManagerHistory'] as const) {
      expect(vendorsAmong(await packagesAfter(reading(SOURCES[source]), server.env))).toEqual(['ibm-cloud-sdk-core']);
    }
  });

  test('of vendors are not loaded for files', async () => {
    expect(vendorsAmong(await packagesAfter(reading(SOURCES.logFiles)))).toEqual([]);
  });
});
