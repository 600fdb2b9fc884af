/** What can be wrong with a file as a whole. */
import type { ErrorCode } from '../../model/error.ts';
import type { NoticeCode } from '../../source/source.ts';

/**
 * Ends the reading of one file; what was read before it stays. Becomes a notice, or an error where strictness was asked for.
 *
 * @internal
 */
export class FileFault extends Error {
  readonly notice: NoticeCode;
  readonly code: ErrorCode;

  constructor(notice: NoticeCode, message: string, code: ErrorCode = 'malformed', cause?: unknown) {
    super(message, { cause });
    this.notice = notice;
    this.code = code;
  }
}

const CODES: ReadonlyMap<string | undefined, ErrorCode> = new Map([
  ['ENOENT', 'not-found'],
  ['ENOTDIR', 'not-found'],
  ['EACCES', 'permission-denied'],
  ['EPERM', 'permission-denied'],
  ['EMFILE', 'unavailable'],
  ['ENFILE', 'unavailable'],
  ['EAGAIN', 'unavailable'],
  ['EIO', 'unavailable'],
  ['ESTALE', 'unavailable'],
  ['ETIMEDOUT', 'unavailable'],
]);

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it is not there'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ELOOP', 'its symbolic links lead in a circle'],
  ['EISDIR', 'it is a folder'],
]);

/** The system's own error code, if an error has one. */
export function systemCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** What a system error means. */
export function codeOfSystem(error: unknown): ErrorCode {
  return CODES.get(systemCode(error)) ?? 'unknown';
}

/** A file that the system does not let us read. */
export function unreadable(error: unknown): FileFault {
  const code = systemCode(error) ?? 'an unknown error';
  return new FileFault(
    'unreadable-file',
    `A file cannot be read: ${WORDS.get(code) ?? code}.`,
    codeOfSystem(error),
    error,
  );
}
