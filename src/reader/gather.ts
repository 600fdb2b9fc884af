/** What the sources of a stream give, as one: loaded when a stream is opened, since a program may only ask for its plan. */
import type { AuditEvent } from '../model/event.ts';
import { byArrival } from '../source/by-arrival.ts';
import { merge, type OwnedPage } from '../source/merge.ts';
import type { Order } from '../source/source.ts';
import { Sieve } from './sieve.ts';
import type { SourceReading } from './source-reading.ts';

/** @internal */
export interface Gathered {
  readonly merged: AsyncGenerator<OwnedPage, void, undefined>;
  /** Takes copies out of its pages. */
  readonly sieve: Sieve;
}

/** The pages of all parts in one order; `resumed` says whether sources give again what was taken before. @internal */
export function gather(
  parts: readonly SourceReading[],
  pages: readonly AsyncGenerator<readonly AuditEvent[], void, undefined>[],
  { order, follow, resumed }: { readonly order: Order; readonly follow: boolean; readonly resumed: boolean },
): Gathered {
  return { merged: follow ? byArrival(pages) : merge(pages, order), sieve: new Sieve(parts, resumed || follow) };
}
