/** A cursor in a file. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AuditError } from '../../model/error.ts';
import type { Checkpoint } from '../../source/checkpoint.ts';
import { codeOfSystem } from './fault.ts';

/** A cursor of a stream that had a million events in its overlap is smaller. */
const LARGEST = 256 * 1024 * 1024;

/**
 * A checkpoint in a file. It is replaced as a whole: written beside it, flushed to the disk, and renamed, so that a crash
 * or a power cut leaves the old one or the new one. One process at a time; the folder must be there.
 *
 * @throws AuditError `invalid-argument` for a path that is none. A file that is damaged, cut off or something else
 *   altogether is an error when the stream is read, never a beginning from nothing.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 * import { fileCheckpoint } from 'secret-events/files';
 *
 * const stream = events(cloudTrailLookup({ region: 'us-east-1' }), { from: '24h', checkpoint: fileCheckpoint('trail.cursor') });
 * for await (const event of stream) console.log(event.time, event.name); // what has come since the last run
 * ```
 */
export function fileCheckpoint(path: string): Checkpoint {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw new AuditError('invalid-argument', `fileCheckpoint(): ${JSON.stringify(path)} is no path`);
  }
  return { load: () => load(path), save: (cursor) => replace(path, `${JSON.stringify(cursor)}\n`) };
}

async function load(path: string): Promise<unknown> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw failed('read', path, error);
  }
  let text: string;
  try {
    const { size } = await file.stat();
    if (size > LARGEST) throw new AuditError('malformed', `${path} is no checkpoint: it holds ${size} bytes`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw failed('read', path, error);
  } finally {
    await file.close();
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `the checkpoint ${path} is damaged: it is no JSON${text === '' ? ' but empty' : ', perhaps cut off'}. Restore it, or remove it to begin anew`;
    throw new AuditError('malformed', message, { cause });
  }
}

async function replace(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  // In the same folder: only there is a rename one step.
  const beside = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(beside, { force: true });
    throw failed('written', path, error);
  }
}

/** The new name is on the disk as well. Where a folder cannot be opened (Windows), the system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  try {
    await handle.sync();
  } catch {
    // Some file systems flush no folders.
  } finally {
    await handle.close();
  }
}

function failed(what: string, path: string, error: unknown): AuditError {
  if (AuditError.is(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AuditError(codeOfSystem(error), `the checkpoint ${path} could not be ${what}: ${reason}`, {
    cause: error,
  });
}
