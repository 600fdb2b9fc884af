import type { ErrorCode } from '../../src/model/error.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import type { AuditSource, SourceRequest } from '../../src/source/source.ts';

/** An event with everything that is not under test filled in. */
export function makeEvent(fields: Partial<AuditEvent> & { readonly time: Date }): AuditEvent {
  return {
    provider: 'aws',
    id: `id-${fields.time.getTime()}`,
    service: 'secretsmanager.amazonaws.com',
    name: 'GetSecretValue',
    action: 'secret.read',
    kind: 'api',
    outcome: 'success',
    denied: false,
    actor: {},
    origin: {},
    source: 'memory',
    raw: {},
    ...fields,
  };
}

export interface MemoryOptions {
  readonly name?: string;
  readonly order?: AuditSource['order'];
  readonly pageSize?: number;
  /** Thrown once this many pages have been given. */
  readonly failAfter?: { readonly pages: number; readonly error: unknown; readonly code?: ErrorCode };
  /** Never answers once this many pages have been given, until the signal aborts. */
  readonly hangAfter?: number;
  /** Called by the source before each page. */
  readonly onPage?: (request: SourceRequest, index: number) => void;
}

/** A source over an array, with counters: what the reader asks for, and when. */
export function memorySource(events: readonly AuditEvent[], options: MemoryOptions = {}) {
  const { name = 'memory', order = 'either', pageSize = 10, failAfter, hangAfter } = options;
  const seen = { pages: 0, reads: 0, closed: 0, requests: [] as SourceRequest[] };
  const source: AuditSource = {
    name,
    order,
    async *read(request) {
      seen.reads++;
      seen.requests.push(request);
      const sign = request.order === 'oldest-first' ? 1 : -1;
      const sorted = [...events].sort((a, b) => (a.time.getTime() - b.time.getTime()) * sign);
      try {
        for (let i = 0; i === 0 || i * pageSize < sorted.length; i++) {
          await Promise.resolve();
          options.onPage?.(request, i);
          if (failAfter?.pages === i) throw failAfter.error;
          if (hangAfter === i) {
            await new Promise((_, reject) => {
              if (request.signal.aborted) reject(request.signal.reason);
              request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
            });
          }
          seen.pages++;
          request.sink.count('requests');
          yield sorted.slice(i * pageSize, (i + 1) * pageSize);
        }
        if (failAfter && failAfter.pages * pageSize >= sorted.length && failAfter.pages > 0) throw failAfter.error;
      } finally {
        seen.closed++;
      }
    },
    codeOf: () => failAfter?.code ?? 'unknown',
  };
  return { source, seen };
}
