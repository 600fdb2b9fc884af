/** What a source threw, as this package's own error. */
import { AuditError, messageOf } from '../model/error.ts';
import type { AuditSource } from './source.ts';

/** Names the source, unless the error already says where it came from. @internal */
export function sourceError(error: unknown, source: Pick<AuditSource, 'name' | 'codeOf'>): AuditError {
  const { name } = source;
  if (!AuditError.is(error)) {
    return new AuditError(source.codeOf(error), `${name}: ${messageOf(error)}`, { source: name, cause: error });
  }
  if (error.source !== undefined) return error;
  return new AuditError(error.code, error.message, {
    source: name,
    ...('cause' in error && { cause: error.cause }),
  });
}
