/** Two signals as one. */

/**
 * Aborts with whichever of the two is first, and with its reason. `AbortSignal.any` where there is one; some edge runtimes
 * have none, and there a signal that outlives the other keeps listeners until the other aborts: abort it at the end.
 *
 * @internal
 */
export function joinSignals(one: AbortSignal, other: AbortSignal): AbortSignal {
  const { any } = AbortSignal as unknown as { any?: (signals: readonly AbortSignal[]) => AbortSignal };
  if (any) return any.call(AbortSignal, [one, other]);
  const joined = new AbortController();
  const both = [one, other];
  const stop = () => {
    for (const signal of both) signal.removeEventListener('abort', stop);
    joined.abort(both.find((signal) => signal.aborted)?.reason);
  };
  if (both.some((signal) => signal.aborted)) stop();
  else for (const signal of both) signal.addEventListener('abort', stop, { once: true });
  return joined.signal;
}
