/** A server on the loopback interface and nowhere else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const LARGEST_REQUEST = 4 * 1024 * 1024;

/** @internal */
export interface Loopback {
  readonly url: string;
  stop(): Promise<void>;
}

/** Answers one request. The signal is that of a connection that has closed, or of a server that has stopped. @internal */
export type Serve = (request: IncomingMessage, response: ServerResponse, signal: AbortSignal) => Promise<void>;

/** @internal */
export async function openLoopback(serve: Serve): Promise<Loopback> {
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    const closed = new AbortController();
    const signal = AbortSignal.any([stopping.signal, closed.signal]);
    response.on('close', () => closed.abort(new Error('The connection is closed.')));
    serve(request, response, signal).catch(() => response.destroy());
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

/** `undefined` when it is too large; then the rest of it is not read. @internal */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
