/** Every language over CloudTrail records with its evaluator, as the laws take it. */
import { decodeCloudTrail } from '../../../../src/providers/aws/decode.ts';
import { decodeEventBridge } from '../../../../src/providers/aws/eventbridge.ts';
import { toAthenaSql } from '../../../../src/providers/aws/queries/athena-sql.ts';
import { toEventPattern } from '../../../../src/providers/aws/queries/event-pattern.ts';
import { toFilterPattern, toFilterPatterns } from '../../../../src/providers/aws/queries/filter-pattern.ts';
import { toLogsInsights } from '../../../../src/providers/aws/queries/logs-insights.ts';
import { toLookupAttribute } from '../../../../src/providers/aws/queries/lookup-attribute.ts';
import { cloudTrailRecord } from '../../../support/arbitraries.ts';
import { readEventPattern } from '../../../support/evaluators/event-pattern.ts';
import { readFilterPattern } from '../../../support/evaluators/filter-pattern.ts';
import { readInsights } from '../../../support/evaluators/insights.ts';
import { lookedUpBy } from '../../../support/evaluators/lookup-attribute.ts';
import { readSql } from '../../../support/evaluators/sql.ts';
import { some } from '../../../support/evaluators/verdict.ts';
import type { LanguageUnderTest } from '../../../support/language-laws.ts';
import { envelopeOf } from './envelopes.ts';

export type Json = Record<string, unknown>;
type Language = Omit<LanguageUnderTest<Json>, 'golden'>;

/** A record of Secrets Manager with what is given. */
export function recordWith(facts: Json): Json {
  return {
    eventVersion: '1.11',
    eventTime: '2026-11-20T12:00:00Z',
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'RotationFailed',
    awsRegion: 'us-east-1',
    eventID: '11111111-1111-1111-1111-111111111111',
    eventType: 'AwsServiceEvent',
    ...facts,
  };
}

const onRecords: Omit<Language, 'compile'> = {
  records: cloudTrailRecord(),
  decode: (record) => decodeCloudTrail(record),
  withMessage: (errorMessage) => recordWith(errorMessage ? { errorMessage } : {}),
  elsewhere: [{ provider: 'ibm' }, { 'secret.group': 'default' }],
};

export const LANGUAGES = {
  'lookup attribute': {
    ...onRecords,
    compile: (where, options) => {
      const { query, ...rest } = toLookupAttribute(where, options);
      return { ...rest, text: query, passes: rest.nothing ? () => false : lookedUpBy(query) };
    },
  },
  'filter pattern': {
    ...onRecords,
    compile: (where, options) => {
      const { query, ...rest } = toFilterPattern(where, options);
      return { ...rest, text: query, passes: readFilterPattern(query) };
    },
  },
  'filter patterns': {
    ...onRecords,
    compile: (where, options) => {
      const { queries, ...rest } = toFilterPatterns(where, options);
      const patterns = queries.map(readFilterPattern);
      return { ...rest, text: queries, passes: (record) => some(patterns.map((passes) => passes(record))) };
    },
  },
  'Logs Insights': {
    ...onRecords,
    compile: (where, options) => {
      const { query, filter, ...rest } = toLogsInsights(where, options);
      return { ...rest, text: filter, passes: readInsights(query).matches };
    },
  },
  'event pattern': {
    ...onRecords,
    decode: (record) => decodeEventBridge(envelopeOf(record)),
    compile: (where, options) => {
      const { query, ruleState, detailTypes: _, ...rest } = toEventPattern(where, options);
      const passes = readEventPattern(query);
      return { ...rest, text: { query, ruleState }, passes: (record) => passes(envelopeOf(record)) };
    },
  },
  'Athena SQL': {
    ...onRecords,
    compile: (where, options) => {
      const { query, parameters, executionParameters: _, ...rest } = toAthenaSql(where, options);
      return { ...rest, text: { query, parameters }, passes: readSql(query, parameters) };
    },
  },
} as const satisfies Readonly<Record<string, Language>>;
