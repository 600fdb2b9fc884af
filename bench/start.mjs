// How long processes take that only start, and how large bundles are. By hand: node bench/start.mjs
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { row } from './table.mjs';

const DIST = new URL('../dist/', import.meta.url);
const file = (path) => new URL(path, DIST).pathname;
// The one that tsup builds with.
const esbuild = createRequire(createRequire(import.meta.url).resolve('tsup'))('esbuild');

function timeOf(args) {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Milliseconds that an import takes, as the importing process sees it. */
function importOf(url) {
  const code = `const t = performance.now(); await import(${JSON.stringify(String(url))}); console.log(performance.now() - t);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }));
}

/** Rows of the table. */
export function measureStart(rounds) {
  const ratios = { catalog: [], index: [], command: [] };
  for (let round = 0; round < rounds; round++) {
    const empty = importOf(new URL('empty.mjs', import.meta.url));
    ratios.catalog.push(importOf(`${DIST}catalog/index.js`) - empty);
    ratios.index.push(importOf(`${DIST}index.js`) - empty);
    ratios.command.push(timeOf([file('cli/bin.js'), 'catalog']) / timeOf(['-e', '0']));
  }
  return [
    row('import ./catalog: ms over an empty module', ratios.catalog, { most: 3 }),
    row('import .: ms over an empty module', ratios.index, { most: 8 }),
    row('secret-events catalog / node -e 0', ratios.command, { most: 1.8 }),
  ];
}

/** Rows of the table. Dependencies count, the vendors' SDKs do not. */
export async function measureSizes() {
  const rows = [];
  for (const [entry, path, most] of [
    ['./catalog', 'catalog/index.js', 16],
    ['.', 'index.js', 12],
    ['./aws', 'providers/aws/index.js', 16],
    ['./ibm', 'providers/ibm/index.js', 14],
  ]) {
    const [atImport, inAll] = await sizesOf(path);
    rows.push(row(`${entry} at import: kB, gzipped`, [atImport], { most }));
    rows.push(row(`${entry} with all that it may load: kB, gzipped`, [inAll]));
  }
  const sizes = {};
  for (const [client, { platform, code }] of Object.entries(programs())) {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: code, resolveDir: DIST.pathname },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform,
      logLevel: 'error',
      external: ['@aws-sdk/client-cloudwatch-logs'],
    });
    sizes[client] = gzipSync(outputFiles[0].contents).length / 1000;
  }
  rows.push(
    row('program of cloudTrailLookup with the SDK: kB, gzipped', [sizes.sdk]),
    row('program of cloudTrailLookup with fetchClient: kB, gzipped', [sizes.fetch]),
    row('fetchClient itself: kB more than a client that is given', [sizes.fetch - sizes.given], { most: 8 }),
  );
  return rows;
}

/** Kilobytes of what an import loads, and of that with all that is loaded when it is asked for. */
async function sizesOf(path) {
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [file(path)],
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    format: 'esm',
    outdir: file('bundles'),
    platform: 'node',
    // As for whoever installs it: the paths of this repository's tsconfig.json are not for them.
    tsconfigRaw: {},
    logLevel: 'error',
    external: ['@aws-sdk/*', '@ibm-cloud/*', 'ibm-cloud-sdk-core'],
  });
  const { outputs } = metafile;
  const loaded = new Set(Object.keys(outputs).filter((output) => outputs[output].entryPoint?.endsWith(`dist/${path}`)));
  for (const output of loaded) {
    for (const { path: next, kind } of outputs[output].imports) {
      if (kind === 'import-statement' && next in outputs) loaded.add(next);
    }
  }
  const gzipped = (files) => gzipSync(Buffer.concat(files.map(({ contents }) => contents))).length / 1000;
  const wanted = new Set([...loaded].map((output) => resolve(output)));
  return [gzipped(outputFiles.filter((output) => wanted.has(output.path))), gzipped(outputFiles)];
}

/** Programs that read event history, each with all that it needs to run. */
function programs() {
  const program = (imports, client) => `
    import { events } from ${JSON.stringify(file('index.js'))};
    import { cloudTrailLookup } from ${JSON.stringify(file('providers/aws/index.js'))};
    ${imports}
    export const read = (region, credentials, given) =>
      events(cloudTrailLookup({ region, client: ${client} }), { from: '24h' }).toArray();`;
  const ofFetch = `import { fetchClient } from ${JSON.stringify(file('providers/aws/fetch/index.js'))};`;
  const ofSdk = "import { CloudTrail } from '@aws-sdk/client-cloudtrail';";
  return {
    // The other SDK, which CloudWatch Logs would need, is not of this program.
    sdk: { platform: 'node', code: program(ofSdk, 'new CloudTrail({ region, credentials })') },
    fetch: { platform: 'browser', code: program(ofFetch, 'fetchClient({ region, credentials })') },
    given: { platform: 'browser', code: program('', 'given') },
  };
}

if (process.argv[1] === import.meta.filename) console.table([...measureStart(5), ...(await measureSizes())]);
