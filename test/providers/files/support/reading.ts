/** Reads a source to its end and keeps what it told. */
import type { AuditEvent } from '../../../../src/model/event.ts';
import { type LogFilesOptions, logFiles } from '../../../../src/providers/files/index.ts';
import type { Counter, Notice, SourceRequest } from '../../../../src/source/source.ts';

export interface Heard {
  readonly notices: Notice[];
  readonly counts: Partial<Record<Counter, number>>;
}

export function hearing(): Heard & { readonly sink: SourceRequest['sink'] } {
  const notices: Notice[] = [];
  const counts: Partial<Record<Counter, number>> = {};
  const sink = {
    notice: (notice: Notice) => void notices.push(notice),
    count: (counter: Counter, by = 1) => {
      counts[counter] = (counts[counter] ?? 0) + by;
    },
  };
  return { notices, counts, sink };
}

export function requestFor(sink: SourceRequest['sink'], request: Partial<SourceRequest> = {}): SourceRequest {
  return {
    startedAt: new Date('2026-06-01T00:00:00Z'),
    scope: 'all',
    order: 'oldest-first',
    signal: new AbortController().signal,
    sink,
    ...request,
  };
}

/** Everything that the source gives. */
export async function readAll(
  paths: string | readonly string[],
  options?: LogFilesOptions,
  request?: Partial<SourceRequest>,
) {
  const { sink, notices, counts } = hearing();
  const events: AuditEvent[] = [];
  for await (const page of logFiles(paths, options).read(requestFor(sink, request))) events.push(...page);
  return { events, ids: events.map((event) => event.id), notices, counts };
}

/** Bytes as a stream of chunks of one size. */
export async function* inChunks(bytes: Uint8Array | string, size: number): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}
