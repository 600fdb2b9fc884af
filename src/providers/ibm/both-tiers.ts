/** The two tiers of Cloud Logs as one: what is in both comes once. */
import { contentId } from '../../model/content-id.ts';
import type { AuditEvent } from '../../model/event.ts';
import { merge } from '../../source/merge.ts';
import type { SourceRequest, SourceSink } from '../../source/source.ts';
import { IbmError } from './errors.ts';

type Pages = AsyncGenerator<readonly AuditEvent[], void, undefined>;

/**
 * Merges by time. Whether a row has the same `logid` in both tiers is not documented, so the copies are known by their
 * content: as many as the first tier gave are taken out of the second.
 *
 * @internal
 */
export async function* bothTiers(frequent: Pages, archive: Pages, request: SourceRequest): Pages {
  const copies = new Copies();
  const merged = merge([frequent, orNotice(archive, request.sink)], request.order);
  for await (const { events, owners } of merged) {
    const kept = events.filter((event, i) => !copies.isCopy(event, typeof owners === 'number' ? owners : owners[i]));
    request.sink.count('duplicates', events.length - kept.length);
    yield kept;
  }
}

/** What the first tier gave at one moment; in order of time nothing older need be remembered. */
class Copies {
  #time = Number.NaN;
  readonly #contents = new Map<string, number>();

  isCopy(event: AuditEvent, owner: number | undefined): boolean {
    const time = event.time.getTime();
    if (time !== this.#time) this.#contents.clear();
    this.#time = time;
    const content = contentId(event.raw);
    const count = this.#contents.get(content) ?? 0;
    if (owner === 0) this.#contents.set(content, count + 1);
    if (owner === 0 || count === 0) return false;
    this.#contents.set(content, count - 1);
    return true;
  }
}

/** An instance without a bucket has no archive; what its answer to a query is then is not documented. */
async function* orNotice(archive: Pages, sink: SourceSink): Pages {
  let began = false;
  try {
    for await (const page of archive) {
      began = true;
      yield page;
    }
  } catch (error) {
    if (began || !(error instanceof IbmError) || !/^(?:invalid-argument|not-found)$/.test(error.code)) throw error;
    const message = `the archive could not be asked (${error.message}); tier: 'frequent_search' leaves it out`;
    sink.notice({ code: 'archive-incomplete', message, incomplete: true });
  }
}
