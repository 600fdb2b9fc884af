/**
 * Audit records in log files: CloudTrail's, IBM Cloud's, and what their APIs answered, as files, folders, globs and
 * standard input.
 *
 * @module
 */
export { fileCheckpoint } from './file-checkpoint.ts';
export { logFiles } from './log-files.ts';
export type { LogFilesOptions } from './options.ts';
