/** A stream of server-sent events as the items in it, in bounded memory. */
import { createParser } from 'eventsource-parser';
import { AuditError } from '../../model/error.ts';
import { isObject, type JsonObject } from '../../model/record.ts';
import { excerpt } from '../../source/problem.ts';
import { IbmError } from './errors.ts';
import type { FetchAnswer } from './ports.ts';

/** Characters of one item. How many rows go into an item is IBM's choice, so this is the room for a whole answer. */
const MAX_ITEM = 64 * 1024 * 1024;

/**
 * The items of an answer, one for each event of the stream. Ends of lines may be LF, CR or CRLF and pieces may be cut
 * anywhere, in the middle of a character too.
 *
 * The protocol has no word for its end. Where the wire does not tell that an answer was cut off, an item that is no whole
 * JSON, or an answer with nothing in it, does.
 *
 * @throws IbmError `unavailable` for an answer that was cut off; AuditError `incomplete` for an item that is too large.
 * @internal
 */
export async function* streamItems(
  { body }: FetchAnswer,
  service: string,
  maxItem = MAX_ITEM,
): AsyncGenerator<JsonObject, void, undefined> {
  const texts: string[] = [];
  let alive = false;
  let overflow = false;
  let ended = false;
  let remains = false;
  const parser = createParser({
    maxBufferSize: maxItem,
    onEvent: ({ data }) => void texts.push(data),
    onComment: () => {
      alive = true;
    },
    onError: ({ type }) => {
      overflow ||= type === 'max-buffer-size-exceeded';
      // A line that is no field, at the very end: the first letters of one.
      remains ||= ended && type === 'unknown-field';
    },
  });
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  try {
    while (!ended) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      ended = done;
      // The last event may lack the empty line that closes it; if it is whole, it counts.
      parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      for (const text of texts.splice(0)) {
        alive = true;
        yield itemOf(text, service);
      }
      if (overflow) throw tooLarge(service, maxItem);
    }
    if (remains) throw cutOff(service, 'the answer was cut off in the middle of a line');
    if (!alive) throw cutOff(service, 'the answer is empty');
  } finally {
    // Of an answer that was read to its end this does nothing; of any other it lets go of the socket.
    reader?.cancel().catch(() => {});
  }
}

function itemOf(text: string, service: string): JsonObject {
  try {
    const item: unknown = JSON.parse(text);
    if (isObject(item)) return item;
  } catch {
    throw cutOff(service, 'the answer was cut off in the middle of an item, or is no JSON');
  }
  throw new IbmError('unknown', `an item of the answer is no object: ${excerpt(text)}`, { service });
}

function cutOff(service: string, text: string): IbmError {
  return new IbmError('unavailable', text, { service });
}

function tooLarge(service: string, maxItem: number): AuditError {
  const size = `${Math.round(maxItem / 1024 / 1024)} MB`;
  return new AuditError(
    'incomplete',
    `${service}: one item of the answer has more than ${size}; ask for fewer rows at a time with pageRows`,
  );
}
