/** The search field and the choices above the table. */
import { ACTIONS } from '../../src/catalog/index.ts';
import { byId, element } from './element.ts';
import type { Service } from './others.ts';
import type { Place } from './place.ts';
import { readOnlyWord } from './row.ts';
import { CLOUDS, kindOf, SUBJECTS } from './subject.ts';

type Choice = 'service' | 'provider' | 'action' | 'kind' | 'readOnly' | 'status';

/** The values to choose from; those of the catalog itself, so that none is offered that finds nothing. */
const CHOICES: Readonly<Record<Choice, readonly (readonly [value: string, label: string])[]>> = {
  // The services themselves come with their names.
  service: [],
  provider: Object.entries(CLOUDS),
  action: ACTIONS.map((action) => [action, action]),
  kind: [...new Set(SUBJECTS.map(kindOf))].map((kind) => [kind, kind]),
  readOnly: [...new Set(SUBJECTS.map(readOnlyWord))].map((word) => [word, word]),
  status: [...new Set(SUBJECTS.map(({ status }) => status))].map((status) => [status, status]),
};

export interface Controls {
  /** Says what a place says; the answer is what of it can be said, with a choice that is not offered left out. */
  set(place: Place): Partial<Place>;
  /** Offers services to choose from. */
  offer(services: Iterable<Service>): void;
  /** Brings the keyboard to the search field. */
  focus(): void;
}

/** `changed` is called with what the controls say, whenever somebody types or chooses. */
export function controlsOf(changed: (said: Partial<Place>) => void): Controls {
  const text = byId('text', HTMLInputElement);
  const selects = Object.entries(CHOICES).map(([name, choices]) => {
    const select = byId(name, HTMLSelectElement);
    select.append(...choices.map(([value, label]) => element('option', { value }, label)));
    return [name as Choice, select] as const;
  });
  const tell = () =>
    changed({ text: text.value, ...Object.fromEntries(selects.map(([name, select]) => [name, select.value])) });
  text.addEventListener('input', tell);
  for (const [, select] of selects) select.addEventListener('change', tell);
  byId('search', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
  return {
    set(place) {
      if (text.value !== place.text) text.value = place.text;
      const taken = selects.map(([name, select]) => {
        select.value = place[name];
        // A value that is not to be chosen from.
        if (select.selectedIndex < 0) select.value = '';
        return [name, select.value];
      });
      return Object.fromEntries(taken);
    },
    offer(services) {
      const groups = new Map<string, HTMLOptGroupElement>();
      for (const { id, label, group } of services) {
        const among = groups.get(group) ?? element('optgroup', { label: group });
        groups.set(group, among);
        among.append(element('option', { value: id }, label));
      }
      byId('service', HTMLSelectElement).append(...groups.values());
    },
    focus: () => text.focus(),
  };
}
