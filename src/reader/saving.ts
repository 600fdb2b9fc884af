/** Saving a cursor now and then: often enough that little comes twice after a crash, seldom enough to cost nothing. */
import { AuditError, messageOf } from '../model/error.ts';
import type { Checkpoint } from '../source/checkpoint.ts';
import type { Clock } from '../source/clock.ts';
import type { Cursor } from '../source/cursor.ts';

/** @internal */
export class Saving {
  readonly #checkpoint: Checkpoint;
  readonly #every: number;
  readonly #clock: Clock;
  #last = Number.NEGATIVE_INFINITY;
  #changed = false;

  constructor(checkpoint: Checkpoint, every: number, clock: Clock) {
    this.#checkpoint = checkpoint;
    this.#every = every;
    this.#clock = clock;
  }

  /** What was saved last, whatever it is. */
  async load(): Promise<unknown> {
    try {
      return await this.#checkpoint.load();
    } catch (error) {
      throw failed('loaded', error);
    }
  }

  /** There is more to save than before. */
  touch(): void {
    this.#changed = true;
  }

  get due(): boolean {
    return this.#changed && this.#clock.now() - this.#last >= this.#every;
  }

  /** Saves if there is anything new. */
  async save(cursor: () => Cursor): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    this.#last = this.#clock.now();
    try {
      await this.#checkpoint.save(cursor());
    } catch (error) {
      this.#changed = true;
      throw failed('saved', error);
    }
  }
}

function failed(what: string, error: unknown): AuditError {
  if (AuditError.is(error)) return error;
  return new AuditError('unavailable', `the checkpoint could not be ${what}: ${messageOf(error)}`, { cause: error });
}
