// Time that runs a number of times as fast as on the wall, so that minutes of waiting for a quota take seconds.

/** @param {number} factor */
export function fastClock(factor) {
  const began = Date.now();
  const since = performance.now();
  return {
    now: () => began + (performance.now() - since) * factor,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const stop = () => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', stop);
          resolve();
        }, ms / factor);
        signal?.addEventListener('abort', stop, { once: true });
      }),
  };
}
