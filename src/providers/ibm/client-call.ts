/** One call of a client that the caller brought. */
import { member, textOf } from '../../model/record.ts';
import { unlessAborted } from '../../source/unless-aborted.ts';
import { errorOfAnswer, IbmError, ibmErrorCode } from './errors.ts';

/**
 * IBM's SDK takes no signal with a call: an abort does not wait for its answer.
 *
 * @throws IbmError for what the SDK throws, with IBM's own words.
 * @internal
 */
export async function callClient<T>(run: () => Promise<T>, service: string, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return unlessAborted(
    run().catch((error: unknown) => told(error, service)),
    signal,
  );
}

/** How the SDK begins the message of an error about a body that it could not parse. */
const UNREADABLE = 'Error processing HTTP response';

/** The SDK has one text for 401 and 403, and an error that holds the request; what IBM answered is in `result`. */
function told(error: unknown, service: string): never {
  const status = member(error, 'status');
  const result = member(error, 'result');
  if (textOf(result, 'errorCode')?.startsWith('BXNIM')) {
    const text = textOf(result, 'errorMessage') ?? 'no token';
    throw new IbmError('unauthenticated', text, { service: 'IAM', word: textOf(result, 'errorCode') });
  }
  // An error of an answer that was a success, and of one that is no JSON: it was cut off on its way.
  const cut = typeof status === 'number' ? status < 300 : textOf(error, 'message')?.startsWith(UNREADABLE);
  if (cut) throw new IbmError('unavailable', 'the answer was cut off', { service });
  if (typeof status === 'number') throw errorOfAnswer(service, status, result);
  // Without a status nothing answered: axios says why in `statusText`.
  const why = textOf(error, 'statusText');
  const code = ibmErrorCode(why === undefined ? error : { code: why });
  throw code === 'unknown' ? error : new IbmError(code, why ?? 'no answer', { service });
}
