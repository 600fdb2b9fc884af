/** Clients of a server of ours: one made of fetch, and IBM's own. */
import type { IncomingMessage } from 'node:http';
import { BaseService, IamAuthenticator } from 'ibm-cloud-sdk-core';
import { afterEach } from 'vitest';
import { type IbmServer, type IbmServerOptions, startIbmServer, virtualClock } from '../../../src/testing/index.ts';

/** When the tests take place. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');
const MINUTE = 60_000;

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

/** A server that is stopped after the test; on a clock of its own at {@link NOW} unless it is given one. */
export async function start(options: IbmServerOptions = {}): Promise<IbmServer> {
  const server = await startIbmServer({ clock: virtualClock(NOW), quotas: false, ...options });
  open.push(server);
  return server;
}

export const APIKEY_GRANT = 'urn:ibm:params:oauth:grant-type:apikey';

/** Asks for a token by hand. */
export function askToken(server: IbmServer, form: Record<string, string>): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return fetch(`${server.url}/identity/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
}

export async function tokenOf(server: IbmServer, apikey = 'not-a-secret'): Promise<string> {
  const answer = await askToken(server, { grant_type: APIKEY_GRANT, apikey });
  return ((await answer.json()) as { access_token: string }).access_token;
}

interface Asked {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Sends a query by hand. */
export async function ask(server: IbmServer, body: unknown, asked: Asked = {}): Promise<Response> {
  const authorization = `Bearer ${asked.token ?? (await tokenOf(server))}`;
  return fetch(`${server.url}/v1/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, ...asked.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(asked.signal && { signal: asked.signal }),
  });
}

/** A row as it came. */
interface Row {
  readonly metadata: readonly { readonly key: string; readonly value?: string }[];
  readonly labels: readonly { readonly key: string; readonly value?: string }[];
  readonly user_data: string;
}

export interface Answer {
  readonly rows: readonly Row[];
  readonly warnings: readonly Record<string, Record<string, unknown>>[];
  readonly errors: readonly unknown[];
  /** What the items were, in their order. */
  readonly kinds: readonly string[];
}

interface Item {
  readonly result?: { readonly results: readonly Row[] };
  readonly warning?: Record<string, Record<string, unknown>>;
}

/** Reads a stream as IBM's Go SDK does: line by line, `data: ` with its space, comments, an empty line behind each. */
export function readStream(text: string): Answer {
  const items: Item[] = [];
  let data: string | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith(':')) continue;
    if (line === '') {
      if (data !== undefined) items.push(JSON.parse(data));
      data = undefined;
    } else if (line.startsWith('data: ')) data = line.slice('data: '.length);
    else throw new Error(`IBM's client does not take this line: ${line}`);
  }
  return {
    rows: items.flatMap((item) => item.result?.results ?? []),
    warnings: items.flatMap((item) => (item.warning ? [item.warning] : [])),
    errors: items.filter((item) => 'error' in item || 'errors' in item),
    kinds: items.map((item) => Object.keys(item)[0] ?? ''),
  };
}

/** The answer to a query of the last day. */
export async function query(server: IbmServer, text: string, metadata: object = {}): Promise<Answer> {
  const answer = await ask(server, { query: text, metadata: { ...lastDay(), ...metadata } });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return readStream(await answer.text());
}

/** The rows of an answer by the id in their record. */
export function ids(answer: Answer): readonly string[] {
  return answer.rows.map((row) => (JSON.parse(row.user_data) as { id: string }).id);
}

export function lastDay() {
  return { start_date: stamp(24 * 60), end_date: stamp(0) };
}

/** So many minutes before {@link NOW}. */
export function stamp(minutesAgo: number): string {
  return new Date(NOW - minutesAgo * MINUTE).toISOString();
}

/** An event, so many minutes before {@link NOW}. */
export function record(id: string, minutesAgo: number, fields: Record<string, unknown> = {}) {
  return {
    id,
    action: 'secrets-manager.secret.read',
    eventTime: `${stamp(minutesAgo).slice(0, 22)}+0000`,
    outcome: 'success',
    logSourceCRN: 'crn:v1:bluemix:public:secrets-manager:us-south:a/0a11:11111111-2222-4333-8444-555555555555::',
    ...fields,
  };
}

/** IBM's own client, of which every service of the SDK is a subclass. */
export class SdkService extends BaseService {
  constructor(server: IbmServer, apikey = 'not-a-secret') {
    super({
      authenticator: new IamAuthenticator({ apikey, url: server.url }),
      serviceUrl: server.url,
    });
  }

  async post(path: string, body: unknown): Promise<IncomingMessage> {
    return (await this.#send(
      'POST',
      path,
      { body },
      { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      'stream',
    )) as IncomingMessage;
  }

  get(path: string, qs: Record<string, string | number> = {}): Promise<unknown> {
    return this.#send('GET', path, { qs }, { Accept: 'application/json' });
  }

  async #send(method: string, url: string, content: object, headers: object, responseType?: string): Promise<unknown> {
    const answer = await this.createRequest({
      options: { url, method, ...content },
      defaultOptions: { ...this.baseOptions, headers, ...(responseType && { responseType }) },
    });
    return answer.result;
  }
}

export async function textOfStream(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** What a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('It was expected to fail.');
}
