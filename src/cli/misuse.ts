/** Words on the command line that cannot be meant. */
import { nearest } from '../catalog/nearest.ts';

/** The run ends with code 2; the message names the word and the remedy. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/**
 * The value if it is one of the allowed ones.
 *
 * @throws Misuse that names the option, the value and the nearest right one.
 */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new Misuse(`${option}: there is no ${JSON.stringify(value)}; ${remedy(value, allowed)}`);
}

function remedy(value: string, allowed: readonly string[]): string {
  const near = nearest(value, allowed);
  if (near !== undefined) return `did you mean ${near}?`;
  return `it takes ${allowed.slice(0, 10).join(', ')}${allowed.length > 10 ? ` ... (${allowed.length} in all)` : ''}`;
}
