/** Selectors of JSON filter patterns: `$.a.b`, `$.list[0]`, `$.list[*].name`, `$.*`, `$.['key.with.dots']`. */
import { isObject } from '../../model/record.ts';
import { invalidPattern } from './service-error.ts';

type Step = { readonly key: string } | { readonly index: number } | { readonly every: 'member' | 'element' };

/** @internal */
export interface Selector {
  /** What it reaches: nothing, one value, or with a wildcard many. */
  resolve(root: unknown): readonly unknown[];
  readonly wildcards: number;
  /** Where the text goes on. */
  readonly end: number;
}

const STEP = /\.\['([^']+)'\]|\.([\w-]+)|\.(\*)|\[(\d+)\]|\[(\*)\]/y;

/** @internal */
export function parseSelector(text: string, start: number): Selector {
  if (text[start] !== '$') throw invalidPattern('a selector such as $.eventName is expected', start);
  const steps: Step[] = [];
  let end = start + 1;
  for (;;) {
    STEP.lastIndex = end;
    const found = STEP.exec(text);
    if (!found) break;
    end = STEP.lastIndex;
    const [, quoted, name, members, index] = found;
    const key = quoted ?? name;
    if (key !== undefined) steps.push({ key });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else steps.push({ every: members === undefined ? 'element' : 'member' });
  }
  if (steps.length === 0) throw invalidPattern('a selector needs a property', end);
  const wildcards = steps.filter((step) => 'every' in step).length;
  return { resolve: (root) => steps.reduce<readonly unknown[]>(follow, [root]), wildcards, end };
}

function follow(values: readonly unknown[], step: Step): readonly unknown[] {
  const reached: unknown[] = [];
  for (const value of values) {
    if ('key' in step) {
      if (isObject(value) && Object.hasOwn(value, step.key)) reached.push(value[step.key]);
    } else if ('index' in step) {
      if (Array.isArray(value) && step.index < value.length) reached.push(value[step.index]);
    } else if (step.every === 'element') {
      if (Array.isArray(value)) for (const element of value) reached.push(element);
    } else if (isObject(value)) for (const field of Object.values(value)) reached.push(field);
  }
  return reached;
}
