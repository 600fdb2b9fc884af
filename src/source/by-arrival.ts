/** Several streams of pages as one, whatever comes first. */
import type { AuditEvent } from '../model/event.ts';
import type { OwnedPage } from './merge.ts';

type Pages = AsyncIterable<readonly AuditEvent[]>;

type Arrival =
  | { readonly owner: number; readonly result: IteratorResult<readonly AuditEvent[]> }
  | { readonly owner: number; readonly error: unknown };

/**
 * Hands pages out in the order in which they arrive: a quiet input holds nobody up, and a busy one does not push the
 * others aside. Each input is asked one page ahead and no further.
 *
 * @internal
 */
export async function* byArrival(inputs: readonly Pages[]): AsyncGenerator<OwnedPage, void, undefined> {
  const all = inputs.map((input) => input[Symbol.asyncIterator]());
  const arrived: Arrival[] = [];
  let wake = () => {};
  // A queue and no race of promises: what races with a promise that stays open piles up on it.
  const ask = (owner: number) => {
    const arrive = (arrival: Arrival) => {
      arrived.push(arrival);
      wake();
    };
    all[owner]?.next().then(
      (result) => arrive({ owner, result }),
      (error: unknown) => arrive({ owner, error }),
    );
  };
  try {
    for (const owner of all.keys()) ask(owner);
    for (let open = all.length; open > 0; ) {
      const arrival = arrived.shift();
      if (!arrival) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('error' in arrival) throw arrival.error;
      const { owner, result } = arrival;
      if (result.done) {
        open--;
        continue;
      }
      yield { events: result.value, owners: owner };
      ask(owner);
    }
  } finally {
    await Promise.allSettled(all.map((pages) => pages.return?.()));
  }
}
