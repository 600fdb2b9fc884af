/** A list of what is known: a term and its value each. What is not known is not in it. */
import { element } from './element.ts';

export type Fact = (term: string, ...value: readonly (string | Node | undefined)[]) => void;

/** The list, and the function that adds to it. */
export function factList(): { readonly list: HTMLElement; readonly fact: Fact } {
  const list = element('dl');
  return {
    list,
    fact: (term, ...value) => {
      const given = value.filter((part) => part !== undefined && part !== '') as (string | Node)[];
      if (given.length > 0) list.append(element('div', {}, element('dt', {}, term), element('dd', {}, ...given)));
    },
  };
}
