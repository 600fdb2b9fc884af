/** Working a fault into a page. */
import { isObject, member, textOf } from '../../model/record.ts';
import type { Answer, Call, PageLayout } from './backend.ts';
import type { AwsFault } from './faults.ts';

/** The answer's body, with the fault in it when it has a page. @internal */
export function applyPageFault(fault: AwsFault, answer: Answer, call: Call): Answer['output'] {
  const { output, page } = answer;
  if (fault.kind === 'query-status') return 'status' in output ? { ...output, status: fault.status } : output;
  if (!page) return output;
  switch (fault.kind) {
    case 'empty-page':
      return { ...output, [page.list]: [], [page.token]: page.again() };
    case 'duplicate-page':
      return { ...output, [page.token]: page.again() };
    case 'same-token':
      return { ...output, [page.token]: textOf(call.input, page.token) ?? page.again() };
    default:
      return { ...output, [page.list]: spoiled(output[page.list], page) };
  }
}

function spoiled(items: unknown, page: PageLayout): unknown {
  if (!Array.isArray(items) || page.record === undefined) return items;
  const [first, ...others] = items;
  return [spoil(first, page.record), ...others];
}

function spoil(item: unknown, key: string): unknown {
  // A row is a list of fields.
  if (Array.isArray(item)) {
    return item.map((cell) => (member(cell, 'field') === key ? { ...cell, value: half(member(cell, 'value')) } : cell));
  }
  return isObject(item) ? { ...item, [key]: half(member(item, key)) } : item;
}

function half(text: unknown): string {
  const whole = String(text);
  return whole.slice(0, Math.floor(whole.length / 2));
}
