/** The HTTP side: requests in, answers out, on the loopback interface and nowhere else. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Answer, EventSink } from './backend.ts';
import { encodeEvent } from './event-stream.ts';
import type { AwsFault } from './faults.ts';
import { ServiceError } from './service-error.ts';

const LARGEST_REQUEST = 4 * 1024 * 1024;
const CONTENT_TYPE = 'application/x-amz-json-1.1';
const PIECES = 10;

/** A request as it came in. @internal */
export interface RawRequest {
  readonly target: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** What goes out. @internal */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly stream?: Answer['stream'];
  /** How the answer is spoiled on its way. */
  readonly fault?: AwsFault | undefined;
}

interface Listener {
  readonly url: string;
  stop(): Promise<void>;
}

/** @internal */
export async function listen(
  clock: Clock,
  answer: (request: RawRequest, signal: AbortSignal) => Promise<Reply>,
): Promise<Listener> {
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    const closed = new AbortController();
    const signal = AbortSignal.any([stopping.signal, closed.signal]);
    response.on('close', () => closed.abort(new Error('The connection is closed.')));
    serve(request, response, answer, clock, signal).catch(() => response.destroy());
  });
  // A connection that the server closes while the client reaches for it again would look like a failure.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        stopping.abort(new Error('The server is stopped.'));
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
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
  const reply = await answer({ target: typeof target === 'string' ? target : '', authorization, body }, signal);
  if (reply.stream) return streamOut(response, reply.stream, signal);
  await deliver(response, reply, clock, signal);
}

/** `undefined` when it is too large; then the rest of it is not read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
  const whole = Buffer.from(JSON.stringify(reply.body));
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const body = fault?.kind === 'truncate' ? half : whole;
  response.writeHead(status, { ...headersOf(CONTENT_TYPE), 'content-length': body.length });
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
