/** A log group, read and followed: loaded when it is read for the first time. */
import type { AuditEvent } from '../../model/event.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { CloudWatchLogsOptions } from './cloudwatch-logs.ts';
import { FollowedLog, poll } from './follow-logs.ts';
import { liveTail } from './live-tail.ts';
import { LogGroup } from './log-group.ts';
import { readWindow } from './log-window-reading.ts';

type Pages = AsyncGenerator<readonly AuditEvent[], void, undefined>;

/** @internal */
export class LogReader {
  readonly #log: LogGroup;
  readonly #live: boolean;

  constructor(name: string, options: CloudWatchLogsOptions) {
    this.#log = new LogGroup(name, options);
    this.#live = options.live ?? false;
  }

  window(request: SourceRequest, delay: number): Pages {
    return readWindow(this.#log, request, delay);
  }

  follow(request: SourceRequest, query: string, pollInterval: number, overlap: number): Pages {
    const followed = new FollowedLog(this.#log, request, query, overlap);
    return this.#live
      ? liveTail(followed, this.#log, request, query, overlap)
      : poll(followed, this.#log, request, pollInterval);
  }
}
