/** Answers: read as far as they are wanted, and what they say when they say no. */
import { AuditError } from '../../../model/error.ts';
import { parseJson } from '../../../model/json-text.ts';
import { isObject, type JsonObject, member, textOf } from '../../../model/record.ts';
import { isBrokenWire } from '../../../source/broken-wire.ts';
import { words } from '../../../source/words.ts';
import type { FetchCredentials } from './credentials.ts';
import { type FailureMetadata, FetchFailure } from './failure.ts';
import type { AwsFetchAnswer } from './ports.ts';

/** Bytes of a refusal that are read, and characters of its text that are told. */
const REFUSAL_LENGTH = 64 * 1024;
const TEXT_LENGTH = 1000;

/** The members of an answer whose form is checked, by the name of the operation. */
interface Form {
  readonly list?: string;
  readonly token?: string;
}

/**
 * The object of an answer that is a success.
 *
 * @throws SyntaxError for what is no JSON object, or was cut off: the same request may be answered whole.
 * @throws AuditError `incomplete` for more than `most` bytes.
 * @internal
 */
export async function outputOf(
  operation: string,
  answer: AwsFetchAnswer,
  most: number,
  form: Form,
): Promise<JsonObject> {
  const { text, whole } = await bodyOf(operation, answer, most);
  if (!whole) {
    throw new AuditError(
      'incomplete',
      `${operation}: the answer is longer than ${most} bytes; raise maxBytes of the client`,
    );
  }
  const output = parseJson(text);
  if (isObject(output)) {
    // The SDK takes null for nothing as well.
    const told = Object.fromEntries(Object.entries(output).filter(([, value]) => value !== null));
    const list = form.list === undefined ? undefined : told[form.list];
    const token = form.token === undefined ? undefined : told[form.token];
    if ((list === undefined || Array.isArray(list)) && (token === undefined || typeof token === 'string')) return told;
  }
  const id = answer.headers.get('x-amzn-requestid');
  throw new SyntaxError(
    `${operation}: the answer is not what the service answers with, or was cut off${id ? ` (request ${words(id, 64)})` : ''}`,
  );
}

/** The failure of an answer whose status says so. @internal */
export async function refusalOf(
  operation: string,
  answer: AwsFetchAnswer,
  { secretAccessKey, sessionToken }: FetchCredentials,
  clockSkewCorrected: boolean,
): Promise<FetchFailure> {
  const { status, headers } = answer;
  // What broke while a refusal was read is still a refusal.
  const { text } = await bodyOf(operation, answer, REFUSAL_LENGTH).catch(() => ({ text: '' }));
  const body = parseJson(text);
  const type = textOf(body, '__type') ?? headers.get('x-amzn-errortype') ?? textOf(body, 'code') ?? '';
  // com.amazonaws.cloudtrail#InvalidNextTokenException, AccessDeniedException:http://internal.amazon.com/...
  const name = /^(?:[^#,:]*#)?(\w{1,100})(?:[,:].*)?$/.exec(type)?.[1] ?? 'UnknownError';
  let said = textOf(body, 'message') ?? textOf(body, 'Message') ?? (isObject(body) ? '' : 'the answer is no JSON');
  // A signature that does not fit is answered with what should have been signed, session token included.
  for (const secret of [secretAccessKey, sessionToken]) if (secret) said = said.replaceAll(secret, '...');
  const requestId = headers.get('x-amzn-requestid') ?? headers.get('x-amz-request-id');
  const metadata: FailureMetadata = {
    httpStatusCode: status,
    ...(requestId && { requestId: words(requestId, 64) }),
    ...(clockSkewCorrected && { clockSkewCorrected }),
  };
  const retryAfter = headers.get('retry-after') ?? undefined;
  const message = `${operation}: HTTP ${status}${said === '' ? '' : `: ${words(said, TEXT_LENGTH)}`}`;
  return new FetchFailure(name, message, { metadata, retryAfter });
}

/** A wire that broke; what exactly broke, Node tells in the cause, and other runtimes do not tell. @internal */
export function wireFailure(operation: string, cause: unknown): FetchFailure {
  let code: string | undefined;
  for (let one = cause, depth = 0; depth < 4 && code === undefined && isObject(one); depth++) {
    code = textOf(one, 'code');
    one = member(one, 'cause');
  }
  // A certificate that is not trusted has a code too, and will be trusted no more the next time.
  const name = code === undefined || isBrokenWire(code) ? 'NetworkError' : 'FetchError';
  return new FetchFailure(name, `${operation}: no answer came${code ? ` (${code})` : ''}`, { cause, code });
}

async function bodyOf(
  operation: string,
  { body }: AwsFetchAnswer,
  most: number,
): Promise<{ readonly text: string; readonly whole: boolean }> {
  if (!body) return { text: '', whole: true };
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let left = most; left >= 0; ) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw wireFailure(operation, cause);
      });
      if (done) return { text: text + decoder.decode(), whole: true };
      text += decoder.decode(value, { stream: true });
      left -= value?.length ?? 0;
    }
    return { text, whole: false };
  } finally {
    // Of an answer that was read to its end this does nothing.
    reader.cancel().catch(() => {});
  }
}
