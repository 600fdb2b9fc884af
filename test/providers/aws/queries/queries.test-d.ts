/** The types of compiled queries, checked by the compiler: what is marked must not compile. */
import { toAthenaSql } from '../../../../src/providers/aws/queries/athena-sql.ts';
import { toEventPattern } from '../../../../src/providers/aws/queries/event-pattern.ts';
import { toFilterPattern, toFilterPatterns } from '../../../../src/providers/aws/queries/filter-pattern.ts';
import { toLogsInsights } from '../../../../src/providers/aws/queries/logs-insights.ts';
import { toLookupAttribute } from '../../../../src/providers/aws/queries/lookup-attribute.ts';
import { type CaseName, type Expected, exactly, languageLaws } from '../../../support/language-laws.ts';
import { LANGUAGES } from './languages.ts';

export const pattern: string = toFilterPattern({}).query;
export const patterns: readonly string[] = toFilterPatterns({}).queries;
export const condition: string = toLogsInsights({}, { order: 'oldest-first', limit: 1 }).filter;
export const values: readonly string[] = toAthenaSql({}, { table: 't', from: new Date() }).parameters;
export const key: 'EventId' | 'EventName' | 'AccessKeyId' | 'EventSource' | undefined = toLookupAttribute({}).query
  ?.AttributeKey;
export const state: 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' = toEventPattern({}).ruleState;
export const json: string = JSON.stringify(toEventPattern({}).query);

// @ts-expect-error everything may be asked for, which takes no attribute
toLookupAttribute({}).query.AttributeValue;
// @ts-expect-error no such scope
toFilterPattern({}, { scope: 'some' });
// @ts-expect-error no such action
toAthenaSql({ action: 'secret.reed' });
// @ts-expect-error a time, not a duration
toAthenaSql({}, { from: '24h' });

// A language must answer every case.
declare const golden: Readonly<Record<Exclude<CaseName, 'everything'>, Expected>>;
// @ts-expect-error one is missing
languageLaws('filter pattern', { ...LANGUAGES['filter pattern'], golden });
languageLaws('filter pattern', { ...LANGUAGES['filter pattern'], golden: { ...golden, everything: exactly('') } });
