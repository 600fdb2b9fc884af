/** Takes out what has been handed out already. */
import type { AuditEvent } from '../model/event.ts';
import type { OwnedPage } from '../source/merge.ts';
import { Copies } from './copies.ts';
import { Page } from './page.ts';
import { keyOf, Seen } from './seen.ts';
import type { SourceReading } from './source-reading.ts';

/** @internal */
export class Sieve {
  readonly #parts: readonly SourceReading[];
  readonly #rereads: boolean;
  readonly #seen = new Seen();
  readonly #copies: Copies | undefined;

  /** @param rereads - Whether sources give again what was taken in an earlier round, or before a restart. */
  constructor(parts: readonly SourceReading[], rereads: boolean) {
    this.#parts = parts;
    this.#rereads = rereads;
    this.#copies = parts.length > 1 ? new Copies() : undefined;
  }

  /** Whether copies that stood far apart may have slipped through. */
  get mayHaveMissed(): boolean {
    return this.#seen.mayHaveMissed;
  }

  /** The page without copies, counted, and no longer than `left`. */
  sift({ events, owners }: OwnedPage, left: number): Page {
    const page = new Page();
    for (let i = 0; i < events.length; i++) {
      const event = events[i] as AuditEvent;
      const part = this.#parts[typeof owners === 'number' ? owners : (owners[i] as number)] as SourceReading;
      const key = keyOf(event);
      const time = event.time.getTime();
      if (this.#isKnown(key, time) || this.#copies?.isCopy(event, part)) {
        part.books.count('duplicates');
        // Behind the limit nothing is taken, and so no source has been read that far.
        if (page.events.length < left) page.addCopy(part, key, time);
        continue;
      }
      part.books.passed++;
      if (page.events.length < left) page.add(event, part, key);
    }
    return page;
  }

  #isKnown(key: string, time: number): boolean {
    // Remembered in any case: when a place knows it no longer, a copy of it may still come.
    if (!this.#seen.add(key, time)) return true;
    return this.#rereads && this.#parts.some(({ progress }) => progress.knows(key));
  }
}
