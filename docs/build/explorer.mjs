/** The catalog explorer as one HTML file: the package's own catalog, search and query languages, and the page around them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCES = new URL('../explorer/', import.meta.url);

/** The whole page; it needs no other file and no other host. */
export async function explorerPage() {
  const [page, style, script] = await Promise.all([
    readFile(new URL('index.html', SOURCES), 'utf8'),
    bundle('explorer.css'),
    bundle('main.ts'),
  ]);
  const policy = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = { '%policy%': policy, '/*%style%*/': style, '/*%script%*/': script };
  return page.replace(/%policy%|\/\*%(?:style|script)%\*\//g, (marker) => parts[marker]);
}

async function bundle(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(name, SOURCES))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
  });
  return outputFiles[0].text;
}

/** The browser runs and styles by what was built here and by nothing else. */
function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
