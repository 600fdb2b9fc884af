import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloudTrail } from './cli/records.ts';
import { broughtBy, type Packed, Project, pack } from './support/installed.ts';

// The tarball, installed into empty projects: what a stranger gets. `npm test` builds before it comes here.
const ROOT = resolve(import.meta.dirname, '..');
const { exports, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string | object>;
  peerDependencies: Record<string, string>;
};
const ENTRIES = Object.keys(exports)
  .filter((key) => typeof exports[key] === 'object')
  .map((key) => key.replace(/^\./, 'secret-events'));

let folder = '';
let tarball = '';
let packed: Packed;
let bare: Project;
const projects: Project[] = [];

function project(...peers: readonly string[]): Project {
  const made = new Project(tarball, peers);
  projects.push(made);
  return made;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-events-pack-'));
  packed = pack(folder);
  tarball = join(folder, packed.filename);
  bare = project();
});
afterAll(() => {
  for (const one of projects) one.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('the tarball', () => {
  /** What may be in it, and how many of each there have to be. */
  const EXPECTED: readonly (readonly [pattern: RegExp, atLeast: number])[] = [
    [/^package\.json$/, 1],
    [/^(README|CHANGELOG)\.md$/, 2],
    [/^LICENSE$/, 1],
    [/^dist\/(?:[a-z]+\/)*(?:index|aws|ibm)\.(js|d\.ts)$/, 2 * ENTRIES.length],
    [/^dist\/cli\/bin\.js$/, 1],
    [/^dist\/model\/sha256(?:-node)?\.js$/, 2],
    // Chunks that entries share: a name, and a hash of the content.
    [/^dist\/[a-z0-9-]+-[\w-]{8}\.(js|d\.ts)$/, 10],
    [/^dist\/schema\.json$/, 1],
    [/^samples\/(README\.md|(aws|ibm)\/.+)$/, 3],
  ];

  test('is what `npm pack --dry-run` says', () => {
    expect(pack().files.map(({ path }) => path)).toEqual(packed.files.map(({ path }) => path));
  });

  test('has every file that it should, and none besides', () => {
    const paths = packed.files.map(({ path }) => path);
    for (const [pattern, atLeast] of EXPECTED) {
      expect(`${pattern}: ${paths.filter((path) => pattern.test(path)).length >= atLeast}`).toBe(`${pattern}: true`);
    }
    expect(paths.filter((path) => !EXPECTED.some(([pattern]) => pattern.test(path)))).toEqual([]);
  });

  test('names no path of the machine that built it, and no source map', () => {
    for (const { path } of packed.files.filter(({ path }) => /^dist\//.test(path))) {
      const text = readFileSync(join(bare.folder, 'node_modules/secret-events', path), 'utf8');
      expect(`${path}: ${text.includes(ROOT) || text.includes('sourceMappingURL')}`).toBe(`${path}: false`);
    }
  });
});

describe('installed into an empty project', () => {
  const list = JSON.stringify([...ENTRIES]);

  test('every entry imports', () => {
    const path = bare.write(
      'import.mjs',
      `for (const name of ${list}) console.log(name, Object.keys(await import(name)).length > 0);
       import schema from 'secret-events/schema.json' with { type: 'json' };
       console.log(schema.type);`,
    );
    expect(bare.run(process.execPath, '--no-warnings', path).trim().split('\n')).toEqual([
      ...ENTRIES.map((name) => `${name} true`),
      'object',
    ]);
  });

  test('the command is where npm links it from', () => {
    const own = join(bare.folder, 'node_modules/secret-events');
    const { bin } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { bin: Record<string, string> };
    const command = join(own, bin['secret-events'] as string);
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(bare.run(process.execPath, command, 'catalog', 'GetSecretValue', '--format', 'names')).toMatch(
      /^GetSecretValue\n/,
    );
  });

  // Other versions of Node are run where npm has them already; nothing is fetched here.
  const nodes = [
    { title: `Node ${process.versions.node}`, argv: [process.execPath] },
    ...[22, 24].map((major) => {
      const argv = ['npx', '--offline', '--yes', `node@${major}`];
      const there = spawnSync(argv[0] as string, [...argv.slice(1), '--version'], { cwd: tmpdir() }).status === 0;
      return {
        title: `Node ${major}${there ? '' : ` (left out: npm has no node@${major} in its cache)`}`,
        argv,
        there,
      };
    }),
  ];
  for (const { title, argv, ...rest } of nodes) {
    test.skipIf('there' in rest && !rest.there)(`require() takes every entry: ${title}`, () => {
      const path = bare.write(
        'require.cjs',
        `for (const name of ${list}) console.log(name, Object.keys(require(name)).length > 0);
         console.log(require('secret-events/catalog').findEvent('GetSecretValue').action);`,
      );
      const [command = '', ...words] = argv;
      expect(
        bare
          .run(command, ...words, path)
          .trim()
          .split('\n'),
      ).toEqual([...ENTRIES.map((name) => `${name} true`), 'secret.read']);
    });
  }
});

describe('its types, without skipLibCheck', () => {
  const imports = ENTRIES.map(
    (name, i) => `import * as entry${i} from '${name}';\nexport const used${i}: object = entry${i};`,
  );
  const use = `
    import { events, matches, type AuditEvent } from 'secret-events';
    import { cloudTrailLookup, cloudWatchLogs } from 'secret-events/aws';
    import { ibmCloudLogs } from 'secret-events/ibm';
    export async function find(): Promise<AuditEvent[]> {
      await using stream = events([cloudTrailLookup({ region: 'us-east-1' }), ibmCloudLogs({ region: 'us-south', instanceId: 'x' })], { from: '24h' });
      return (await stream.toArray()).filter((event) => matches({ action: 'secret.read' }, event));
    }
    export const group = cloudWatchLogs({ region: 'us-east-1', logGroup: 'trail' });`;
  /** The vendor's own client fits where one can be given. */
  const WITH: Readonly<Record<string, string>> = {
    '@aws-sdk/client-cloudtrail': `
      import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
      import { cloudTrailLookup as lookup } from 'secret-events/aws';
      export const given = lookup({ client: new CloudTrailClient({}), region: 'us-east-1' });`,
    '@aws-sdk/client-cloudwatch-logs': `
      import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
      import { cloudWatchLogs as logs } from 'secret-events/aws';
      export const given = logs({ client: new CloudWatchLogsClient({}), region: 'us-east-1', logGroup: 'trail' });`,
    '@aws-sdk/client-cloudwatch': `
      import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
      import { type MetricAlarmClients } from 'secret-events/alarms';
      export const given: Partial<MetricAlarmClients> = { cloudwatch: new CloudWatchClient({}) };`,
    '@aws-sdk/client-sns': `
      import { SNSClient } from '@aws-sdk/client-sns';
      import { type MetricAlarmClients } from 'secret-events/alarms';
      export const given: Partial<MetricAlarmClients> = { sns: new SNSClient({}) };`,
    'ibm-cloud-sdk-core': `
      import { IamAuthenticator } from 'ibm-cloud-sdk-core';
      import { ibmCloudLogs as cloud } from 'secret-events/ibm';
      export const given = cloud({ region: 'us-south', instanceId: 'x', authenticator: new IamAuthenticator({ apikey: 'x' }) });`,
  };
  // IBM's own package of Secrets Manager is not imported; its second version is typed by its methods (docs/decisions.md).
  const peers = Object.keys(peerDependencies).filter((name) => name !== '@ibm-cloud/secrets-manager');

  const cases = [
    ['no peer', undefined],
    ...peers.map((peer) => [peer, peer] as const),
  ] as const satisfies readonly (readonly [string, string | undefined])[];

  for (const [title, peer] of cases) {
    for (const [how, module, moduleResolution] of [
      ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
      ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
    ] as const) {
      test(`compile by ${how} with ${title}`, () => {
        const one = peer === undefined ? bare : project(peer);
        const vendor = peer === undefined ? '' : WITH[peer];
        expect(vendor).toBeDefined();
        const path = one.write(`${how}.ts`, [...imports, use, vendor].join('\n'));
        const program = ts.createProgram([path], {
          module,
          moduleResolution,
          target: ts.ScriptTarget.ES2022,
          lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', ...(peer === undefined ? [] : ['lib.dom.d.ts'])],
          types: ['node'],
          typeRoots: [join(one.folder, 'node_modules/@types')],
          strict: true,
          // The SDKs themselves do not compile under `exactOptionalPropertyTypes`; this package does.
          exactOptionalPropertyTypes: peer === undefined,
          skipLibCheck: false,
          noEmit: true,
        });
        expect(
          ts
            .getPreEmitDiagnostics(program)
            .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
        ).toEqual([]);
      });
    }
  }
});

/** As much of the bundlers as is used here. */
interface Esbuild {
  build(options: Readonly<Record<string, unknown>>): Promise<unknown>;
}
interface Vite {
  build(options: Readonly<Record<string, unknown>>): Promise<unknown>;
}

describe('bundled', () => {
  test('for a browser by Vite, the catalog runs where no Node is, and stays small', async () => {
    const { build } = await broughtBy<Vite>('vitest', 'vite');
    const entry = bare.write(
      'browser.js',
      `import { findEvent, searchCatalog } from 'secret-events/catalog';
       globalThis.found = [findEvent('GetSecretValue').action, searchCatalog('get-secret-vlaue')[0].name];`,
    );
    const outDir = join(bare.folder, 'browser');
    const lib = { entry, formats: ['iife'], name: 'page', fileName: () => 'page.js' };
    const bundle = (options: object) =>
      build({ root: bare.folder, configFile: false, logLevel: 'silent', build: { outDir, minify: true, ...options } });
    await bundle({ lib });
    const code = readFileSync(join(outDir, 'page.js'), 'utf8');
    const page = createContext({});
    runInContext(code, page);
    expect([...(page as { found: string[] }).found]).toEqual(['secret.read', 'GetSecretValue']);
    // One script holds everything; a page of modules loads the names of other services only when it asks for them.
    await bundle({ lib: { ...lib, formats: ['es'], fileName: () => 'module.js' } });
    expect(gzipSync(readFileSync(join(outDir, 'module.js'))).length).toBeLessThan(20_000);
  });

  test.each(['esm', 'cjs'])('for AWS Lambda by esbuild as %s, a handler decodes and filters', async (format) => {
    const { build } = await broughtBy<Esbuild>('tsup', 'esbuild');
    const entry = bare.write(
      'lambda.mjs',
      `import { matches } from 'secret-events';
       import { cloudTrailLookup, decodeCloudTrail } from 'secret-events/aws';
       import { toOcsf } from 'secret-events/formats';
       export const source = cloudTrailLookup({ region: 'us-east-1' }).name;
       export const handler = async ({ detail }) => {
         const event = decodeCloudTrail(detail);
         return matches({ action: 'secret.read', denied: true }, event) ? toOcsf(event).status : 'not denied';
       };`,
    );
    const outfile = join(bare.folder, `handler.${format === 'esm' ? 'mjs' : 'cjs'}`);
    // As the runtime of Lambda has it: the SDK is there, nothing else is.
    const external = ['@aws-sdk/*', 'ibm-cloud-sdk-core'];
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format,
      external,
      logLevel: 'silent',
    });
    const event = { detail: cloudTrail({ errorCode: 'AccessDenied', errorMessage: 'no' }) };
    const runner = bare.write(
      'run.mjs',
      `const { handler, source } = await import(${JSON.stringify(outfile)});
       console.log(source, await handler(${JSON.stringify(event)}), await handler(${JSON.stringify({ detail: cloudTrail() })}));`,
    );
    expect(bare.run(process.execPath, runner)).toBe('aws.cloudtrail-lookup/us-east-1 Failure not denied\n');
  });
});
