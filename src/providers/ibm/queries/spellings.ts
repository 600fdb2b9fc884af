/**
 * A word in the ways in which it is spelt. IBM documents its words in lower case and the decoder takes them in any case,
 * so a query asks for more than the documented one.
 *
 * @internal
 */
export function spellings(word: string): readonly string[] {
  return [word, `${word.charAt(0).toUpperCase()}${word.slice(1)}`, word.toUpperCase()];
}
