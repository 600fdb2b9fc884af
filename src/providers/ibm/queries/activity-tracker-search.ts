/** Searches of IBM Cloud Activity Tracker with LogDNA, which older notes hold. */
import { type Clause, clause } from '../../../filter/clause.ts';
import { type CompiledQuery, finish, type Said } from '../../../filter/compile.ts';
import type { Condition } from '../../../filter/condition.ts';
import type { Filter } from '../../../filter/filter.ts';
import { AuditError } from '../../../model/error.ts';
import { parseCrn } from '../crn.ts';
import { listedFor } from './action-names.ts';
import { type Meaning, meaningOf } from './event-fields.ts';
import { compileEvents, type EventLanguage, type QueryOptions } from './event-language.ts';
import { type EventTest, is } from './event-test.ts';
import { SECRETS_MANAGER } from './labels.ts';

/** Options of {@link toActivityTrackerSearch}. */
export interface ActivityTrackerSearchOptions extends QueryOptions {
  /** The CRNs of Secrets Manager instances; all of them by default. Not with scope `all`. */
  readonly instances?: readonly string[] | undefined;
}

/**
 * A filter as a search of IBM Cloud Activity Tracker with LogDNA. That service ended on 30 March 2025 and nothing answers
 * such a search any more: this is to compare with old notes, and to read them. For Cloud Logs see `toDataPrime` and
 * `toLucene`.
 *
 * Only its documented words are used: `host:` for the service, `app:` for an instance, `field:value`, `field:[a,b]` for
 * any of several values, and a space for "and". A value may also have stood for texts that begin with it, so only
 * equality is said, nothing is ever excluded, and a search with a condition is never called exact. A message that is the
 * name of an HTTP status, such as `Unauthorized`, is taken for `reason.reasonType`; the Vault Dedicated plan, whose names
 * are made of paths, is younger than the service's end.
 *
 * Sources: IBM Cloud docs, `secrets-manager` / `at_events` (text of 2024), `activity-tracker`; for values as beginnings
 * `cloud-logs` / `migration_cli`.
 *
 * @throws AuditError `invalid-argument` for a filter or instance that is none; `unsupported` with `exact: true` for a
 * filter that can only be said more widely.
 * @example
 * ```ts
 * import { toActivityTrackerSearch } from 'secret-events/ibm';
 *
 * const { query } = toActivityTrackerSearch({ action: 'secret.create' });
 * console.log(query); // host:secrets-manager action:secrets-manager.secret.create
 * ```
 */
export function toActivityTrackerSearch(
  filter: Filter,
  options: ActivityTrackerSearchOptions = {},
): CompiledQuery<string> {
  const labels = labelsOf(options);
  return finish(compileEvents(filter, LANGUAGE, options, meaningHere), (reach) => {
    // Every event has a name, and none has this one.
    if (reach === 'nothing') return 'action:nothing';
    return allOf(reach === 'everything' ? labels : [...labels, reach.query]).text;
  });
}

/** What a list of alternatives is about; they can only be of one field. */
interface Values {
  readonly field: string;
  readonly values: readonly string[];
}

type Words = Clause<Values | undefined>;

function oneOf(field: string, values: readonly string[]): Words {
  const [first = ''] = values;
  return clause(`${field}:${values.length === 1 ? first : `[${values.join(',')}]`}`, { field, values });
}

function labelsOf({ scope = 'secrets', instances = [] }: ActivityTrackerSearchOptions): readonly Words[] {
  if (scope === 'all') return [];
  if (instances.length === 0) return [oneOf('host', [SECRETS_MANAGER])];
  for (const instance of instances) {
    if (/^[\w:/.-]+$/.test(instance) && parseCrn(instance)?.service === SECRETS_MANAGER) continue;
    throw new AuditError(
      'invalid-argument',
      `instances must be CRNs of Secrets Manager instances such as "crn:v1:bluemix:public:secrets-manager:us-south:a/1b2c:5f7e::", not ${JSON.stringify(instance.slice(0, 80))}`,
    );
  }
  return [oneOf('app', instances)];
}

/** Conditions side by side, each of which must hold. */
function allOf(parts: readonly Words[]): Words {
  const texts = new Set(parts.flatMap((part) => (part.form === 'all' ? part.parts : [part])).map(({ text }) => text));
  return {
    text: [...texts].join(' '),
    form: 'all',
    parts: [...texts].map((text) => clause(text, undefined)),
    rest: undefined,
  };
}

const LANGUAGE: EventLanguage<Words> = {
  leaf: sayTest,
  all: allOf,
  any(parts) {
    const [first] = parts;
    const field = first?.rest?.field;
    if (field === undefined || parts.some(({ rest }) => rest?.field !== field)) return undefined;
    return oneOf(field, [...new Set(parts.flatMap(({ rest }) => rest?.values ?? []))]);
  },
};

function sayTest(test: EventTest, negated: boolean): Said<Words> | undefined {
  const said = (values: readonly string[]): Said<Words> => ({
    reach: { query: oneOf(test.path, values) },
    exact: false,
  });
  const settled = (holds: boolean): Said<Words> => ({
    reach: holds === negated ? 'nothing' : 'everything',
    exact: true,
  });
  if (test.op === 'exists' && test.path === 'action') return settled(true);
  if (test.op === 'in' && test.values.length === 0) return settled(false);
  if (negated) return undefined;
  if (test.op === 'between') return test.from === test.to ? said([String(test.from)]) : undefined;
  if (test.op !== 'in') return undefined;
  // How anything else stands in a search was never written down.
  return test.values.every((value) => /^[A-Za-z0-9][\w.-]*$/.test(value)) ? said(test.values) : undefined;
}

/** Names of HTTP statuses of failures in one word, as `reason.reasonType` has them. */
const STATUSES: readonly string[] = ['Unauthorized', 'Forbidden', 'Conflict', 'Gone'];

function meaningHere(condition: Condition): Meaning {
  if (condition.field === 'action' && condition.op !== 'exists') return { when: is('action', ...listedFor(condition)) };
  const named =
    condition.field === 'error.message' &&
    condition.op === 'in' &&
    condition.values.length > 0 &&
    condition.values.every((value) => STATUSES.includes(value));
  return named ? { when: is('reason.reasonType', ...condition.values) } : meaningOf(condition);
}
