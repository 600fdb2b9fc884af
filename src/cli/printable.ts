/**
 * Text from records made safe for a terminal. A user agent, a secret name or a file name is chosen by strangers, and a
 * terminal obeys what it is sent: the one place that takes the orders out.
 */

/**
 * Everything that is no visible text: controls (C0, DEL, C1), format characters (bidi overrides and isolates, zero-width
 * characters, tags, the byte order mark), line and paragraph separators, and lone surrogates. A joiner inside an emoji
 * is shown too: in a name that an audit is about, what cannot be seen is worth seeing.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Nearly all text is plain ASCII, which one test settles. */
const SUSPICIOUS = /[^ -~]/;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text in one line, with every character that is no visible text as an escape: `\n`, `\x1b`, `\u202e`. */
export function printable(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(UNPRINTABLE, visible) : text;
}

/** The same for a text of several lines: line ends stay, everything else is shown. */
export function printableLines(text: string): string {
  return SUSPICIOUS.test(text) ? text.split('\n').map(printable).join('\n') : text;
}

/**
 * JSON text with the same characters as `\u` escapes. JSON.stringify leaves DEL, C1 and bidi overrides as they are; a
 * reader of JSON gets the very same value either way, a terminal does not get the character.
 */
export function printableJson(json: string): string {
  return SUSPICIOUS.test(json) ? json.replace(UNPRINTABLE, escapedUnits) : json;
}

function visible(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) as number;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 0)}}`;
}

function escapedUnits(character: string): string {
  let escaped = '';
  for (let i = 0; i < character.length; i++) escaped += `\\u${hex(character.charCodeAt(i), 4)}`;
  return escaped;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
