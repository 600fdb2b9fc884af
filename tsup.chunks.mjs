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

/** A group of modules with less code than this is not worth a file; such groups share one. */
const SMALL = 4096;

/** For each module that is brought at import, the entries that bring it. */
function chunkNames(started, fileOf, getModuleInfo) {
  const names = new Map();
  for (const entry of started) {
    const brought = new Set([fileOf(entry)]);
    for (const id of brought) {
      for (const next of getModuleInfo(id).importedIds) if (!getModuleInfo(next).isExternal) brought.add(next);
    }
    const word = entry
      .replace(/\/index$/, '')
      .split('/')
      .at(-1);
    for (const id of brought) names.set(id, names.has(id) ? `${names.get(id)}-${word}` : word);
  }
  const sizes = new Map();
  for (const [id, name] of names) sizes.set(name, (sizes.get(name) ?? 0) + getModuleInfo(id).code.length);
  for (const [id, name] of names) if (sizes.get(name) < SMALL) names.set(id, 'shared');
  return names;
}
