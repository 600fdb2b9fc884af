/**
 * What a query says of a record: `true`, `false`, or `undefined` where the documentation leaves it open. A law that asks
 * for a definite answer therefore holds a compiled query to what is documented.
 */
export type Verdict = boolean | undefined;

export function every(parts: readonly Verdict[]): Verdict {
  return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
}

export function some(parts: readonly Verdict[]): Verdict {
  return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
}

export function opposite(part: Verdict): Verdict {
  return part === undefined ? undefined : !part;
}
