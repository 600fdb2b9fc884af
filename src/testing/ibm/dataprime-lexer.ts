/** The words of a DataPrime query. */
import { nanosecondsOf } from './nanoseconds.ts';
import { badRequest } from './service-error.ts';

/** @internal */
export type Token =
  /** `text` of a symbol and of a name is as written; of a text, what it means. */
  | { readonly kind: 'symbol' | 'regex'; readonly text: string; readonly at: number }
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  /** Nanoseconds since 1970; nothing for `@now`. */
  | { readonly kind: 'time'; readonly value: bigint | undefined; readonly at: number };

const TOKENS =
  /(?<space>\s+|\/\/[^\n]*)|@(?<time>'[^']*'|"[^"]*"|now\b)|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<regex>\/(?:[^/\\\n]|\\.)+\/)|(?<number>-?\d+(?:\.\d+)?(?![\w$]))|(?<name>\$?[A-Za-z_][\w]*)|(?<symbol>==|!=|<=|>=|&&|\|\||[()[\],|<>!:.-])/suy;

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  '/': '/',
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
};

/** @internal */
export function readTokens(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    TOKENS.lastIndex = at;
    const groups = TOKENS.exec(query)?.groups;
    if (!groups) throw unexpected(query[at] ?? '', at);
    const { time, text, regex, number, name, symbol } = groups;
    if (time !== undefined) tokens.push({ kind: 'time', value: timeOf(time, at), at });
    else if (text !== undefined) tokens.push({ kind: 'text', text: meaningOf(text, at), at });
    else if (regex !== undefined) tokens.push({ kind: 'regex', text: regex.slice(1, -1), at });
    else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number), at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
    at = TOKENS.lastIndex;
  }
  return tokens;
}

/** How a quote is escaped is unverified: a backslash, as elsewhere. What is no escape is refused. */
function meaningOf(quoted: string, at: number): string {
  return quoted.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gsu, (whole, code?: string, letter?: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const meant = letter !== undefined && Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (meant === undefined) throw unexpected(whole, at);
    return meant;
  });
}

function timeOf(word: string, at: number): bigint | undefined {
  if (word === 'now') return undefined;
  const text = word.slice(1, -1);
  const time = nanosecondsOf(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text);
  if (time === undefined) throw unexpected(`@${word}`, at);
  return time;
}

/** @internal */
export function unexpected(seen: string, at: number) {
  const shown = seen.length > 40 ? `${seen.slice(0, 40)}...` : seen;
  return badRequest(`Compilation errors: unexpected ${JSON.stringify(shown)} at character ${at + 1} of the query`);
}
