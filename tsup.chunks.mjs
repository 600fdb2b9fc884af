// Puts the many small chunks that esbuild makes together: each file costs a program a fraction of a millisecond.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';

/**
 * What the same entries of `started` bring at their import becomes one chunk; what nobody brings at once stays as it is,
 * to be loaded when it is asked for.
 *
 * @param {string} dist Absolute.
 * @param {readonly string[]} started Entries that must start fast: paths in `dist`, without `.js`.
 */
export async function joinChunks(dist, started) {
  const entries = await entriesOf(dist);
  const fileOf = (entry) => join(dist, `${entry}.js`);
  const bundle = await rollup({
    input: Object.fromEntries(entries.map((entry) => [entry, fileOf(entry)])),
    external: (id) => !id.startsWith('.') && !id.startsWith(dist),
    // As package.json says to everybody else.
    treeshake: { moduleSideEffects: false },
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const roots = new Set(entries.map(fileOf));
  let names;
  const { output } = await bundle.write({
    dir: dist,
    format: 'es',
    // Without the hash that esbuild has put into the name.
    chunkFileNames: ({ name }) => `${name.replace(/-[A-Z\d]{8}$/, '')}-[hash].js`,
    hoistTransitiveImports: false,
    manualChunks(id, { getModuleInfo }) {
      names ??= chunkNames(started, fileOf, getModuleInfo);
      return roots.has(id) ? undefined : names.get(id);
    },
  });
  await bundle.close();
  const kept = new Set(output.map(({ fileName }) => fileName));
  for (const file of await readdir(dist, { recursive: true })) {
    if (file.endsWith('.js') && !kept.has(file)) await rm(join(dist, file));
  }
}

/** Whatever package.json names: exports, imports and commands. */
async function entriesOf(dist) {
  const text = await readFile(join(dist, '../package.json'), 'utf8');
  return [...new Set([...text.matchAll(/"(?:\.\/)?dist\/([^"]+)\.js"/g)].map(([, entry]) => entry))];
}

/**
 * One name for the modules that the same entries bring at import, and that the same entries may load at all: so a chunk holds
 * nothing that one of its readers could never need, such as Node's modules for a bundle that is for no Node.
 */
function chunkNames(started, fileOf, getModuleInfo) {
  const atImport = new Map();
  const inAll = new Map();
  for (const entry of started) {
    const word = entry
      .replace(/\/index$/, '')
      .split('/')
      .at(-1);
    const { brought, reached } = loadedBy(fileOf(entry), getModuleInfo);
    for (const id of brought) atImport.set(id, [...(atImport.get(id) ?? []), word]);
    for (const id of reached) inAll.set(id, [...(inAll.get(id) ?? []), word]);
  }
  const keys = new Set();
  const names = new Map();
  for (const [id, words] of atImport) {
    const key = `${words} ${inAll.get(id)}`;
    keys.add(key);
    names.set(id, `${words.join('-')}-${[...keys].indexOf(key)}`);
  }
  return names;
}

/** The modules of this package that an entry brings at its import, and those that it may ever load. */
function loadedBy(entry, getModuleInfo) {
  const closure = (next) => {
    const all = new Set([entry]);
    for (const id of all)
      for (const other of next(getModuleInfo(id))) if (!getModuleInfo(other).isExternal) all.add(other);
    return all;
  };
  return {
    brought: closure(({ importedIds }) => importedIds),
    reached: closure(({ importedIds, dynamicallyImportedIds }) => [...importedIds, ...dynamicallyImportedIds]),
  };
}
