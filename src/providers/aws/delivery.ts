/** Records arrive after their acts: how far a window must be read for it, and what may not have arrived yet. */
import { AuditError } from '../../model/error.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { Span } from '../../source/windows.ts';

/**
 * The window in which the records of `[from, to)` arrive.
 *
 * @internal
 */
export function arrivalWindow({ from, to, startedAt }: SourceRequest, delay: number): Span {
  const now = startedAt.getTime();
  return { start: from?.getTime() ?? 0, end: to ? Math.min(now, to.getTime() + delay) : now };
}

/** @internal */
export function checkDelay(deliveryDelay = 0): void {
  if (deliveryDelay >= 0) return;
  throw new AuditError('invalid-argument', `deliveryDelay: ${deliveryDelay} is no time in milliseconds`);
}

/**
 * Says so when the window reaches into the time for which records may still be on their way.
 *
 * @internal
 */
export function tellIfNotFinal({ to, startedAt, sink }: SourceRequest, delay: number): void {
  if ((to ?? startedAt).getTime() <= startedAt.getTime() - delay) return;
  const message = `CloudTrail delivers minutes late and promises nothing; events of the last ${Math.round(delay / 60_000)} minutes may still be missing`;
  sink.notice({ code: 'not-final-yet', message, incomplete: true });
}
