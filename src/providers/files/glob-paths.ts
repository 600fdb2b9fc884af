/** Globs over trees with symbolic links. */
import { type Dirent, readdir } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { glob } from 'tinyglobby';

/** What a glob library asks of an entry of a folder. */
interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/**
 * The files and folders that match, symbolic links included, in no order. Each folder is entered through a link once:
 * a library that follows links on its own takes every way through a net of them, and there is no end to those.
 *
 * @internal
 */
export async function globPaths(pattern: string, signal: AbortSignal): Promise<readonly string[]> {
  const entered = new Set<string>();
  return glob(pattern, {
    absolute: isAbsolute(pattern),
    onlyFiles: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    signal,
    fs: { readdir: listing(entered) as unknown as typeof readdir },
  });
}

type Listed = (error: NodeJS.ErrnoException | null, entries: Entry[]) => void;

/** Lists a folder with links as what they lead to. */
function listing(entered: Set<string>) {
  return (folder: string, options: { readonly withFileTypes: true }, done: Listed): void => {
    readdir(folder, options, (error, entries) => {
      if (error) done(error, []);
      else void Promise.all(entries.map((entry) => resolved(folder, entry, entered))).then((list) => done(null, list));
    });
  };
}

async function resolved(folder: string, entry: Dirent, entered: Set<string>): Promise<Entry> {
  if (!entry.isSymbolicLink()) return entry;
  const path = join(folder, entry.name);
  let isFile = false;
  let isDirectory = false;
  try {
    const stats = await stat(path);
    isFile = stats.isFile();
    if (stats.isDirectory()) {
      const real = await realpath(path);
      isDirectory = !entered.has(real);
      entered.add(real);
    }
  } catch {
    // It leads nowhere. Who named it by a glob did not name it.
  }
  return { name: entry.name, isFile: () => isFile, isDirectory: () => isDirectory, isSymbolicLink: () => false };
}
