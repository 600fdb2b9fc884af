/** Lucene, the other query language of IBM Cloud Logs, and that of its alerts. */
import { type Clause, clause, join } from '../../../filter/clause.ts';
import { type CompiledQuery, finish, type Said } from '../../../filter/compile.ts';
import type { Filter } from '../../../filter/filter.ts';
import { compileEvents, type EventLanguage, type QueryOptions } from './event-language.ts';
import { type CodeTest, type EventTest, placeOf, type TextTest } from './event-test.ts';
import { APPLICATIONS, MAX_QUERY, roomBeside, SECRETS_MANAGER, SUBSYSTEM_PREFIX, subsystemsOf } from './labels.ts';

/** Options of {@link toLucene}. */
export interface LuceneOptions extends QueryOptions {
  /** The ids (GUIDs) of Secrets Manager instances; all of them by default. Not with scope `all`. */
  readonly instances?: readonly string[] | undefined;
}

/** A query in Lucene. */
export interface LuceneQuery extends CompiledQuery<string> {
  /** The conditions alone, without the labels, as an alert takes them beside its label filters; empty for everything. */
  readonly conditions: string;
}

/**
 * A filter as a Lucene query of at most 4,096 characters over the audit events that IBM Cloud Logs holds. The labels
 * (`ibm-audit-event` and Secrets Manager's subsystems) hold it to its scope. There are no words for an order or a limit.
 *
 * Texts are compared as keywords, to the letter. Cloud Logs makes no keyword of a text of more than 256 characters, so
 * pieces of texts that may be so long are asked for together with all that has no keyword; a longer value is not asked
 * for at all. Like `toDataPrime` it counts on the fields of an event standing at the top level of a row, and on
 * `reason.reasonCode` being a number; times in the event are left out.
 *
 * Sources: IBM Cloud docs, `cloud-logs` / `indexing_mapping`, `metadata`; for the forms of expressions also
 * `migration_cli`; IBM Cloud API docs, `logs-service-api`.
 *
 * @throws AuditError `invalid-argument` for a filter or instance that is none; `unsupported` with `exact: true` for a
 * filter that can only be said more widely.
 * @example
 * ```ts
 * import { toLucene } from 'secret-events/ibm';
 *
 * const { query } = toLucene({ name: 'secrets-manager.secret.delete' }, { scope: 'all' });
 * console.log(query);
 * // (coralogix.metadata.applicationName:"ibm-audit-event" OR coralogix.metadata.applicationName:"ibm-audit-events") AND action.keyword:"secrets-manager.secret.delete"
 * ```
 */
export function toLucene(filter: Filter, options: LuceneOptions = {}): LuceneQuery {
  const labels = labelsOf(options);
  // The parentheses that a list of alternatives gets, twice, and `AND`.
  const room = roomBeside(labels.text.length + 9);
  const compiled = compileEvents(filter, languageOf(room), options);
  const { reach } = compiled;
  return {
    ...finish(compiled, () => {
      if (reach === 'nothing') return NO_EVENT;
      return allOf(reach === 'everything' ? [labels] : [labels, reach.query]).text;
    }),
    conditions: typeof reach === 'object' ? reach.query.text : reach === 'nothing' ? NO_EVENT : '',
  };
}

/**
 * What of a filter goes beyond the length of one query, in words; `undefined` where nothing does. An alert must not be
 * loosened in silence, as a query may be.
 *
 * @internal
 */
export function luceneExcess(filter: Filter, options: LuceneOptions = {}): string | undefined {
  const { reach } = compileEvents(filter, languageOf(Number.POSITIVE_INFINITY), options);
  if (typeof reach !== 'object' || reach.query.text === toLucene(filter, options).conditions) return undefined;
  return `${allOf([labelsOf(options), reach.query]).text.length} characters of at most ${MAX_QUERY}`;
}

/** Every event has a name. */
const NO_EVENT = 'action.keyword:""';

