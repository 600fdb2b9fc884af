/** A server that answers with whatever a test wants to come over the wire. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { afterEach } from 'vitest';
import { fetchClient } from '../../../../src/providers/aws/fetch/index.ts';
import type { LookupEventsClient } from '../../../../src/providers/aws/index.ts';

/** A request as it came. */
export interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Listens until the test is over. */
export async function answering(answer: (response: ServerResponse, request: Seen) => unknown) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(one);
    answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Keys that must never be told. */
export const KEYS = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: 'the-secret-access-key',
  sessionToken: 'the-session-token',
} as const;

const settings = (endpoint: string) => ({ region: 'us-east-1', endpoint, credentials: KEYS });

/** What both clients have to make the same of. */
export const BOTH: readonly (readonly [kind: string, connect: (url: string) => LookupEventsClient])[] = [
  ['SDK client', (url) => new CloudTrail({ ...settings(url), maxAttempts: 1 })],
  ['fetch client', (url) => fetchClient(settings(url))],
];

/** What a promise is rejected with. */
export const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('It was expected to fail.');
    },
    (error: unknown) => error,
  );
