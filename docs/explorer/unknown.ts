/** What the address names and no list has, said with the nearest that one has. */
import { nearest } from '../../src/catalog/nearest.ts';
import type { Others } from './others.ts';
import { EVERY, type Place } from './place.ts';
import { type Row, serviceOf } from './row.ts';
import { SUBJECTS } from './subject.ts';

/** What follows the count; nothing where all that is named is known. `row` is what the name led to. */
export function unknownIn({ service, event, of }: Place, row: Row | undefined, others: Others | undefined): string {
  const said: string[] = [];
  for (const one of new Set([service, of])) {
    if (one === '' || one === EVERY || others === undefined || others.services.has(one)) continue;
    said.push(`; ${JSON.stringify(one)} is no known service${meant(nearest(one, others.services.keys()))}`);
  }
  if (event !== '' && row === undefined) {
    const names = namesOf(of === '' ? service : of, others);
    said.push(`; ${JSON.stringify(event)} is not in the catalog${meant(nearest(event, names))}`);
  }
  return said.join('');
}

/** Names of the service, where the address names one that is known; else the secrets managers'. */
function namesOf(service: string, others: Others | undefined): readonly string[] {
  const own = SUBJECTS.map(({ name }) => name);
  const names = others?.names.filter((row) => serviceOf(row) === service).map(({ name }) => name) ?? [];
  return names.length > 0 ? names : own;
}

function meant(near: string | undefined): string {
  return near === undefined ? '' : `, did you mean ${near}?`;
}
