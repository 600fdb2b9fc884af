/** Projects into which the package is installed as npm would do it, without a network. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');

/** What npm says of the tarball that it would publish. */
export interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** `npm pack`; with a folder the tarball is put there, without one nothing is written. */
export function pack(folder?: string): Packed {
  const where = folder === undefined ? ['--dry-run'] : ['--pack-destination', folder];
  const text = execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...where], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (JSON.parse(text) as Packed[])[0] as Packed;
}

/** An empty project with the package in it, and its dependencies; of the optional peers those that are named. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'secret-events-project-'));

  constructor(tarball: string, peers: readonly string[] = []) {
    const own = join(this.folder, 'node_modules/secret-events');
    mkdirSync(own, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', own]);
    writeFileSync(join(this.folder, 'package.json'), '{ "name": "project", "type": "module", "private": true }');
    const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of [...Object.keys(dependencies), '@types/node', ...peers]) {
      const link = join(this.folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), link);
    }
  }

  /** Writes a file of the project; gives its path. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** Runs a program in the project; what it printed. */
  run(command: string, ...argv: readonly string[]): string {
    return execFileSync(command, argv, {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A package that another one of ours brings along: the bundlers that tests use need no line in package.json. */
export async function broughtBy<Module>(owner: string, name: string): Promise<Module> {
  const path = createRequire(join(ROOT, 'node_modules', owner, 'package.json')).resolve(name);
  const module = (await import(pathToFileURL(path).href)) as Module & { default?: Module };
  return module.default ?? module;
}
