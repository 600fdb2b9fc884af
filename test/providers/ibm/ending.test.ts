import { describe, expect, test } from 'vitest';
import { endingOf } from '../../../src/providers/ibm/ending.ts';

describe('outcome, denial and error', () => {
  const failed = { outcome: 'failure', denied: false };
  const refused = { outcome: 'failure', denied: true };
  test.each<readonly [record: object, ending: object]>([
    // The record's own word.
    [
      { outcome: 'success', reason: { reasonCode: 200, reasonType: 'OK' } },
      { outcome: 'success', denied: false },
    ],
    [{ outcome: 'Success' }, { outcome: 'success', denied: false }],
    [
      { outcome: 'pending', reason: { reasonCode: 202 } },
      { outcome: 'pending', denied: false },
    ],
    [{ outcome: 'unknown' }, { outcome: 'unknown', denied: false }],
    [
      { outcome: 'partial', reason: { reasonCode: 200 } },
      { outcome: 'unknown', denied: false },
    ],
    [{ outcome: 'failure' }, failed],
    // No word, or none that can be read: the status says it.
    [{ reason: { reasonCode: 204 } }, { outcome: 'success', denied: false }],
    [
      { outcome: '', reason: { reasonCode: '204' } },
      { outcome: 'success', denied: false },
    ],
    [
      { outcome: 7, reason: { reasonCode: 500 } },
      { ...failed, error: { code: '500' } },
    ],
    [{ reason: { reasonCode: 404 } }, { ...failed, error: { code: '404' } }],
    [{ reason: { reasonCode: 302 } }, { outcome: 'unknown', denied: false }],
    [{ reason: {} }, { outcome: 'unknown', denied: false }],
    [{}, { outcome: 'unknown', denied: false }],
    [{ reason: 'Unauthorized' }, { outcome: 'unknown', denied: false }],
    // Refused by number: as a number, as text, and without or against any other word than success.
    [
      { outcome: 'failure', reason: { reasonCode: 401 } },
      { ...refused, error: { code: '401' } },
    ],
    [
      { outcome: 'failure', reason: { reasonCode: '403' } },
      { ...refused, error: { code: '403' } },
    ],
    [{ reason: { reasonCode: 403 } }, { ...refused, error: { code: '403' } }],
    [
      { outcome: 'unknown', reason: { reasonCode: 401 } },
      { ...refused, error: { code: '401' } },
    ],
    [
      { outcome: 'pending', reason: { reasonCode: 403 } },
      { ...refused, error: { code: '403' } },
    ],
    // What the provider calls a success is one.
    [
      { outcome: 'success', reason: { reasonCode: 403 } },
      { outcome: 'success', denied: false },
    ],
    [
      { outcome: 'success', reason: { reasonCode: 500 } },
      { outcome: 'success', denied: false },
    ],
    // Refused by text, in any case.
    [
      { outcome: 'failure', reason: { reasonType: 'Unauthorized' } },
      { ...refused, error: { message: 'Unauthorized' } },
    ],
    [
      { outcome: 'failure', reason: { reasonType: 'unauthorized' } },
      { ...refused, error: { message: 'unauthorized' } },
    ],
    [
      { outcome: 'failure', reason: { reasonType: 'forbidden - not authorized' } },
      { ...refused, error: { message: 'forbidden - not authorized' } },
    ],
    [
      {
        outcome: 'failure',
        reason: {
          reasonCode: 400,
          reasonType: 'Bad Request',
          reasonForFailure: '1 error occurred: * permission denied',
        },
      },
      { ...refused, error: { code: '400', message: '1 error occurred: * permission denied' } },
    ],
    [
      { outcome: 'FAILURE', reason: { reasonForFailure: 'NOT AUTHORIZED' } },
      { ...refused, error: { message: 'NOT AUTHORIZED' } },
    ],
    // The same words without a failure, and a failure for another reason.
    [
      { outcome: 'pending', reason: { reasonType: 'Unauthorized' } },
      { outcome: 'pending', denied: false },
    ],
    [
      { outcome: 'failure', reason: { reasonCode: 404, reasonType: 'resource not found' } },
      { ...failed, error: { code: '404', message: 'resource not found' } },
    ],
    [
      {
        outcome: 'failure',
        severity: 'critical',
        reason: { reasonCode: 500, reasonType: 'Internal', reasonForFailure: 'disk' },
      },
      { ...failed, error: { code: '500', message: 'disk' } },
    ],
    [
      { outcome: 'failure', reason: { reasonCode: 'E_LOCKED' } },
      { ...failed, error: { code: 'E_LOCKED' } },
    ],
    [{ outcome: 'failure', reason: { reasonCode: null, reasonType: '' } }, failed],
  ])('%j', (record, ending) => {
    expect(endingOf(record as never)).toEqual(ending);
  });
});
