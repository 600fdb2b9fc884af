/** The words of a Lucene query. */
import { badRequest } from './service-error.ts';

/** A piece of a term: a text that means itself, or a wildcard. @internal */
export type Piece = string | { readonly wildcard: '*' | '?' };

/** @internal */
export type LuceneToken =
  | { readonly kind: 'term'; readonly pieces: readonly Piece[]; readonly raw: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number }
  | { readonly kind: 'phrase' | 'regex'; readonly text: string; readonly at: number };

// What may stand in a term without a backslash is what Lucene's own grammar allows.
const TOKENS =
  /(?<space>[ \t\n\r\u3000]+)|(?<phrase>"(?:[^"\\]|\\.)*")|(?<regex>\/(?:[^/\\]|\\.)*\/)|(?<term>(?:[^ \t\n\r\u3000+\-!():^[\]"{}~\\/]|\\.)(?:[^ \t\n\r\u3000!():^[\]"{}~\\/]|\\.)*)|(?<symbol>[+\-!():[\]{}])/suy;

/** @internal */
export function readLuceneTokens(query: string): readonly LuceneToken[] {
  const tokens: LuceneToken[] = [];
  let at = 0;
  while (at < query.length) {
    TOKENS.lastIndex = at;
    const groups = TOKENS.exec(query)?.groups;
    if (!groups) throw malformed(`unexpected ${JSON.stringify(query.slice(at, at + 20))}`, at);
    const { phrase, regex, term, symbol } = groups;
    if (phrase !== undefined) tokens.push({ kind: 'phrase', text: phrase.slice(1, -1).replace(/\\(.)/gsu, '$1'), at });
    else if (regex !== undefined) tokens.push({ kind: 'regex', text: regex.slice(1, -1), at });
    else if (term !== undefined) tokens.push({ kind: 'term', pieces: piecesOf(term), raw: term, at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
    at = TOKENS.lastIndex;
  }
  return tokens;
}

function piecesOf(term: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  for (const [whole, escaped] of term.matchAll(/\\(.)|./gsu)) {
    if (escaped === undefined && (whole === '*' || whole === '?')) {
      if (text !== '') pieces.push(text);
      text = '';
      pieces.push({ wildcard: whole });
    } else text += escaped ?? whole;
  }
  if (text !== '') pieces.push(text);
  return pieces;
}

/** @internal */
export function malformed(why: string, at: number) {
  return badRequest(`Failed to parse the query: ${why} at character ${at + 1}`);
}
