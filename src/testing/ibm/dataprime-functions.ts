/** The functions of DataPrime; each can also be written as a method of its first argument. */
import { compare, type Value } from './dataprime-value.ts';
import type { RowView } from './row-view.ts';
import { badRequest } from './service-error.ts';

/** @internal */
export type Expression = (row: RowView) => Value;

const NO_ROW: RowView = { d: undefined, l: {}, m: {} };

type Call = (values: readonly Value[]) => Value;

const FUNCTIONS: Readonly<Record<string, { readonly values: number; readonly call: Call }>> = {
  contains: { values: 2, call: onTexts((text, part) => text.includes(part)) },
  startsWith: { values: 2, call: onTexts((text, part) => text.startsWith(part)) },
  endsWith: { values: 2, call: onTexts((text, part) => text.endsWith(part)) },
  matches: { values: 2, call: matches },
  toLowerCase: { values: 1, call: onText((text) => text.toLowerCase()) },
  toUpperCase: { values: 1, call: onText((text) => text.toUpperCase()) },
  trim: { values: 1, call: onText((text) => text.trim()) },
  length: { values: 1, call: onText((text) => [...text].length) },
};

/** `undefined` when there is no such function, or not with so many arguments. @internal */
export function callOf(name: string, values: readonly Expression[]): Expression | undefined {
  const [subject, ...others] = values;
  if (name === 'in' && subject && others.length > 0) {
    return joined(
      others.map(
        (other): Expression =>
          (row) =>
            compare('==', subject(row), other(row)),
      ),
      true,
    );
  }
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found?.values !== values.length) return undefined;
  // A pattern that stands in the query is checked before there is a row.
  if (name === 'matches') matches(['', others[0]?.(NO_ROW)]);
  return (row) => found.call(values.map((value) => value(row)));
}

/** `&&`, or with `either` `||`. What is not known stays unknown, unless another part decides. @internal */
export function joined(parts: readonly Expression[], either: boolean): Expression {
  if (parts.length === 1 && parts[0]) return parts[0];
  return (row) => {
    let unknown = false;
    for (const part of parts) {
      const value = flag(part(row));
      if (value === either) return either;
      if (value === undefined) unknown = true;
    }
    return unknown ? undefined : !either;
  };
}

/** @internal */
export function flag(value: Value): boolean | undefined {
  return value === undefined ? undefined : value === true;
}

/** Of what is no text, no test holds. */
function onTexts(test: (text: string, part: string) => boolean): Call {
  return ([text, part]) => {
    if (text === undefined || part === undefined) return undefined;
    return typeof text === 'string' && typeof part === 'string' && test(text, part);
  };
}

function onText(change: (text: string) => Value): Call {
  return ([text]) => (typeof text === 'string' ? change(text) : text === undefined ? undefined : null);
}

/** The pattern is a regular expression or a text that holds one; it may match anywhere. */
function matches([text, pattern]: readonly Value[]): Value {
  if (text === undefined || pattern === undefined) return undefined;
  if (typeof text !== 'string') return false;
  if (pattern instanceof RegExp) return pattern.test(text);
  return typeof pattern === 'string' && regexOf(pattern).test(text);
}

/** @internal */
export function regexOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw badRequest('Compilation errors: a regular expression is not valid');
  }
}
