/** The only loop over tokens. */
import { AuditError } from '../model/error.ts';

/** One answer of a provider that pages by token. */
export interface TokenPage<T> {
  readonly items: T;
  /** Missing at the end, and only there: an empty page with a token is not the end. */
  readonly next?: string | undefined;
}

/**
 * Asks until there is no token, a page for each pull and never ahead.
 *
 * @throws AuditError `incomplete` when a token comes back unchanged, which would go on for ever.
 * @internal
 */
export async function* paginate<T>(
  source: string,
  ask: (token: string | undefined) => Promise<TokenPage<T>>,
): AsyncGenerator<T, void, undefined> {
  let token: string | undefined;
  for (;;) {
    const { items, next } = await ask(token);
    yield items;
    if (!next) return;
    if (next === token) {
      throw new AuditError(
        'incomplete',
        `${source}: the provider gave the same page token twice, so its answer has no end; what came before is not the whole`,
        { source },
      );
    }
    token = next;
  }
}
