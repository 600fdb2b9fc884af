/** Which names a place shows, best first. */
import { searchCatalog } from '../../src/catalog/index.ts';
import type { Others } from './others.ts';
import { EVERY, type Place } from './place.ts';
import { isOther, type Row, readOnlyWord, serviceOf } from './row.ts';
import { actionsOf, isFamily, kindOf, SUBJECTS, type Subject } from './subject.ts';

/** Among the secrets managers' names. */
export function find(place: Place): readonly Subject[] {
  return [...searchCatalog(place.text), ...families(place.text)].filter((subject) => passes(subject, place));
}

/** Among the names of one service, or of all. */
export async function findBeyond(place: Place, others: Others): Promise<readonly Row[]> {
  return (await searched(place, others)).filter((row) => passes(row, place));
}

async function searched({ text, service }: Place, others: Others): Promise<readonly Row[]> {
  if (text.trim() === '') return [...SUBJECTS, ...others.names];
  // Said to the search too: a better match of another service must not keep a typo from being forgiven in this one.
  const known =
    others.names.some((event) => event.service === service) || SUBJECTS.some((one) => one.service === service);
  const found = await searchCatalog(text, { everywhere: true, ...(known && { service }) });
  const better = found.filter((row) => !isOther(row) || others.named(serviceOf(row), row.name) === row);
  return [...better, ...families(text)];
}

/** Families of names, which the package's search does not hold, follow where each word stands in them. */
function families(text: string): readonly Subject[] {
  const words = text.toLowerCase().split(/\s+/);
  return SUBJECTS.filter((subject) => {
    if (!isFamily(subject)) return false;
    const held = [subject.name, subject.title, ...actionsOf(subject)].join(' ').toLowerCase();
    return words.every((word) => held.includes(word));
  });
}

function passes(row: Row, { service, provider, action, kind, readOnly, status }: Place): boolean {
  return (
    (service === '' || service === EVERY || serviceOf(row) === service) &&
    (provider === '' || row.provider === provider) &&
    (action === '' || (!isOther(row) && actionsOf(row).some((one) => one === action))) &&
    (kind === '' || (!isOther(row) && kindOf(row) === kind)) &&
    (readOnly === '' || readOnlyWord(row) === readOnly) &&
    (status === '' || row.status === status)
  );
}
