/** Copies that each way of delivery gives an id of its own. */
import { contentId } from '../model/content-id.ts';
import type { AuditEvent } from '../model/event.ts';

/** Contents in one generation; two generations are kept. */
const GENERATION = 8192;

/**
 * An activity tracking event of IBM has no id: Cloud Logs gives its row one, an object in storage has none, so the same
 * event from both is told by its content. Within one source equal contents with different ids are different events, and
 * so the second one of a source is the copy of the second one of another.
 *
 * @internal
 */
export class Copies {
  #young = new Map<string, Map<object, number>>();
  #old = new Map<string, Map<object, number>>();

  /** Whether another source has given this event already. */
  isCopy(event: AuditEvent, source: object): boolean {
    if (event.provider !== 'ibm' || event.derived) return false;
    const content = event.id.startsWith('sha256:') ? event.id : contentId(event.raw);
    const counts = this.#countsOf(`${event.time.getTime()}|${content}`);
    const count = (counts.get(source) ?? 0) + 1;
    const most = Math.max(0, ...counts.values());
    counts.set(source, count);
    return count <= most;
  }

  #countsOf(key: string): Map<object, number> {
    let counts = this.#young.get(key) ?? this.#old.get(key);
    if (counts) return counts;
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    counts = new Map();
    this.#young.set(key, counts);
    return counts;
  }
}
