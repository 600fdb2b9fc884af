/** Every language over activity tracking events with its evaluator, as the laws take it. */
import type fc from 'fast-check';
import { decodeActivityEvent } from '../../../../src/providers/ibm/decode.ts';
import { toActivityTrackerSearch } from '../../../../src/providers/ibm/queries/activity-tracker-search.ts';
import { toDataPrime } from '../../../../src/providers/ibm/queries/dataprime.ts';
import { toLucene } from '../../../../src/providers/ibm/queries/lucene.ts';
import { activityEvent, IBM_WORDS } from '../../../support/activity-event.ts';
import { readActivityTrackerSearch } from '../../../support/evaluators/activity-tracker.ts';
import { type Row, readDataPrime } from '../../../support/evaluators/dataprime.ts';
import { readLucene } from '../../../support/evaluators/lucene.ts';
import type { LanguageUnderTest } from '../../../support/language-laws.ts';

type Json = Record<string, unknown>;
type Language = Omit<LanguageUnderTest<Row>, 'golden'>;

export const INSTANCE = '5f7e0000-0000-4000-8000-000000000001';

/** An event as Cloud Logs keeps it: the subsystem is the service and the instance. */
export function rowOf(event: Json): Row {
  const service = String(event['action']).split('.')[0];
  return {
    labels: { applicationname: 'ibm-audit-event', subsystemname: `${service}:${INSTANCE}` },
    user_data: event,
  };
}

/** A failed act on a secret with what is given. */
export function eventWith(facts: Json): Json {
  return {
    action: 'secrets-manager.secret.read',
    eventTime: '2026-11-20T12:00:00.00+0000',
    outcome: 'failure',
    severity: 'normal',
    ...facts,
  };
}

const rows = (events: fc.Arbitrary<Json>) => events.map(rowOf);

const onRows: Omit<Language, 'compile'> = {
  records: rows(activityEvent()),
  words: IBM_WORDS,
  decode: ({ user_data }) => decodeActivityEvent(user_data),
  withMessage: (reasonForFailure) =>
    rowOf(eventWith({ reason: { reasonCode: 400, ...(reasonForFailure && { reasonForFailure }) } })),
  elsewhere: [{ provider: 'aws' }, { 'origin.vpcEndpoint': 'vpce-0a' }, { 'actor.role': 'Admin' }],
};

export const LANGUAGES = {
  DataPrime: {
    ...onRows,
    compile: (where, options) => {
      const { query, filter, ...rest } = toDataPrime(where, options);
      return { ...rest, text: filter, passes: readDataPrime(query).matches };
    },
  },
  Lucene: {
    ...onRows,
    compile: (where, options) => {
      const { query, ...rest } = toLucene(where, options);
      return { ...rest, text: query, passes: readLucene(query) };
    },
  },
  // The service ended before the Vault Dedicated plan began.
  'Activity Tracker search': {
    ...onRows,
    records: rows(activityEvent({ vaultPlan: false })),
    compile: (where, options) => {
      const { query, ...rest } = toActivityTrackerSearch(where, options);
      return { ...rest, text: query, passes: readActivityTrackerSearch(query) };
    },
  },
} as const satisfies Readonly<Record<string, Language>>;
