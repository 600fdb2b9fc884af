/** Which names a place shows, best first. */
import { searchCatalog } from '../../src/catalog/index.ts';
import type { Place } from './place.ts';
import { actionsOf, isFamily, kindOf, readOnlyOf, SUBJECTS, type Subject } from './subject.ts';

export function find(place: Place): readonly Subject[] {
  return searched(place.text).filter((subject) => passes(subject, place));
}

/** The package's own search; families of names, which it does not hold, follow where each word stands in them. */
function searched(text: string): readonly Subject[] {
  const words = text.toLowerCase().split(/\s+/);
  const families = SUBJECTS.filter((subject) => {
    if (!isFamily(subject)) return false;
    const held = [subject.name, subject.title, ...actionsOf(subject)].join(' ').toLowerCase();
    return words.every((word) => held.includes(word));
  });
  return [...searchCatalog(text), ...families];
}

function passes(subject: Subject, { provider, action, kind, readOnly, status }: Place): boolean {
  return (
    (provider === '' || subject.provider === provider) &&
    (action === '' || actionsOf(subject).some((one) => one === action)) &&
    (kind === '' || kindOf(subject) === kind) &&
    (readOnly === '' || readOnlyWord(subject) === readOnly) &&
    (status === '' || subject.status === status)
  );
}

/** `yes`, `no`, or `unknown` where no source settles it. */
export function readOnlyWord(subject: Subject): 'yes' | 'no' | 'unknown' {
  const readOnly = readOnlyOf(subject);
  return readOnly === undefined ? 'unknown' : readOnly ? 'yes' : 'no';
}
