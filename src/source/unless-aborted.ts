/** Waiting for somebody who takes no signal. */

/**
 * The result, or the signal's reason as soon as it aborts: nobody waits for an answer that nobody will read.
 *
 * @internal
 */
export async function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    // A stream that follows waits thousands of times by one signal.
    signal.removeEventListener('abort', stop);
  }
}
