/** How a provider makes events of JSON that was read from anywhere: a file, a queue, a Lambda payload. */
import type { Provider } from '../catalog/entry.ts';
import type { AuditEvent } from '../model/event.ts';
import type { JsonObject } from '../model/record.ts';

/** Something that looked like a record, or was found in its place, and gives no event. */
export interface Problem {
  /**
   * `malformed-record`: an audit record without a usable time or name. `not-a-record`: something else altogether.
   * `incomplete-answer`: the provider's word, among the records of an answer, that more exist than it holds.
   */
  readonly problem: 'malformed-record' | 'not-a-record' | 'incomplete-answer';
  /** What is wrong, in a few words; never the record itself. */
  readonly reason: string;
}

/** What one record became. */
export type Reading = AuditEvent | Problem;

/** @internal */
export function isProblem(reading: Reading): reading is Problem {
  return 'problem' in reading;
}

/**
 * What settles, without decoding it, which event a bare record becomes. An object with a time that can be read under
 * `time`, a text under `name`, and under `service` a text that does not begin with `foreign`, each once, gives exactly one
 * event of that time and service, whatever else is in it.
 */
export interface RecordOutline {
  readonly time: string;
  readonly name: string;
  readonly service: string;
  readonly foreign: string;
}

/** One provider's records and the envelopes in which they travel. */
export interface RecordFormat {
  readonly provider: Provider;
  /**
   * Members of a top-level object whose array holds records or envelopes (`Records`). Such an array is read element by
   * element, so that a file that is one huge object never stands in memory as a whole.
   */
  readonly arrays: readonly string[];
  /** Missing: only decoding tells. */
  readonly outline?: RecordOutline;
  /**
   * The events of one value: a record, or an envelope with one or several. `undefined`: nothing of this provider.
   * An empty list: an envelope that carries none (a control message). Never throws, whatever the value.
   */
  read(value: JsonObject, source: string): readonly Reading[] | undefined;
}
