/** The words of others in messages of our own. */

// Whatever could steer a terminal or reorder a line: control, format, surrogate, private and separator characters.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;
const BEARER = /\bbearer\s+\S+/gi;

/** The start of a foreign text, harmless enough for a message. @internal */
export function words(text: string, most: number): string {
  const start = text
    .slice(0, 4 * most)
    .replace(UNPRINTABLE, ' ')
    .replace(BEARER, 'Bearer ...')
    .trim();
  return start.length > most ? `${start.slice(0, most)}...` : start;
}
