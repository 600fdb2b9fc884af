/** How a request ended, and whether it was refused. */
import type { CatalogEntry } from '../../catalog/entry.ts';
import type { AuditEvent, Outcome } from '../../model/event.ts';
import { objectAt } from '../../model/json-text.ts';
import { type JsonObject, textOf } from '../../model/record.ts';

/** The part of an event that says how it ended. */
export interface Ending {
  readonly outcome: Outcome;
  readonly denied: boolean;
  readonly error: AuditEvent['error'];
}

// Every service has its own spelling. Without the prefixes of EC2 (`Client.`) and of model names.
const DENIALS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AccessDeniedFault',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Forbidden',
  'ForbiddenException',
  'KMSAccessDeniedException',
  'NotAuthorized',
  'NotAuthorizedException',
  'UnauthorizedAccess',
  'UnauthorizedException',
  'UnauthorizedOperation',
  'VpceAccessDenied',
]);
// For spellings that are not listed. Codes are single words, so this cannot hit half a sentence.
const DENIAL = /access.?denied|unauthori[sz]ed|not.?authori[sz]ed|forbidden/i;
// The sentence of IAM itself; looked for only where a service gives no code.
const DENIAL_SENTENCE = /\bis not authorized to perform\b/i;

const NO_ERROR = { denied: false, error: undefined } as const;

/**
 * Reads `errorCode` and `errorMessage`: either makes a failure, since events such as RotationFailed have a message
 * alone. Without both the name decides where it tells (RotationStarted is pending), and a console sign-in says it in
 * its response.
 */
export function endingOf(record: JsonObject, entry: CatalogEntry | undefined, name: string): Ending {
  const code = textOf(record, 'errorCode');
  const message = textOf(record, 'errorMessage');
  if (code !== undefined || message !== undefined) {
    const error: { code?: string; message?: string } = {};
    if (code !== undefined) error.code = code;
    if (message !== undefined) error.message = message;
    return {
      outcome: 'failure',
      denied: code === undefined ? DENIAL_SENTENCE.test(message ?? '') : isDenial(code),
      error,
    };
  }
  if (entry?.outcome !== undefined) return { outcome: entry.outcome, ...NO_ERROR };
  if (name === 'ConsoleLogin' && textOf(objectAt(record, 'responseElements'), name) === 'Failure') {
    return { outcome: 'failure', ...NO_ERROR };
  }
  return { outcome: 'success', ...NO_ERROR };
}

/** Whether an error code means that permission was missing: `Client.UnauthorizedOperation` does. */
function isDenial(code: string): boolean {
  if (code.length > 128) return false;
  const word = code.slice(Math.max(code.lastIndexOf('.'), code.lastIndexOf('#')) + 1);
  return DENIALS.has(word) || DENIAL.test(code);
}
