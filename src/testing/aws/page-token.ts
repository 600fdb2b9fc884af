/** Tokens that lead to the next page: opaque outside, and bound to what they were made for. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Position, Snapshot } from '../timeline.ts';

/** What a token remembers. @internal */
export interface PageState {
  readonly operation: string;
  /** The parameters that may not change from page to page, as one text. */
  readonly parameters: string;
  readonly snapshot: Snapshot;
  readonly after?: Position | undefined;
  readonly newestFirst: boolean;
  readonly issuedAt: number;
  /** The number of rows before the page, where rows are counted. */
  readonly offset?: number;
}

/** @internal */
export class PageTokens {
  readonly #key = randomBytes(32);
  #issued = 0;

  /** Never the same text twice, even for the same page. */
  issue(state: PageState): string {
    const body = Buffer.from(JSON.stringify([++this.#issued, { ...state, parameters: this.#sign(state.parameters) }]));
    return `${body.toString('base64url')}.${this.#sign(body.toString('base64url'))}`;
  }

  /** `undefined` for a token that was never issued, or was for other parameters. */
  read(token: string, operation: string, parameters: string): PageState | undefined {
    const [body = '', signature = ''] = token.split('.');
    if (signature !== this.#sign(body)) return undefined;
    const [, state] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [number, PageState];
    return state.operation === operation && state.parameters === this.#sign(parameters) ? state : undefined;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, 22);
  }
}
