import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';

// Every ts block of README, docs and doc comments is compiled against the sources, so that no example can rot.
const ROOT = resolve(import.meta.dirname, '..');
const OUT = join(ROOT, 'test', '.examples');

interface Example {
  readonly place: string;
  readonly code: string;
}

function blocksOf(place: string, text: string): Example[] {
  const found: Example[] = [];
  for (const match of text.matchAll(/```ts\n([\s\S]*?)```/g)) {
    const line = text.slice(0, match.index).split('\n').length;
    found.push({ place: `${place}:${line}`, code: match[1] as string });
  }
  return found;
}

const markdown = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...list('docs', '.md')].flatMap((name) =>
  blocksOf(name, read(name)),
);
const comments = list('src', '.ts').flatMap((name) =>
  [...read(name).matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((match) =>
    blocksOf(`${name} (doc comment)`, match[0].replace(/^\s*\* ?/gm, '')),
  ),
);
const examples = [...markdown, ...comments];

function list(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.startsWith('site'))
    .map((name) => join(folder, name));
}

function read(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

afterAll(() => rmSync(OUT, { recursive: true, force: true }));

describe('examples', () => {
  test('there are examples in the README and in doc comments', () => {
    expect(markdown.length).toBeGreaterThan(3);
    expect(comments.length).toBeGreaterThan(8);
  });

  test('every one of them compiles under the strict settings of the project', () => {
    mkdirSync(OUT, { recursive: true });
    const names = examples.map((example, i) => {
      const name = join(OUT, `example-${i}.ts`);
      // `export {}` makes each block a module of its own, with top-level await.
      writeFileSync(name, `${example.code}\nexport {};\n`);
      return name;
    });
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const pkg = JSON.parse(read('package.json')) as { exports: Record<string, { types?: string }> };
    const paths: Record<string, string[]> = {};
    for (const [key, entry] of Object.entries(pkg.exports)) {
      const types = typeof entry === 'object' ? entry.types : undefined;
      if (types)
        paths[key.replace(/^\./, 'secret-events')] = [types.replace('./dist/', './src/').replace('.d.ts', '.ts')];
    }
    const program = ts.createProgram(names, {
      ...options,
      paths,
      noUnusedLocals: false,
      noUnusedParameters: false,
      skipLibCheck: true,
    });
    const wrong = names.flatMap((name, i) => {
      const source = program.getSourceFile(name);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        (diagnostic) =>
          `${examples[i]?.place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')} (${relative(ROOT, name)})`,
      );
    });
    expect(wrong).toEqual([]);
  });
});