/** Whether the words begin with NOT. */
type Words = Clause<boolean>;
const word = (text: string): Words => clause(text, false);
const opposite = (text: string): Words => clause(`NOT ${text}`, true);
const allOf = (parts: readonly Words[]) => join('all', parts, 'AND', () => false);
// Beside OR a bare NOT would take away from the whole list, so each gets parentheses of its own.
const anyOf = (parts: readonly Words[]) =>
  join(
    'any',
    parts.length < 2 ? parts : parts.map((part) => (part.rest ? word(`(${part.text})`) : part)),
    'OR',
    () => false,
  );

function labelsOf({ scope = 'secrets', instances = [] }: LuceneOptions): Words {
  const application = anyOf(APPLICATIONS.map((name) => word(`coralogix.metadata.applicationName:${quoted(name)}`)));
  if (scope === 'all') return application;
  const subsystem = 'coralogix.metadata.subsystemName';
  const subsystems = subsystemsOf(instances).map((name) => word(`${subsystem}:${quoted(name)}`));
  // The first form is right where labels are kept to the letter, the second where they are kept as words.
  const every = [
    word(`${subsystem}:/${literal(SUBSYSTEM_PREFIX)}.*/`),
    word(`${subsystem}:${quoted(SECRETS_MANAGER)}`),
  ];
  return allOf([application, anyOf(subsystems.length === 0 ? every : subsystems)]);
}

function languageOf(room: number): EventLanguage<Words> {
  const fitting = (query: Words) => (query.text.length <= room ? query : undefined);
  return {
    leaf(test, negated) {
      const said = sayTest(test, negated);
      return typeof said?.reach === 'object' && !fitting(said.reach.query) ? undefined : said;
    },
    all: (parts) => fitting(allOf(parts)),
    any: (parts) => fitting(anyOf(parts)),
  };
}

const said = (query: Words, exact: boolean): Said<Words> => ({ reach: { query }, exact });

function sayTest(test: EventTest, negated: boolean): Said<Words> | undefined {
  if (test.op === 'between') return sayCode(test, negated);
  const { always = false, short = false } = placeOf(test.path);
  const field = `${test.path}.keyword`;
  if (test.op === 'exists') {
    if (always) return { reach: negated ? 'nothing' : 'everything', exact: true };
    if (negated) return said(opposite(`${field}:/.+/`), short);
    return short ? said(word(`${field}:/.+/`), true) : undefined;
  }
  const values = test.op === 'in' ? test.values : [test.value];
  if (values.length === 0) return { reach: negated ? 'everything' : 'nothing', exact: true };
  const sayable = values.filter((value) => value.length <= MAX_KEYWORD && !(negated && UNPRINTABLE.test(value)));
  const complete = sayable.length === values.length;
  if (negated ? sayable.length === 0 : !complete) return undefined;
  const terms = sayable.map((value) => `${field}:${termOf(test.op, value)}`);
  // Of a text without a keyword only equality is known, and that it has none.
  const certain = short || test.op === 'in';
  if (negated) return said(allOf(terms.map(opposite)), certain && complete);
  const found = anyOf(terms.map(word));
  const plain = values.every((value) => !UNPRINTABLE.test(value));
  return certain ? said(found, plain) : said(anyOf([found, opposite(`${field}:/.*/`)]), false);
}

/** Ranges, since a list of numbers is documented nowhere. */
function sayCode({ path, from, to }: CodeTest, negated: boolean): Said<Words> {
  const range = `${path}.numeric:[${from} TO ${to}]`;
  return said(negated ? opposite(range) : word(range), true);
}

/** Characters of a text that has a keyword. Source: IBM Cloud docs, `cloud-logs` / `indexing_mapping`. */
const MAX_KEYWORD = 256;

/** How a query holds these is not documented; an expression takes any character for one. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

function termOf(op: Exclude<TextTest['op'], 'exists'>, value: string): string {
  if (op === 'in' && !UNPRINTABLE.test(value)) return quoted(value);
  const start = op === 'endsWith' || op === 'contains' ? '.*' : '';
  const end = op === 'startsWith' || op === 'contains' ? '.*' : '';
  return `/${start}${literal(value)}${end}/`;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** A text as an expression that stands for itself; it always has to match the whole of a keyword. */
function literal(value: string): string {
  return value
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u0000')
    .replace(/[.?+*|{}[\]()"\\#@&<>~^$/]/g, '\\$&')
    .replaceAll('\u0000', '.');
}
