/** DataPrime, the query language of IBM Cloud Logs. */
import { type Clause, clause, join } from '../../../filter/clause.ts';
import { type CompiledQuery, finish, type Said } from '../../../filter/compile.ts';
import type { Filter } from '../../../filter/filter.ts';
import { AuditError } from '../../../model/error.ts';
import type { Order } from '../../../source/source.ts';
import { compileEvents, type EventLanguage, type QueryOptions } from './event-language.ts';
import { type CodeTest, type EventTest, placeOf, type TextTest } from './event-test.ts';
import { APPLICATIONS, roomBeside, SUBSYSTEM_PREFIX, subsystemsOf } from './labels.ts';

/** Options of {@link toDataPrime}. */
export interface DataPrimeOptions extends QueryOptions {
  /** The ids (GUIDs) of Secrets Manager instances; all of them by default. Not with scope `all`. */
  readonly instances?: readonly string[] | undefined;
  /** By the time at which the log arrived; without it the query names no order. */
  readonly order?: Order | undefined;
  /** Rows; without it the query names no limit. The tier has its own: 12,000 (frequent search) or 50,000 (archive). */
  readonly limit?: number | undefined;
}

/** A query in DataPrime. */
export interface DataPrimeQuery extends CompiledQuery<string> {
  /** The condition alone, as it stands behind `filter`, the labels included. */
  readonly filter: string;
}

/**
 * A filter as a DataPrime query of at most 4,096 characters over the audit events that IBM Cloud Logs holds. The window
 * goes into the call that sends the query; times in the event are left out, since the time of a row is that of its
 * arrival. The labels (`ibm-audit-event` and Secrets Manager's subsystems) hold it to its scope.
 *
 * It counts on the fields of an event standing at the top level of a row, as Cloud Logs delivers them (not in a
 * `payload`), on `reason.reasonCode` being a number, and on texts being compared with regard to case, of which IBM's
 * pages say nothing. How a text holds a quote, a backslash or a control character is not documented either: of such a
 * value only a piece without them is asked for, which lets more through.
 *
 * Sources: IBM Cloud docs, `cloud-logs` / `dpxl_ref`, `metadata`; IBM Cloud API docs, `logs-service-api`.
 *
 * @throws AuditError `invalid-argument` for a filter, limit or instance that is none; `unsupported` with `exact: true`
 * for a filter that can only be said more widely.
 * @example
 * ```ts
 * import { toDataPrime } from 'secret-events/ibm';
 *
 * const { query } = toDataPrime({ name: 'secrets-manager.secret.delete' }, { order: 'oldest-first', limit: 2000 });
 * console.log(query);
 * // source logs | filter $l.applicationname:string.in('ibm-audit-event', 'ibm-audit-events') && $l.subsystemname.startsWith('secrets-manager:') && $d.action == 'secrets-manager.secret.delete' | orderby $m.timestamp asc | limit 2000
 * ```
 */
export function toDataPrime(filter: Filter, options: DataPrimeOptions = {}): DataPrimeQuery {
  const { order, limit } = options;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw new AuditError('invalid-argument', `limit must be a whole number from 1, not ${limit}`);
  }
  const labels = labelsOf(options);
  const commands = [
    ...(order === undefined ? [] : [`orderby $m.timestamp ${order === 'newest-first' ? 'desc' : 'asc'}`]),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
  ];
  const sayWith = (condition: string) => [`source logs | filter ${condition}`, ...commands].join(' | ');
  // The parentheses that a list of alternatives gets, and `&&`.
  const room = roomBeside(sayWith(labels.text).length + 6);
  const compiled = finish(compileEvents(filter, languageOf(room), options), (reach) => {
    if (reach === 'nothing') return 'false';
    return reach === 'everything' ? labels.text : allOf([labels, reach.query]).text;
  });
  return { ...compiled, filter: compiled.query, query: sayWith(compiled.query) };
}

type Words = Clause<undefined>;
const word = (text: string): Words => clause(text, undefined);
const allOf = (parts: readonly Words[]) => join('all', parts, '&&', () => undefined);
const anyOf = (parts: readonly Words[]) => join('any', parts, '||', () => undefined);

function labelsOf({ scope = 'secrets', instances = [] }: DataPrimeOptions): Words {
  const application = equals('$l.applicationname', APPLICATIONS);
  if (scope === 'all') return application;
  const subsystems = subsystemsOf(instances);
  return allOf([
    application,
    subsystems.length === 0
      ? word(`$l.subsystemname.startsWith('${SUBSYSTEM_PREFIX}')`)
      : equals('$l.subsystemname', subsystems),
  ]);
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

const said = (query: Words, exact = true): Said<Words> => ({ reach: { query }, exact });
/** What a comparison makes of a missing field is not documented. */
const orMissing = (path: string, query: Words): Words => anyOf([word(`${path} == null`), query]);

function sayTest(test: EventTest, negated: boolean): Said<Words> | undefined {
  const path = `$d.${test.path}`;
  if (test.op === 'between') return said(negated ? orMissing(path, outside(path, test)) : inside(path, test));
  const { always = false } = placeOf(test.path);
  if (test.op === 'exists') {
    if (always) return { reach: negated ? 'nothing' : 'everything', exact: true };
    if (negated) return said(orMissing(path, word(`${path} == ''`)));
    return said(allOf([word(`${path} != null`), word(`${path} != ''`)]));
  }
  const values = test.op === 'in' ? test.values : [test.value];
  if (values.length === 0) return { reach: negated ? 'everything' : 'nothing', exact: true };
  const plain = values.filter((value) => !UNQUOTABLE.test(value));
  const pieces = values.filter((value) => UNQUOTABLE.test(value)).map(pieceOf);
  if (!negated) {
    if (pieces.includes('')) return undefined;
    const found = plain.length === 0 ? [] : [compared(path, test.op, plain)];
    return said(anyOf([...found, ...pieces.map((piece) => compared(path, 'contains', [piece]))]), pieces.length === 0);
  }
  // To exclude fewer values lets more through.
  if (plain.length === 0) return undefined;
  const query = unequal(path, test.op, plain);
  return said(always ? query : orMissing(path, query), pieces.length === 0);
}

function inside(path: string, { from, to }: CodeTest): Words {
  return from === to ? word(`${path} == ${from}`) : allOf([word(`${path} >= ${from}`), word(`${path} <= ${to}`)]);
}

function outside(path: string, { from, to }: CodeTest): Words {
  return from === to ? word(`${path} != ${from}`) : anyOf([word(`${path} < ${from}`), word(`${path} > ${to}`)]);
}

/** Quotes, backslashes, and what is no character that is seen. */
const UNQUOTABLE = /['"\\\p{C}\p{Zl}\p{Zp}]/u;

/** The longest piece of a value that a text can surely hold. */
function pieceOf(value: string): string {
  const pieces = value.split(new RegExp(UNQUOTABLE, 'gu'));
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}

function compared(path: string, op: TextTest['op'], values: readonly string[]): Words {
  return op === 'in' ? equals(path, values) : word(`${path}.${op}('${values[0]}')`);
}

function equals(path: string, values: readonly string[]): Words {
  return word(values.length === 1 ? `${path} == '${values[0]}'` : `${path}:string.in(${list(values)})`);
}

function unequal(path: string, op: TextTest['op'], values: readonly string[]): Words {
  if (op !== 'in') return word(`!${path}.${op}('${values[0]}')`);
  return word(values.length === 1 ? `${path} != '${values[0]}'` : `!${path}:string.in(${list(values)})`);
}

const list = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
