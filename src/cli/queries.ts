/** Filters in the words of the clouds' query languages, ready to print. */
import type { Filter } from '../filter/filter.ts';
import type { Scope } from '../source/source.ts';
import { json } from './output/json.ts';

/** What a language may be told beside the filter. */
export interface QueryRequest {
  readonly scope: Scope;
  readonly exact: boolean;
  /** Of Athena alone. */
  readonly table?: string;
}

/** A query, for people and for programs. */
export interface PrintedQuery {
  /** The query alone. */
  readonly text: string;
  /** What is good to know beside it, line by line. */
  readonly notes: readonly string[];
  /** Everything, for JSON. */
  readonly whole: WholeQuery;
}

/** What every language says of its query. */
export interface WholeQuery {
  readonly query: unknown;
  readonly exact: boolean;
  readonly widened: readonly string[];
  readonly nothing: boolean;
}

type Print = (filter: Filter, request: QueryRequest) => Promise<PrintedQuery>;

const PRINT = {
  'lookup-attribute': async (filter, options) => {
    const { toLookupAttribute } = await import('../providers/aws/queries/lookup-attribute.ts');
    const compiled = toLookupAttribute(filter, options);
    const { query = null } = compiled;
    const notes = query === null && !compiled.nothing ? ['no attribute helps: look up every event'] : [];
    return { text: json(query), notes, whole: { ...compiled, query } };
  },
  'filter-pattern': async (filter, options) => {
    const { toFilterPattern, toFilterPatterns } = await import('../providers/aws/queries/filter-pattern.ts');
    const { queries: several, ...rest } = toFilterPatterns(filter, options);
    // Where there is nothing to ask for, a rule still wants a legal pattern.
    const queries = several.length > 0 ? several : [toFilterPattern(filter, options).query];
    const [first = ''] = queries;
    const notes: string[] = [];
    if (queries.length > 1) notes.push(`${queries.length} patterns, one a line: an event may pass several of them`);
    if (first === '') notes.push('the empty pattern: every event');
    return { text: queries.join('\n'), notes, whole: { query: queries.length > 1 ? null : first, queries, ...rest } };
  },
  'logs-insights': async (filter, options) => {
    const { toLogsInsights } = await import('../providers/aws/queries/logs-insights.ts');
    const compiled = toLogsInsights(filter, options);
    return { text: compiled.query, notes: [], whole: compiled };
  },
  'event-pattern': async (filter, options) => {
    const { toEventPattern } = await import('../providers/aws/queries/event-pattern.ts');
    const compiled = toEventPattern(filter, options);
    const { query, ruleState, detailTypes } = compiled;
    const notes = [`rule state: ${ruleState}`];
    if (detailTypes.some((type) => type.endsWith('via CloudTrail'))) notes.push('needs a trail that is logging');
    return { text: json(query), notes, whole: compiled };
  },
  'athena-sql': async (filter, options) => {
    const { toAthenaSql } = await import('../providers/aws/queries/athena-sql.ts');
    const compiled = toAthenaSql(filter, options);
    const { query, executionParameters } = compiled;
    // As JSON: a value may have line ends, which would end the comment.
    const comment = executionParameters.length > 0 ? `\n-- ExecutionParameters: ${json(executionParameters)}` : '';
    return { text: `${query}${comment}`, notes: [], whole: compiled };
  },
  dataprime: async (filter, options) => {
    const { toDataPrime } = await import('../providers/ibm/queries/dataprime.ts');
    const compiled = toDataPrime(filter, options);
    return { text: compiled.query, notes: [], whole: compiled };
  },
  lucene: async (filter, options) => {
    const { toLucene } = await import('../providers/ibm/queries/lucene.ts');
    const compiled = toLucene(filter, options);
    return { text: compiled.query, notes: [], whole: compiled };
  },
  'activity-tracker-search': async (filter, options) => {
    const { toActivityTrackerSearch } = await import('../providers/ibm/queries/activity-tracker-search.ts');
    const compiled = toActivityTrackerSearch(filter, options);
    const notes = ['Activity Tracker with LogDNA ended on 2025-03-30: for old notes only, see dataprime and lucene'];
    return { text: compiled.query, notes, whole: compiled };
  },
} satisfies Readonly<Record<string, Print>>;

/** The languages. */
export type QueryLanguage = keyof typeof PRINT;

const OF_IBM: readonly QueryLanguage[] = ['dataprime', 'lucene', 'activity-tracker-search'];

/** Whose events a language asks for. */
export function cloudOf(language: QueryLanguage): 'AWS' | 'IBM Cloud' {
  return OF_IBM.includes(language) ? 'IBM Cloud' : 'AWS';
}

/** Every {@link QueryLanguage}. */
export const QUERY_LANGUAGES = Object.keys(PRINT) as readonly QueryLanguage[];

/**
 * A filter in a language. Loads that language and no other.
 *
 * @throws AuditError `unsupported` with `exact` for a filter that can only be said more widely.
 */
export function queryIn(language: QueryLanguage, filter: Filter, request: QueryRequest): Promise<PrintedQuery> {
  return PRINT[language](filter, request);
}
