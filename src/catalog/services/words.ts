/**
 * Unpacks names that are one text in a type, so that only the service that is named costs the compiler anything. A union
 * of all services' names would cost everybody, and most of all those who check the types of their libraries.
 *
 * @module
 */

/** The words of a text as a union: `'a b'` is `'a' | 'b'`. Lines keep each of the two recursions short. */
export type Words<Text extends string> = Text extends `${infer Line}\n${infer Rest}`
  ? WordsOfLine<Line> | Words<Rest>
  : WordsOfLine<Text>;

type WordsOfLine<Line extends string, Found extends string = never> = Line extends `${infer Word} ${infer Rest}`
  ? WordsOfLine<Rest, Found | Word>
  : Found | Line;
