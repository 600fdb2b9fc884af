/** Where a stream keeps its cursor, so that the next process goes on from there. */
import type { Cursor } from './cursor.ts';

/** A place for one cursor. */
export interface Checkpoint {
  /** What was saved last; `undefined` when nothing was. A cursor, or its JSON text: the stream checks it. */
  load(): Promise<unknown>;
  /** Replaces it. Resolves when it is safe, and is not called again before. */
  save(cursor: Cursor): Promise<void>;
}

/** A store of texts by key: a `Map`, a Keyv, a client of a database in a thin coat. Answers may be promises. */
export interface KeyedStore {
  /** The text, or `undefined` or `null` when there is none. */
  get(key: string): unknown;
  /** Keeps a text. */
  set(key: string, value: string): unknown;
}

/**
 * A checkpoint in a store of any kind.
 *
 * @param key - Tells streams apart that share the store.
 * @example
 * ```ts
 * import { events, storeCheckpoint } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 *
 * const store = new Map<string, string>(); // or new Keyv(...)
 * const checkpoint = storeCheckpoint(store, 'denied-reads');
 * const stream = events(cloudTrailLookup({ region: 'us-east-1' }), { where: { denied: true }, follow: true, checkpoint });
 * for await (const event of stream) console.log(event.actor.name);
 * ```
 */
export function storeCheckpoint(store: KeyedStore, key = 'secret-events'): Checkpoint {
  return {
    load: async () => (await store.get(key)) ?? undefined,
    save: async (cursor) => {
      await store.set(key, JSON.stringify(cursor));
    },
  };
}
