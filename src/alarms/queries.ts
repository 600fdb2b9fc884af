/** A recipe in the words of each query language, where only that is wanted. */
import type { Filter } from '../filter/filter.ts';
import { toAthenaSql } from '../providers/aws/queries/athena-sql.ts';
import { toEventPattern } from '../providers/aws/queries/event-pattern.ts';
import { toFilterPattern } from '../providers/aws/queries/filter-pattern.ts';
import { toLogsInsights } from '../providers/aws/queries/logs-insights.ts';
import { toDataPrime } from '../providers/ibm/queries/dataprime.ts';
import { toLucene } from '../providers/ibm/queries/lucene.ts';
import { checkRecipe } from './checks.ts';
import { type AlarmRecipe, type AnyOfFilters, isEventRecipe, oneOf } from './recipe.ts';

/** A query, and the language it is in. */
export interface RecipeQuery {
  readonly language: 'filter-pattern' | 'event-pattern' | 'logs-insights' | 'athena-sql' | 'dataprime' | 'lucene';
  readonly query: string;
  /** Whether it finds what the recipe asks for; else it finds more. */
  readonly exact: boolean;
}

/**
 * A recipe in every query language of the clouds it has events of; nothing for charges. A recipe of several filters has
 * a filter pattern for each.
 *
 * @throws AuditError `invalid-argument` for a recipe that is none.
 * @example
 * ```ts
 * import { findRecipe, recipeQueries } from 'secret-events/alarms';
 *
 * for (const { language, query } of recipeQueries(findRecipe('secret-deleted'))) console.log(language, query);
 * ```
 */
export function recipeQueries(recipe: AlarmRecipe): readonly RecipeQuery[] {
  checkRecipe(recipe);
  if (!isEventRecipe(recipe)) return [];
  const { aws, ibm } = recipe.events;
  return [...(aws ? ofAws(aws) : []), ...(ibm ? ofIbm(oneOf(ibm)) : [])];
}

function ofAws(filters: AnyOfFilters): readonly RecipeQuery[] {
  const filter = oneOf(filters);
  const { query: pattern, exact } = toEventPattern(filter);
  const { query: sql, executionParameters, exact: sqlExact } = toAthenaSql(filter);
  const values =
    executionParameters.length === 0 ? '' : ` -- ExecutionParameters: ${JSON.stringify(executionParameters)}`;
  return [
    ...filters.map((each) => said('filter-pattern', toFilterPattern(each))),
    { language: 'event-pattern', query: JSON.stringify(pattern), exact },
    said('logs-insights', toLogsInsights(filter)),
    { language: 'athena-sql', query: `${sql}${values}`, exact: sqlExact },
  ];
}

function ofIbm(filter: Filter): readonly RecipeQuery[] {
  return [said('dataprime', toDataPrime(filter)), said('lucene', toLucene(filter))];
}

function said(
  language: RecipeQuery['language'],
  { query, exact }: { readonly query: string; readonly exact: boolean },
): RecipeQuery {
  return { language, query, exact };
}
