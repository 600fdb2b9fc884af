/** The words of a Logs Insights query. */
import { ServiceError } from './service-error.ts';

/** @internal */
export type Token =
  | { readonly kind: 'symbol' | 'text' | 'regex'; readonly text: string; readonly start: number; readonly end: number }
  /** A name, or a keyword: `word` is what a keyword is compared with, and empty for a quoted name. */
  | {
      readonly kind: 'name';
      readonly text: string;
      readonly word: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'number'; readonly value: number; readonly start: number; readonly end: number };

// In this order: space and comments, texts, regexes, numbers, names, symbols.
const TOKENS =
  /(?<space>\s+|#[^\n]*)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<regex>\/(?:[^/\\\n]|\\.)+\/)|(?<number>-?\d+(?:\.\d+)?(?![\w@]))|(?<name>(?:[A-Za-z_@][\w@]*|`[^`]+`)(?:\.?`[^`]+`|\.[\w@]+)*)|(?<symbol>!=|<=|>=|=~|[()[\],|=<>*])/suy;

/** @internal */
export function readTokens(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  while (start < query.length) {
    TOKENS.lastIndex = start;
    const groups = TOKENS.exec(query)?.groups;
    if (!groups) throw malformedQuery(`unexpected symbol found ${query[start]}`, start, start + 1);
    const end = TOKENS.lastIndex;
    const { text, regex, number, name, symbol } = groups;
    if (text !== undefined) {
      tokens.push({ kind: 'text', text: text.slice(1, -1).replace(/\\(["'\\])/g, '$1'), start, end });
    } else if (regex !== undefined) tokens.push({ kind: 'regex', text: regex.slice(1, -1), start, end });
    else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number), start, end });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, start, end });
    else if (name !== undefined) {
      const word = name.includes('`') ? '' : name.toLowerCase();
      tokens.push({ kind: 'name', text: name.replaceAll('`', ''), word, start, end });
    }
    start = end;
  }
  return tokens;
}

/** @internal */
export function malformedQuery(message: string, start: number, end = start): ServiceError {
  return new ServiceError('MalformedQueryException', `${message} at line 1 and position ${start}`, 400, {
    queryCompileError: { location: { startCharOffset: start, endCharOffset: end }, message },
  });
}
