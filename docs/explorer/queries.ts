/** The ready queries for a row, in every language that can ask for it: what `secret-events query` prints. */
import type { Provider } from '../../src/catalog/index.ts';
import { cloudOf, type PrintedQuery, QUERY_LANGUAGES, type QueryLanguage, queryIn } from '../../src/cli/queries.ts';
import type { Filter } from '../../src/filter/filter.ts';
import type { Scope } from '../../src/source/source.ts';
import { actionsOf, CLOUDS, isFamily, type Subject } from './subject.ts';

/** What people know a language by, and where such a query is put. */
const LANGUAGES: Readonly<Record<QueryLanguage, readonly [title: string, use: string]>> = {
  'lookup-attribute': ['CloudTrail lookup attribute', 'CloudTrail event history, LookupEvents'],
  'filter-pattern': ['CloudWatch Logs filter pattern', 'metric filters, subscription filters, FilterLogEvents'],
  'logs-insights': ['CloudWatch Logs Insights', 'a query over a log group'],
  'event-pattern': ['EventBridge event pattern', 'a rule'],
  'athena-sql': ['Athena SQL', "CloudTrail's log files in a bucket"],
  dataprime: ['DataPrime', 'IBM Cloud Logs: queries and dashboards'],
  lucene: ['Lucene', 'IBM Cloud Logs: queries, alerts and dashboards'],
  'activity-tracker-search': ['Activity Tracker search', 'old notes: the service ended on 2025-03-30'],
};

export interface ReadyQuery {
  readonly title: string;
  readonly use: string;
  readonly text: string;
  readonly notes: readonly string[];
}

/** A question that can be asked about a row. */
export interface Question {
  readonly label: string;
  readonly filter: Filter;
  readonly scope: Scope;
  /** The cloud whose languages can ask it; without it, those of both. */
  readonly cloud?: Provider;
}

/** What a row can be asked for: its name, where logs have it, and what it means, in both clouds. */
export function questionsOf(subject: Subject): readonly [Question, ...Question[]] {
  const actions = actionsOf(subject);
  const meaning: Question = {
    label: `${actions.join(', ')}, in both clouds`,
    filter: { action: actions.length === 1 ? (actions[0] as (typeof actions)[number]) : actions },
    scope: 'secrets',
  };
  // The rule that makes a family's names is not a name, and notices come through no log.
  if (isFamily(subject) || subject.kind === 'notification') return [meaning];
  return [{ label: 'this name', filter: { name: subject.name }, scope: 'secrets' }, meaning];
}

/** The filter itself, then a query in each language in which an event could pass it. */
export async function queriesFor({ filter, scope, cloud }: Question): Promise<readonly ReadyQuery[]> {
  const use = '--where on the command line, where in events()';
  const notes = scope === 'all' ? ["needs --scope all, or scope: 'all'"] : [];
  const queries: ReadyQuery[] = [{ title: 'Filter', use, text: JSON.stringify(filter), notes }];
  for (const language of QUERY_LANGUAGES) {
    if (cloud !== undefined && cloudOf(language) !== CLOUDS[cloud]) continue;
    const printed = await queryIn(language, filter, { scope, exact: false });
    if (printed.whole.nothing) continue;
    const [title, use] = LANGUAGES[language];
    queries.push({ title, use, text: printed.text, notes: [...exactness(printed), ...printed.notes] });
  }
  return queries;
}

function exactness({ whole }: PrintedQuery): readonly string[] {
  return whole.exact ? ['exact'] : whole.widened.map((condition) => `wider than the filter: ${condition}`);
}
