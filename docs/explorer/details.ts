/** What a row opens to: its meaning, its equivalents, and its queries. */
import type { CatalogEntry, EntryKind, EntryStatus } from '../../src/catalog/index.ts';
import { copyButton } from './copy-button.ts';
import { element } from './element.ts';
import { readOnlyWord } from './find.ts';
import { hashOf, NOWHERE } from './place.ts';
import { queriesFor, questionsOf, type ReadyQuery } from './queries.ts';
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

/** Builds the details of a row. `status` is where it says what was copied. */
export function detailsOf(subject: Subject, status: HTMLElement): HTMLElement {
  const link = new URL(hashOf({ ...NOWHERE, event: subject.name }), location.href).href;
  return element(
    'div',
    { class: 'details' },
    element(
      'p',
      { class: 'meaning' },
      subject.title,
      ' ',
      copyButton(subject.name, () => link, status, 'Copy link'),
    ),
    element('div', { class: 'columns' }, factsOf(subject), equivalentsList(subject)),
    queriesOf(subject, status),
  );
}

function factsOf(subject: Subject): HTMLElement {
  const list = element('dl');
  const fact = (term: string, ...value: readonly (string | Node | undefined)[]) => {
    const given = value.filter((part) => part !== undefined && part !== '') as (string | Node)[];
    if (given.length > 0) list.append(element('div', {}, element('dt', {}, term), element('dd', {}, ...given)));
  };
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

function entryFacts(entry: CatalogEntry, fact: (term: string, ...value: (string | Node | undefined)[]) => void): void {
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

function queriesOf(subject: Subject, status: HTMLElement): HTMLElement {
  const questions = questionsOf(subject);
  const choice = element('fieldset', {}, element('legend', {}, 'Ask for'));
  const answers = element('div', { class: 'queries' });
  const denied = element('input', { type: 'checkbox' });
  let asked = questions[0];
  // A later answer must not be overwritten by an earlier one that took longer.
  let round = 0;
  const show = async () => {
    const mine = ++round;
    const queries = await queriesFor(denied.checked ? { ...asked.filter, denied: true } : asked.filter);
    if (mine === round)
      answers.replaceChildren(
        ...queries.map((query) => queryBlock(query, status)),
        ...(queries.length > 1 ? [] : [NO_LOG()]),
      );
  };
  for (const question of questions) {
    const radio = element('input', { type: 'radio', name: 'question' });
    radio.checked = question === asked;
    radio.addEventListener('change', () => {
      asked = question;
      void show();
    });
    choice.append(element('label', {}, radio, ` ${question.label}`));
  }
  denied.addEventListener('change', () => void show());
  choice.append(element('label', {}, denied, ' denied only'));
  void show();
  return element(
    'section',
    { 'aria-label': `Queries for ${actionsOf(subject).join(', ')}` },
    element('h2', {}, 'Queries'),
    choice,
    answers,
  );
}

/** Notices that tell what no audit record tells. */
const NO_LOG = () => element('p', {}, 'No log of either cloud has a record that means this.');

function queryBlock({ title, use, text, notes }: ReadyQuery, status: HTMLElement): HTMLElement {
  return element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      element('strong', {}, title),
      ` ${use}`,
      copyButton(title, () => text, status),
    ),
    // Reached by the keyboard, because it may be wider than the page.
    element('pre', { tabindex: '0', role: 'region', 'aria-label': title }, element('code', {}, text)),
    ...(notes.length > 0 ? [element('p', { class: 'notes' }, notes.join('; '))] : []),
  );
}
