/** Everything that can go wrong on the two loopback servers, and what a reader must make of it. */
import type { ErrorCode } from '../../src/model/error.ts';
import type { NoticeCode } from '../../src/source/source.ts';
import type { AwsFault, IbmFault } from '../../src/testing/index.ts';

/** What a fault does to the result. Nothing: everything comes, as if it had not been. */
interface Effect {
  readonly error?: ErrorCode;
  readonly notice?: NoticeCode;
  /** Events that cannot come, because their records are damaged. */
  readonly lost?: number;
}

export type Trouble = Effect & { readonly title: string } & (
    | { readonly cloud: 'aws'; readonly fault: AwsFault }
    | { readonly cloud: 'ibm'; readonly fault: IbmFault }
  );

const onAws = (title: string, fault: AwsFault, effect: Effect = {}): Trouble => ({
  cloud: 'aws',
  title: `AWS: ${title}`,
  fault: { after: 1, ...fault },
  ...effect,
});
const onIbm = (title: string, fault: IbmFault, effect: Effect = {}): Trouble => ({
  cloud: 'ibm',
  title: `IBM: ${title}`,
  fault: { operation: 'query', after: 1, ...fault },
  ...effect,
});

export const TROUBLES: readonly Trouble[] = [
  onAws('throttled five times', { kind: 'throttle', times: 5 }),
  onAws('fails with 500 twice', { kind: 'server-error', times: 2 }),
  onAws('resets the connection', { kind: 'reset', times: 2 }),
  onAws('cuts an answer off', { kind: 'truncate', times: 2 }),
  onAws('answers slowly', { kind: 'slow', ms: 20_000 }),
  onAws('does not answer', { kind: 'hang' }),
  onAws('gives an empty page', { kind: 'empty-page', times: 2 }),
  onAws('gives a page twice', { kind: 'duplicate-page' }),
  onAws('damages a record', { kind: 'malformed-record' }, { notice: 'malformed-record', lost: 1 }),
  onAws('gives a page token twice', { kind: 'same-token', times: 3 }, { error: 'incomplete' }),
  onAws('credentials run out', { kind: 'expired-token' }, { error: 'unauthenticated' }),
  onAws('refuses the call', { kind: 'access-denied' }, { error: 'permission-denied' }),
  onAws(
    'does not know the operation',
    { kind: 'error', code: 'UnsupportedOperationException' },
    { error: 'unsupported' },
  ),

  onIbm('throttled five times', { kind: 'throttle', times: 5 }),
  onIbm('throttled inside the stream', { kind: 'stream-rate-limit', times: 3 }),
  onIbm('fails with 500 twice', { kind: 'server-error', times: 2 }),
  onIbm('resets the connection', { kind: 'reset', times: 2 }),
  onIbm('cuts an answer off', { kind: 'truncate', times: 2 }),
  onIbm('ends without an empty line', { kind: 'unclosed', times: 2 }),
  onIbm('answers slowly', { kind: 'slow', ms: 20_000 }),
  onIbm('answers byte by byte of a character', { kind: 'split', times: 3 }),
  onIbm('keeps the connection alive', { kind: 'keep-alive', times: 3 }),
  onIbm('gives rows twice', { kind: 'repeated-rows', times: 2 }),
  onIbm('gives rows in no order', { kind: 'shuffled-rows', times: 2 }),
  onIbm('the token runs out', { kind: 'unauthenticated' }),
  onIbm('damages a record', { kind: 'malformed-row' }, { notice: 'not-a-record', lost: 1 }),
  onIbm(
    'does not search everything',
    { kind: 'warning', warning: { files_read_limit_warning: {} }, after: 0, times: 1000 },
    { notice: 'incomplete-answer' },
  ),
  onIbm(
    'has no archive',
    { kind: 'warning', warning: { archive_warning: { bucket_access_denied: {} } }, times: 3 },
    { notice: 'archive-incomplete' },
  ),
  onIbm(
    'remarks on the query',
    { kind: 'warning', warning: { compile_warning: { warning_message: 'unknown field' } }, times: 3 },
    { notice: 'query-warning' },
  ),
  onIbm('refuses the call', { kind: 'access-denied' }, { error: 'permission-denied' }),
  onIbm('has no such instance', { kind: 'error', status: 404, code: 'not_found' }, { error: 'not-found' }),
  onIbm('refuses the key', { kind: 'iam-failure', operation: 'getToken', after: 0 }, { error: 'unauthenticated' }),
];
