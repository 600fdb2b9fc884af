// Compiles outline.ts, which is AssemblyScript, into ../outline-wasm.ts: `npm run build:wasm`. What it makes is committed,
// so that neither a build nor a test run of anything else needs the compiler; a test compiles it once more.
import { readFile, writeFile } from 'node:fs/promises';
import { main } from 'assemblyscript/asc';

const SOURCE = new URL('outline.ts', import.meta.url);
const TARGET = new URL('../outline-wasm.ts', import.meta.url);
// Two pages for tables and little input; who scans more makes it grow.
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '2'];

/** The text of ../outline-wasm.ts. */
export async function compiled() {
  const source = await readFile(SOURCE, 'utf8');
  let binary;
  const { error, stderr } = await main(['outline.ts', '--outFile', 'outline.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'outline.ts' ? source : null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  const said = stderr.toString();
  if (error || said !== '' || binary === undefined)
    throw new Error(`outline.ts does not compile: ${said}`, { cause: error });
  const lines = Buffer.from(binary)
    .toString('base64')
    .match(/.{1,110}/g);
  return `/** wasm/outline.ts, compiled and in base64: made by \`npm run build:wasm\`. */
export const OUTLINE_WASM =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}

if (process.argv[1] === import.meta.filename) await writeFile(TARGET, await compiled());
