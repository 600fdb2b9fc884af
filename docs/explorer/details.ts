/** What a name of the secrets managers opens to: its meaning, its equivalents, and its queries. */
import type { CatalogEntry, EntryKind, EntryStatus } from '../../src/catalog/index.ts';
import { element } from './element.ts';
import { type Fact, factList } from './facts.ts';
import { hashOf, NOWHERE } from './place.ts';
import { questionsOf } from './queries.ts';
import { querySection } from './query-section.ts';
import { readOnlyWord } from './row.ts';
import { actionsOf, CLOUDS, equivalentsOf, isFamily, kindOf, type Subject, subjectNamed } from './subject.ts';

const KINDS: Readonly<Record<EntryKind, string>> = {
  api: 'somebody called an operation',
  service: 'the service records it by itself',
  notification: 'a notice of IBM Event Notifications, no audit record',
  native: "Amazon EventBridge's own event, without CloudTrail",
};

const STATUSES: Readonly<Record<EntryStatus, string>> = {
  current: 'documented today',
  retired: 'gone from the documentation; old archives have it',
  'iam-only': 'an IAM action without a documented audit event',
  beta: 'documented for a plan that is a public beta',
};

export function detailsOf(subject: Subject, status: HTMLElement): readonly HTMLElement[] {
  return [
    element('div', { class: 'columns' }, factsOf(subject), equivalentsList(subject)),
    querySection(actionsOf(subject).join(', '), questionsOf(subject), status),
  ];
}

function factsOf(subject: Subject): HTMLElement {
  const { list, fact } = factList();
  if (isFamily(subject)) {
    const operations = Object.entries(subject.actions).map(([operation, action]) => `${operation}: ${action}`);
    fact('Actions', operations.join(', '));
    fact('Name', 'made of a request path; the operation stands in the message');
  } else {
    fact('Action', subject.action);
  }
  fact('Recorded by', subject.service);
  fact('Kind', `${kindOf(subject)}: ${KINDS[kindOf(subject)]}`);
  fact('Acts on', subject.resource === 'none' ? undefined : subject.resource);
  fact('Read-only', readOnlyWord(subject) === 'unknown' ? 'no source settles it' : readOnlyWord(subject));
  if (!isFamily(subject)) entryFacts(subject, fact);
  fact('Status', `${subject.status}: ${STATUSES[subject.status]}`);
  fact('Note', subject.note);
  fact('Source', element('a', { href: subject.source, rel: 'noreferrer' }, new URL(subject.source).hostname));
  return element('section', {}, element('h2', {}, 'Meaning'), list);
}

function entryFacts(entry: CatalogEntry, fact: Fact): void {
  fact('Ends in', entry.outcome);
  fact('Severity', entry.severity);
  fact('Call', entry.operation);
  fact('IAM access level', entry.access);
  fact('IAM roles', entry.roles?.length === 0 ? 'not in the IAM table' : entry.roles?.join(', '));
  fact('Subtypes', entry.subtypes?.join(', '));
  fact('Known since', entry.since);
  fact(
    'Replaced by',
    ...(entry.successors ?? []).flatMap((name, i) => (i > 0 ? [', ', nameLink(name)] : [nameLink(name)])),
  );
}

function nameLink(name: string): Node | string {
  if (subjectNamed(name) === undefined) return name;
  return element('a', { href: hashOf({ ...NOWHERE, event: name }), class: 'name' }, name);
}

function equivalentsList(subject: Subject): HTMLElement {
  const other = subject.provider === 'aws' ? 'ibm' : 'aws';
  const found = equivalentsOf(subject);
  const list = element('ul');
  for (const entry of found) {
    const status = entry.status === 'current' ? '' : ` (${entry.status})`;
    list.append(element('li', {}, nameLink(entry.name), status, element('br'), element('small', {}, entry.title)));
  }
  return element(
    'section',
    {},
    element('h2', {}, `The same in ${CLOUDS[other]}`),
    found.length > 0 ? list : element('p', {}, 'No name there means the same.'),
  );
}
