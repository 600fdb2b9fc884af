/** The HTTP side: requests in, answers out. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { type Loopback, openLoopback, readBody } from '../loopback.ts';
import type { Answer, EventSink } from './backend.ts';
import { encodeEvent } from './event-stream.ts';
import type { AwsFault } from './faults.ts';
import { actionOf, isForm } from './query-protocol.ts';
import { ServiceError } from './service-error.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const PIECES = 10;

/** A request as it came in. @internal */
export interface RawRequest {
  readonly target: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** The request is a form, as the older protocol has it, and is answered in XML. */
  readonly isForm: boolean;
}

/** What goes out. @internal */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** In place of the body as JSON. */
  readonly xml?: string | undefined;
  readonly stream?: Answer['stream'];
  /** How the answer is spoiled on its way. */
  readonly fault?: AwsFault | undefined;
}

/** @internal */
export function listen(
  clock: Clock,
  answer: (request: RawRequest, signal: AbortSignal) => Promise<Reply>,
): Promise<Loopback> {
  return openLoopback((request, response, signal) => serve(request, response, answer, clock, signal));
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: RawRequest, signal: AbortSignal) => Promise<Reply>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) return write(response, new ServiceError('RequestEntityTooLarge', 'Too large.', 413));
  if (request.method !== 'POST' || request.url !== '/') {
    return write(response, new ServiceError('UnknownOperationException', 'Only POST / is served.', 404));
  }
  const target = request.headers['x-amz-target'];
  const { authorization } = request.headers;
  const form = isForm(request.headers['content-type']);
  const named = form ? actionOf(body) : typeof target === 'string' ? target : '';
  const reply = await answer({ target: named, authorization, body, isForm: form }, signal);
  if (reply.stream) return streamOut(response, reply.stream, signal);
  await deliver(response, reply, clock, signal);
}

function write(response: ServerResponse, error: ServiceError): void {
  response.writeHead(error.status, { ...headersOf(CONTENT_TYPE), connection: 'close' });
  response.end(JSON.stringify({ __type: error.code, message: error.message }));
}

function headersOf(type: string) {
  return { 'content-type': type, 'x-amzn-requestid': randomUUID() };
}

async function deliver(response: ServerResponse, reply: Reply, clock: Clock, signal: AbortSignal): Promise<void> {
  const { status, fault } = reply;
  if (fault?.kind === 'hang') return;
  const whole = Buffer.from(reply.xml ?? JSON.stringify(reply.body));
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const body = fault?.kind === 'truncate' ? half : whole;
  const type = reply.xml === undefined ? CONTENT_TYPE : 'text/xml';
  response.writeHead(status, { ...headersOf(type), 'content-length': body.length });
  if (fault?.kind === 'reset') {
    await new Promise((resolve) => response.write(half, resolve));
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault?.kind === 'slow') {
    const size = Math.max(1, Math.ceil(body.length / PIECES));
    for (let start = 0; start < body.length; start += size) {
      await clock.sleep(fault.ms / PIECES, signal);
      response.write(body.subarray(start, start + size));
    }
    response.end();
    return;
  }
  response.end(body);
}

async function streamOut(
  response: ServerResponse,
  stream: NonNullable<Answer['stream']>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, headersOf('application/vnd.amazon.eventstream'));
  const sink: EventSink = {
    send: (kind, type, payload) => void response.write(encodeEvent(kind, type, payload)),
    ready: () => !response.writableNeedDrain,
    onReady: (callback) => void response.on('drain', callback),
    drop: () => response.socket?.resetAndDestroy(),
  };
  await stream(sink, signal);
  response.end();
}
