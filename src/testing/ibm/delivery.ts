/** How an answer goes out: whole, in pieces, or spoiled on its way. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { IbmFault } from './faults.ts';
import type { LogRules } from './log-rules.ts';
import type { StreamItem } from './query-run.ts';

const PIECES = 10;
const BYTES_PER_WRITE = 64 * 1024;

/** @internal */
export interface Way {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly fault?: IbmFault | undefined;
}

/** Sends one JSON document. @internal */
export async function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  way: Way,
): Promise<void> {
  if (way.fault?.kind === 'hang') return;
  const bytes = Buffer.from(JSON.stringify(body));
  const sent = way.fault?.kind === 'truncate' ? half(bytes) : bytes;
  const length = { 'content-length': String(sent.length) };
  response.writeHead(status, { 'content-type': 'application/json', ...length, ...headers });
  if (way.fault?.kind === 'reset') return reset(response, half(sent));
  if (way.fault?.kind === 'slow') {
    const size = Math.max(1, Math.ceil(sent.length / PIECES));
    for (let start = 0; start < sent.length; start += size) {
      await way.clock.sleep(way.fault.ms / PIECES, way.signal);
      response.write(sent.subarray(start, start + size));
    }
  } else await writeOut(response, sent, way);
  response.end();
}

/** Sends a stream of events, one for each item. @internal */
export async function sendStream(
  response: ServerResponse,
  items: readonly StreamItem[],
  rules: LogRules,
  way: Way & { readonly keepAlive: boolean },
): Promise<void> {
  const { fault, clock, signal } = way;
  if (fault?.kind === 'hang' && fault.batches === undefined) return;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const last = items.length - 1;
  const middle = Math.ceil(last / 2);
  let batches = 0;
  for (const [index, item] of items.entries()) {
    signal.throwIfAborted();
    if (fault?.kind === 'hang' && item.rows && batches++ >= (fault.batches ?? 0)) return;
    if (fault?.kind === 'slow') await clock.sleep(fault.ms / items.length, signal);
    let text = `: success\ndata: ${JSON.stringify(item.write())}\n\n`;
    if (way.keepAlive) text = `:\n\n${text}: a comment\n:\n\n`;
    if (index === last && fault?.kind === 'unclosed') text = text.trimEnd();
    const bytes = Buffer.from(text.replaceAll('\n', rules.lineEnd));
    if (fault?.kind === 'reset' && index === middle) return reset(response, half(bytes));
    const cut = fault?.kind === 'truncate' && index === last;
    await writeOut(response, cut ? half(bytes) : bytes, way, rules.chunkBytes);
  }
  response.end();
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

async function reset(response: ServerResponse, bytes: Buffer): Promise<void> {
  await new Promise((resolve) => response.write(bytes, resolve));
  response.socket?.resetAndDestroy();
}

/** Writes no faster than the other side reads. */
async function writeOut(response: ServerResponse, bytes: Buffer, way: Way, size?: number): Promise<void> {
  const { fault, signal } = way;
  const inCharacters = fault?.kind === 'split' && fault.bytes === undefined;
  const limit = (fault?.kind === 'split' ? fault.bytes : undefined) ?? size ?? BYTES_PER_WRITE;
  let start = 0;
  while (start < bytes.length) {
    let end = Math.min(bytes.length, start + Math.max(1, limit));
    if (inCharacters) end = insideCharacter(bytes, start, end);
    if (!response.write(bytes.subarray(start, end))) await drained(response, signal);
    if (end - start < bytes.length) await turns();
    start = end;
  }
}

/** What is written in one turn of the loop goes out as one chunk, and what is read in one turn comes in as one. */
async function turns(): Promise<void> {
  for (let count = 0; count < 3; count++) await new Promise((resolve) => setImmediate(resolve));
}

/** Behind the first byte of the next character that has several. */
function insideCharacter(bytes: Buffer, start: number, end: number): number {
  for (let index = start; index < end; index++) if ((bytes[index] ?? 0) >= 0xc0) return index + 1;
  return end;
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    response.once('drain', () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}
