/** A sign of life for a person who waits. */
import type { Report } from '../reader/report.ts';
import { amount, size } from './amounts.ts';
import type { Out } from './io.ts';

/** Who waits less than this wants no progress. */
const PATIENCE_MS = 1000;
const REFRESH_MS = 200;

const ERASE_LINE = '\r\x1b[2K';

/** One line on standard error that overwrites itself; nothing at all where no terminal is. */
export class Progress {
  readonly #stderr: Out;
  readonly #report: () => Report;
  #timer: NodeJS.Timeout | undefined;
  #shown = false;

  constructor(stderr: Out, report: () => Report) {
    this.#stderr = stderr;
    this.#report = report;
  }

  start(): void {
    if (!this.#stderr.isTTY) return;
    this.#timer = setTimeout(() => {
      this.#show();
      this.#timer = setInterval(() => this.#show(), REFRESH_MS).unref();
    }, PATIENCE_MS).unref();
  }

  /** Takes the line away, so that something else can be written; it comes back if the waiting goes on. */
  clear(): void {
    if (!this.#shown) return;
    this.#stderr.write(ERASE_LINE);
    this.#shown = false;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.clear();
  }

  #show(): void {
    // One column stays free: a full line would wrap, and a wrapped line cannot be erased.
    const line = progressLine(this.#report()).slice(0, (this.#stderr.columns || 80) - 1);
    this.#stderr.write(ERASE_LINE + line);
    this.#shown = true;
  }
}

/** What has happened so far, in one line. */
export function progressLine({ sources }: Report): string {
  const total = { yielded: 0, received: 0, files: 0, bytes: 0, requests: 0, retries: 0, waitedMs: 0 };
  for (const source of sources) {
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += source[key];
  }
  const parts = [amount(total.yielded, 'event'), `${amount(total.received, 'record')} read`];
  if (total.files > 0) parts.push(amount(total.files, 'file'));
  if (total.bytes > 0) parts.push(size(total.bytes));
  if (total.requests > 0) parts.push(amount(total.requests, 'request'));
  if (total.retries > 0) parts.push(`${total.retries} retried`);
  if (total.waitedMs >= 100) parts.push(`${(total.waitedMs / 1000).toFixed(1)} s waited`);
  return parts.join(', ');
}
