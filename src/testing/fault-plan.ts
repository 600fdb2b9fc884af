/** When planned failures happen. */
import type { Random } from './random.ts';

/** When a planned failure happens, and how often. */
export interface FaultTiming {
  /** How many requests of those it is meant for pass first. */
  readonly after?: number;
  /** How often it happens: once, or with a probability again and again. */
  readonly times?: number;
  /** How likely a request is to be hit, from 0 to 1. Drawn from the server's seed, so that a run repeats. */
  readonly probability?: number;
}

interface Planned<Fault> {
  readonly fault: Fault;
  passing: number;
  left: number;
}

/** @internal */
export class FaultPlan<Fault extends FaultTiming> {
  #planned: Planned<Fault>[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  add(fault: Fault): void {
    const left = fault.times ?? (fault.probability === undefined ? 1 : Number.POSITIVE_INFINITY);
    this.#planned.push({ fault, passing: fault.after ?? 0, left });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The first fault that is meant for a request and hits it; it is used up by that. */
  take(meant: (fault: Fault) => boolean): Fault | undefined {
    for (const planned of this.#planned) {
      const { fault } = planned;
      if (planned.left <= 0 || !meant(fault)) continue;
      if (planned.passing > 0) planned.passing--;
      else if (fault.probability === undefined || this.#random() < fault.probability) {
        planned.left--;
        return fault;
      }
    }
    return undefined;
  }
}
