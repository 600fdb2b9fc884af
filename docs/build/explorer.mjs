/** The catalog explorer as one HTML file: the package's own catalog, search and query languages, and the page around them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const SOURCES = new URL('../explorer/', import.meta.url);

/** The whole page; it needs no other file and no other host. */
export async function explorerPage() {
  const lists = [];
  const [page, style, script] = await Promise.all([
    readFile(new URL('index.html', SOURCES), 'utf8'),
    bundle('explorer.css'),
    bundle('main.ts', listsAsText(lists)),
  ]);
  const policy = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = {
    '%policy%': policy,
    '/*%style%*/': style,
    '/*%script%*/': script,
    '<!--%lists%-->': lists.join('\n'),
  };
  return page.replace(/%policy%|\/\*%(?:style|script)%\*\/|<!--%lists%-->/g, (marker) => parts[marker]);
}

async function bundle(name, ...plugins) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(name, SOURCES))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    plugins,
  });
  return outputFiles[0].text;
}

/**
 * The modules with the names of every service become texts of the page, which a browser neither compiles nor reads until
 * the module is asked for. A page from a disk can load no other file, so they are not chunks as in the package.
 */
function listsAsText(texts) {
  return {
    name: 'lists-as-text',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]services[\\/]data[\\/](?:aws|ibm)\.ts$/ }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), { loader: 'ts', format: 'esm' });
        const values = { ...(await import(`data:text/javascript,${encodeURIComponent(code)}`)) };
        const id = `list-${basename(path, '.ts')}`;
        // Text of a script element ends at the first `</script`.
        const text = JSON.stringify(values).replaceAll('<', '\\u003c');
        texts.push(`<script type="application/json" id="${id}">${text}</script>`);
        const names = Object.keys(values).join(', ');
        return { contents: `export const { ${names} } = JSON.parse(document.getElementById('${id}').textContent);` };
      });
    },
  };
}

/** The browser runs and styles by what was built here and by nothing else. */
function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
