/** Pieces of query text, joined so that each keeps its meaning: a list within a list of another kind gets parentheses. */

/** A condition in words, or several under one connective, and what else a language keeps of it. */
export interface Clause<Rest> {
  readonly text: string;
  readonly form: 'test' | 'all' | 'any';
  /** Of a list: its members, none of them a list of the same form. */
  readonly parts: readonly Clause<Rest>[];
  readonly rest: Rest;
}

/** @internal */
export function clause<Rest>(text: string, rest: Rest): Clause<Rest> {
  return { text, form: 'test', parts: [], rest };
}

/**
 * Clauses under `all` or `any`, without repetitions.
 *
 * @param word - The connective, such as `&&`.
 * @param sum - What else is kept of the whole.
 * @internal
 */
export function join<Rest>(
  form: 'all' | 'any',
  clauses: readonly Clause<Rest>[],
  word: string,
  sum: (parts: readonly Rest[]) => Rest,
): Clause<Rest> {
  const distinct = new Map<string, Clause<Rest>>();
  for (const one of clauses.flatMap((each) => (each.form === form ? each.parts : [each]))) {
    distinct.set(JSON.stringify([one.text, one.rest]), one);
  }
  const parts = [...distinct.values()];
  const [first, ...others] = parts;
  if (first !== undefined && others.length === 0) return first;
  return {
    text: parts.map((part) => (part.form === 'test' ? part.text : `(${part.text})`)).join(` ${word} `),
    form,
    parts,
    rest: sum(parts.map((part) => part.rest)),
  };
}
