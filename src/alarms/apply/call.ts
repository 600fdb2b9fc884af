/** Errors of the clients, as this package's own. */
import { AuditError, messageOf } from '../../model/error.ts';
import { awsErrorCode } from '../../providers/aws/errors.ts';

/** The source that errors name. */
const SOURCE = 'aws.alarms';

/** Makes an {@link AuditError} of what a call throws, with the operation's name. @internal */
export async function called<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (AuditError.is(cause)) throw cause;
    throw new AuditError(awsErrorCode(cause), `${operation}: ${messageOf(cause)}`, { source: SOURCE, cause });
  }
}
