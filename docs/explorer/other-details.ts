/** What a row of another service opens to: what little is known, where from, and its queries. */
import type { NameBasis, ServiceEvent } from '../../src/catalog/services/service-event.ts';
import { element } from './element.ts';
import { factList } from './facts.ts';
import { questionsOfOther } from './other-questions.ts';
import type { Others } from './others.ts';
import { querySection } from './query-section.ts';
import { serviceOf } from './row.ts';

const BASES: Readonly<Record<NameBasis, string>> = {
  operation: 'an operation of a public API model; a call is recorded under this name, as a rule',
  record: 'stands in public records or on a page, and is no operation of an API',
  page: "a page of IBM's documentation lists it as an activity tracking action",
};

export function otherDetails(event: ServiceEvent, { services }: Others, status: HTMLElement): readonly HTMLElement[] {
  const { list, fact } = factList();
  fact(event.provider === 'aws' ? 'Event source' : 'Service', event.service ?? 'unknown');
  fact('Known by', services.get(serviceOf(event))?.said);
  fact('Called', event.product);
  fact('Name', BASES[event.basis]);
  fact('Placeholders', event.pattern && 'records have words of their own in place of those in <>');
  fact('Read-only', event.readOnly === undefined ? 'unknown: no model says it' : event.readOnly ? 'yes' : 'no');
  fact('Status', event.status === 'retired' ? 'retired: only superseded pages list it' : 'current');
  fact('Note', event.note);
  fact('From', fromOf(event.source));
  return [
    element('section', {}, element('h2', {}, 'What is known'), list),
    querySection(event.name, questionsOfOther(event), status),
  ];
}

/** A list with its version and date, or a page. */
function fromOf(source: string): Node | string {
  return source.startsWith('https://') ? element('a', { href: source, rel: 'noreferrer' }, source) : source;
}
