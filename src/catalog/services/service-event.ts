/**
 * What is known of a name beside the secrets managers' own: far less than a {@link CatalogEntry} says, for far more names.
 *
 * @module
 */
import type { Provider } from '../entry.ts';

/**
 * Where a name comes from.
 *
 * - `operation`: an operation of a public API model of AWS. CloudTrail records a call under this name, as a rule.
 * - `record`: it stands in public records or on a page, and in no model: sign-ins, events of the service itself, names
 *   with the version of an API at the end.
 * - `page`: a page of IBM's documentation lists it as an activity tracking action.
 */
export type NameBasis = 'operation' | 'record' | 'page';

/** One event or action name of any service. */
export interface ServiceEvent {
  /** As the cloud records it: `Decrypt`, `kms.secrets.unwrap`. Of a pattern, with its placeholders. */
  readonly name: string;
  readonly provider: Provider;
  /**
   * CloudTrail event source, or the first word of IBM's action. `undefined`: no public source says under which event
   * source the service is recorded, or, with {@link ServiceEvent.pattern}, any service may stand there.
   */
  readonly service?: string;
  /** What the model or the page calls the service: `KMS`, `Lambda`. */
  readonly product: string;
  readonly basis: NameBasis;
  /** `retired`: only superseded pages list it; needed to read old archives. */
  readonly status: 'current' | 'retired';
  /** Whether nothing is changed. Only where a model says so; most do not, and then it is missing. */
  readonly readOnly?: boolean;
  /** The name holds placeholders, such as `<service_name>`, that records fill in. */
  readonly pattern?: true;
  /** What is odd or unsettled. */
  readonly note?: string;
  /** The list or page it comes from, with its date. */
  readonly source: string;
}
