/** `events()`: sources in, one stream out. */
import type { AuditEvent } from '../model/event.ts';
import { Reading } from './reading.ts';
import type { EventsRequest, Sources } from './request.ts';
import { checkRequest } from './request.ts';
import { EventStream } from './stream.ts';

/**
 * Reads one source or several as one stream, in order of time, without duplicates.
 *
 * @throws AuditError `invalid-argument` at once for a request that cannot be meant; everything else when the stream is read.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { logFiles } from 'secret-events/files';
 *
 * const stream = events(logFiles(['trail/', 'activity.log.gz']), { from: '7d', where: { action: 'secret.read', denied: true } });
 * for await (const event of stream) console.log(event.time, event.provider, event.name, event.actor.name, event.secret?.name);
 * console.log(stream.report.complete);
 * ```
 */
export function events(source: Sources, request: EventsRequest = {}): EventStream<AuditEvent> {
  return new EventStream(new Reading(checkRequest(source, request)));
}
