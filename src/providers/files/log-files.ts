/** Audit records in files, folders, archives and on standard input. */
import { statSync } from 'node:fs';
import { isDynamicPattern } from 'tinyglobby';
import { AuditError, type ErrorCode } from '../../model/error.ts';
import type { AuditSource, SourcePlan, SourceRequest } from '../../source/source.ts';
import { STDIN } from './expand.ts';
import { codeOfSystem } from './fault.ts';
import { type CheckedOptions, checkOptions, checkPaths, type LogFilesOptions } from './options.ts';
import { Reading } from './reading.ts';

/**
 * Audit records in log files: plain or gzip, told apart by content and not by name. CloudTrail's files, answers of
 * LookupEvents and FilterLogEvents, payloads of CloudWatch Logs subscriptions, EventBridge events, answers of IBM Cloud
 * Logs, exports of Activity Tracker, archives in object storage; bare records, arrays of them, one a line.
 *
 * A path is a file, a folder (all files below it but hidden ones and CloudTrail's digests), a glob, or `-` for standard
 * input. Each file is read once, whatever leads to it. Files are streamed: memory depends on the options below and not
 * on the size of files. What cannot be read is a notice in the report that names file and line; the rest still comes.
 *
 * Order is exact where the names of the files tell times (CloudTrail's and those of IBM's object storage do), where
 * `limit` is given, and where the events that pass the filter fit into `sortMemory`; else a notice says how many events
 * came out of order. Events of one millisecond keep the order of files and records.
 *
 * @throws AuditError `invalid-argument` at once for paths and options that cannot be meant. When read: `not-found` for a
 * path that is not there or a glob without a match; with `strict` also `malformed` and `permission-denied`.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { logFiles } from 'secret-events/files';
 *
 * const stream = events(logFiles(['AWSLogs/', 'activity/*.log.gz']), { where: { action: 'secret.read', denied: true } });
 * for await (const event of stream) console.log(event.time, event.actor.name, event.secret?.name);
 * for (const { notices } of stream.report.sources) for (const { message, places } of notices) console.warn(message, places);
 * ```
 */
export function logFiles(paths: string | readonly string[], options: LogFilesOptions = {}): AuditSource {
  const list = checkPaths(paths);
  const checked = checkOptions(options);
  return {
    name: checked.name,
    order: 'either',
    deliveryDelay: checked.deliveryDelay,
    read: (request) => new Reading(list, checked, request).pages(),
    explain: (request) => explain(list, checked, request),
    codeOf,
  };
}

function codeOf(error: unknown): ErrorCode {
  return AuditError.is(error) ? error.code : codeOfSystem(error);
}

function explain(
  paths: readonly string[],
  { name }: CheckedOptions,
  { from, to, where, scope }: SourceRequest,
): SourcePlan {
  const rest = [
    from && `from ${from.toISOString()}`,
    to && `to ${to.toISOString()}`,
    scope === 'secrets' && 'scope secrets',
    where && 'where',
  ];
  return {
    source: name,
    steps: paths.map((path) => `${kindOf(path)}: ${path}`),
    pushedDown: from ? [`files that were delivered before ${from.toISOString()}, by their names, are not opened`] : [],
    leftToReader: rest.filter((part) => typeof part === 'string'),
  };
}

function kindOf(path: string): string {
  if (path === STDIN) return 'read standard input';
  try {
    return statSync(path).isDirectory() ? 'read every file in the folder' : 'read the file';
  } catch {
    return isDynamicPattern(path) ? 'read every file that matches' : 'not found';
  }
}
