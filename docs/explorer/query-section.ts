/** The queries for a row: a choice of questions, and each question in every language. */
import { copyButton } from './copy-button.ts';
import { element } from './element.ts';
import { type Question, queriesFor, type ReadyQuery } from './queries.ts';

/** `status` is where it says what was copied. */
export function querySection(
  about: string,
  questions: readonly [Question, ...Question[]],
  status: HTMLElement,
): HTMLElement {
  const choice = element('fieldset', {}, element('legend', {}, 'Ask for'));
  const answers = element('div', { class: 'queries' });
  const denied = element('input', { type: 'checkbox' });
  let asked = questions[0];
  // A later answer must not be overwritten by an earlier one that took longer.
  let round = 0;
  const show = async () => {
    const mine = ++round;
    const filter = denied.checked ? { ...asked.filter, denied: true } : asked.filter;
    const queries = await queriesFor({ ...asked, filter });
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
  return element('section', { 'aria-label': `Queries for ${about}` }, element('h2', {}, 'Queries'), choice, answers);
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
