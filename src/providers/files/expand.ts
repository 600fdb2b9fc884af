/** Paths, folders and globs to files. */
import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { AuditError } from '../../model/error.ts';
import { type FileFault, systemCode, unreadable } from './fault.ts';
import { globPaths } from './glob-paths.ts';

/** Stands for standard input among the paths. */
export const STDIN = '-';

// Not logs, whatever the folder: digests of CloudTrail vouch for log files, the others are left behind by desktops.
const SKIPPED = new Set(['CloudTrail-Digest', '__MACOSX', 'Thumbs.db', 'desktop.ini']);

/** What finding files needs beside the paths. */
export interface ExpandOptions {
  readonly signal: AbortSignal;
  /** A file or folder that cannot be looked into. */
  readonly onFault: (fault: FileFault, path: string) => void;
}

/**
 * All files behind the paths, each real file once, in the order of the paths and by name within a folder or glob; what
 * only symbolic links in a folder lead to comes behind the rest of it.
 *
 * @throws AuditError `not-found` for a path that is not there and a glob that matches nothing.
 * @internal
 */
export async function expand(paths: readonly string[], options: ExpandOptions): Promise<readonly string[]> {
  const walk = new Walk(options);
  for (const path of paths) await walk.add(path);
  return walk.files;
}

class Walk {
  readonly files: string[] = [];
  readonly #options: ExpandOptions;
  readonly #seen = new Set<string>();
  readonly #links: string[] = [];

  constructor(options: ExpandOptions) {
    this.#options = options;
  }

  async add(path: string): Promise<void> {
    if (path === STDIN) {
      this.#push(path, STDIN);
      return;
    }
    const found = await lookAt(path);
    if (!('error' in found)) await this.#enter(path, found);
    else if (isDynamicPattern(path) && systemCode(found.error) === 'ENOENT') await this.#addGlob(path);
    else if (systemCode(found.error) === 'ENOENT' || systemCode(found.error) === 'ENOTDIR') {
      throw new AuditError('not-found', `${path}: there is no such file or folder`, { cause: found.error });
    } else this.#options.onFault(unreadable(found.error), path);
  }

  async #addGlob(pattern: string): Promise<void> {
    const names = [...(await globPaths(pattern, this.#options.signal))];
    if (names.length === 0) throw new AuditError('not-found', `${pattern}: no file matches`);
    for (const name of names.sort(byName)) {
      const found = await lookAt(name);
      if ('error' in found) this.#options.onFault(unreadable(found.error), name);
      else await this.#enter(name, found);
    }
  }

  /** Takes a file, or everything in a folder. Pipes and devices are read when they were named, not when they lie around. */
  async #enter(path: string, stats: Stats): Promise<void> {
    // A pipe of the shell (/dev/fd/63) has no real path.
    const real = await realpath(path).catch(() => path);
    if (!stats.isDirectory()) {
      this.#push(path, real);
      return;
    }
    await this.#addFolder(path.replace(/(?<=.)\/+$/, ''), real);
    // Links come last, so that a file has its own name wherever it has one. A link may lead to more of them.
    for (let link = this.#links.shift(); link !== undefined; link = this.#links.shift()) await this.#follow(link);
  }

  async #addFolder(path: string, real: string): Promise<void> {
    this.#options.signal.throwIfAborted();
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    let entries: Dirent[];
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      this.#options.onFault(unreadable(error), path);
      return;
    }
    for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
      if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isSymbolicLink()) this.#links.push(inner);
      else if (entry.isDirectory()) await this.#addFolder(inner, join(real, entry.name));
      else if (entry.isFile()) this.#push(inner, join(real, entry.name));
    }
  }

  async #follow(link: string): Promise<void> {
    const found = await lookAt(link);
    if ('error' in found) this.#options.onFault(unreadable(found.error), link);
    else if (found.isDirectory() || found.isFile()) await this.#enter(link, found);
  }

  #push(path: string, real: string): void {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    this.files.push(path);
  }
}

async function lookAt(path: string): Promise<Stats | { readonly error: unknown }> {
  try {
    return await stat(path);
  } catch (error) {
    return { error };
  }
}

// By code unit: the same on every machine, and what object stores list by for names in ASCII.
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
