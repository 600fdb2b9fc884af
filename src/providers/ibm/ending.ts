/** How an act ended, and whether it was refused. */
import type { AuditEvent, Outcome } from '../../model/event.ts';
import { type JsonObject, member, objectOf, textOf } from '../../model/record.ts';

/** The part of an event that says how it ended. */
export interface Ending {
  readonly outcome: Outcome;
  readonly denied: boolean;
  readonly error: AuditEvent['error'] | undefined;
}

// Free text: IBM writes the HTTP phrase (Unauthorized), its guideline and Vault write lower case.
const REFUSAL = /unauthori[sz]ed|forbidden|permission denied|not authori[sz]ed/i;
const CODE = /^\s*(\d{3})\s*$/;

/**
 * Reads `outcome` and `reason`. The record's own word stands, with one exception: a 401 or 403 that is not called a
 * success is a refusal, and a refusal is a failure. The severity says nothing about the end.
 */
export function endingOf(record: JsonObject): Ending {
  const reason = objectOf(record, 'reason');
  const rawCode = member(reason, 'reasonCode');
  const code = statusOf(rawCode);
  const stated = textOf(record, 'outcome');
  let outcome = stated === undefined ? outcomeOfStatus(code) : outcomeOfWord(stated);
  if (outcome === 'success' || (reason === undefined && outcome !== 'failure')) {
    return { outcome, denied: false, error: undefined };
  }

  const type = textOf(reason, 'reasonType');
  const explanation = textOf(reason, 'reasonForFailure');
  let denied = code === 401 || code === 403;
  if (denied) outcome = 'failure';
  else if (outcome === 'failure') denied = refuses(type) || refuses(explanation);
  if (outcome !== 'failure') return { outcome, denied: false, error: undefined };

  const error: { code?: string; message?: string } = {};
  const codeText =
    code !== undefined ? String(code) : typeof rawCode === 'number' ? String(rawCode) : textOf(reason, 'reasonCode');
  const message = explanation ?? type;
  if (codeText !== undefined) error.code = codeText;
  if (message !== undefined) error.message = message;
  return { outcome, denied, error: codeText === undefined && message === undefined ? undefined : error };
}

function refuses(text: string | undefined): boolean {
  return text !== undefined && REFUSAL.test(text);
}

/** An HTTP status, which records write as a number and sometimes as text. */
function statusOf(code: unknown): number | undefined {
  if (typeof code === 'number') return Number.isInteger(code) && code >= 100 && code <= 599 ? code : undefined;
  if (typeof code !== 'string') return undefined;
  const match = CODE.exec(code);
  return match ? statusOf(Number(match[1])) : undefined;
}

function outcomeOfStatus(code: number | undefined): Outcome {
  if (code === undefined || code < 200) return 'unknown';
  if (code < 300) return 'success';
  return code >= 400 ? 'failure' : 'unknown';
}

function outcomeOfWord(text: string): Outcome {
  if (text === 'success' || text === 'failure' || text === 'pending') return text;
  const word = text.length > 32 ? '' : text.trim().toLowerCase();
  return word === 'success' || word === 'failure' || word === 'pending' ? word : 'unknown';
}
