/** How many queries a minute an instance takes. */
import type { Clock } from '../clock.ts';

/** Limits of Cloud Logs. */
export interface IbmQuotas {
  /** 10 when left out. */
  readonly queriesPerMinute?: number;
}

const MINUTE = 60_000;

/** Counts what was let in within the last minute, whenever that began; what was refused does not count. @internal */
export class QueryQuota {
  readonly #clock: Clock;
  readonly #most: number;
  #admitted: number[] = [];

  constructor(clock: Clock, quotas: IbmQuotas | false) {
    this.#clock = clock;
    this.#most = quotas === false ? Number.POSITIVE_INFINITY : (quotas.queriesPerMinute ?? 10);
  }

  admits(): boolean {
    if (this.#most === Number.POSITIVE_INFINITY) return true;
    const now = this.#clock.now();
    this.#admitted = this.#admitted.filter((time) => time > now - MINUTE);
    if (this.#admitted.length >= this.#most) return false;
    this.#admitted.push(now);
    return true;
  }
}
