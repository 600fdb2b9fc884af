import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BasicAuthenticator,
  BearerTokenAuthenticator,
  ContainerAuthenticator,
  IamAuthenticator,
  NoAuthAuthenticator,
} from 'ibm-cloud-sdk-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AuditError } from '../../../../src/model/error.ts';
import { ibmCloudLogs } from '../../../../src/providers/ibm/cloud-logs.ts';
import type { IbmCloudLogsOptions } from '../../../../src/providers/ibm/cloud-logs-options.ts';
import { events } from '../../../../src/reader/events.ts';
import { type IbmServer, startIbmServer, virtualClock } from '../../../../src/testing/index.ts';
import { INSTANCE, recordsOf } from './rig.ts';

const KEY = 'a-key-that-nobody-may-see';
const OTHER = '99999999-0000-4000-8000-000000000001';

let server: IbmServer;
let folder: string;
beforeEach(async () => {
  server = await startIbmServer({ records: recordsOf(5), apiKey: KEY });
  folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
  for (const name of ['URL', 'AUTH_TYPE', 'APIKEY', 'AUTH_URL']) vi.stubEnv(`LOGS_${name}`, undefined);
  writeFileSync(join(folder, 'empty.env'), '');
  vi.stubEnv('IBM_CREDENTIALS_FILE', join(folder, 'empty.env'));
  vi.stubEnv('VCAP_SERVICES', undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await server.stop();
});

function source(options: Partial<IbmCloudLogsOptions>) {
  const clock = virtualClock(Date.now());
  return ibmCloudLogs({
    region: 'us-south',
    instanceId: INSTANCE,
    tier: 'frequent_search',
    pace: { clock, maxWait: 60_000 },
    ...options,
  });
}
const read = (options: Partial<IbmCloudLogsOptions> = {}) =>
  events(source(options), { scope: 'all', from: '1d' }).toArray();
const failure = async (options: Partial<IbmCloudLogsOptions> = {}): Promise<AuditError> => {
  const error = await read(options).catch((e: unknown) => e);
  if (AuditError.is(error)) return error;
  throw new Error('it did not fail');
};
const inEnvironment = (variables: Readonly<Record<string, string | undefined>> = server.env) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
};

/** Sends everything to the server, whatever address it was meant for. */
function redirected() {
  const urls: string[] = [];
  const fetchThere: IbmCloudLogsOptions['fetch'] = (url, init) => {
    urls.push(url);
    return fetch(server.url + new URL(url).pathname, init);
  };
  return { urls, fetch: fetchThere };
}

describe('credentials', () => {
  test('an authenticator of the SDK', async () => {
    const authenticator = new IamAuthenticator({ apikey: KEY, url: server.url });
    expect(await read({ authenticator, endpoint: server.url })).toHaveLength(5);
  });

  test('an object of one\u2019s own', async () => {
    const iam = new IamAuthenticator({ apikey: KEY, url: server.url });
    let asked = 0;
    const authenticator = {
      async authenticate(request: { headers?: Record<string, string> }) {
        asked++;
        await iam.authenticate(request);
      },
    };
    expect(await read({ authenticator, endpoint: `${server.url}/` })).toHaveLength(5);
    expect(asked).toBe(1);
  });

  test('every authenticator of the SDK fits the type', () => {
    const all = [
      new IamAuthenticator({ apikey: 'x' }),
      new BearerTokenAuthenticator({ bearerToken: 'x' }),
      new BasicAuthenticator({ username: 'x', password: 'x' }),
      new ContainerAuthenticator({ iamProfileName: 'x' }),
      new NoAuthAuthenticator(),
    ] satisfies IbmCloudLogsOptions['authenticator'][];
    for (const authenticator of all) expect(source({ authenticator }).name).toContain(INSTANCE);
  });

  test('an API key, with the address of the token service from the environment', async () => {
    vi.stubEnv('LOGS_AUTH_URL', server.url);
    expect(await read({ apiKey: KEY, endpoint: server.url })).toHaveLength(5);
  });

  test('the environment', async () => {
    inEnvironment();
    expect(await read()).toHaveLength(5);
  });

  test('a credentials file', async () => {
    const file = join(folder, 'ibm-credentials.env');
    writeFileSync(
      file,
      Object.entries(server.env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    vi.stubEnv('IBM_CREDENTIALS_FILE', file);
    expect(await read()).toHaveLength(5);
  });

  test('VCAP_SERVICES', async () => {
    const credentials = { url: server.url, apikey: KEY, authUrl: server.url };
    vi.stubEnv('VCAP_SERVICES', JSON.stringify({ logs: [{ name: 'mine', credentials }] }));
    expect(await read()).toHaveLength(5);
  });

  test('none at all', async () => {
    const error = await failure();
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect(error.message).toContain('LOGS_APIKEY');
    vi.stubEnv('LOGS_URL', server.url);
    expect(await failure()).toMatchObject({ code: 'unauthenticated' });
    expect(server.requests).toEqual([]);
  });

  test('in a place that cannot be read', async () => {
    vi.stubEnv('IBM_CREDENTIALS_FILE', join(folder, 'none.env'));
    expect((await failure()).message).toContain('IBM_CREDENTIALS_FILE must name a file');
    vi.stubEnv('IBM_CREDENTIALS_FILE', join(folder, 'empty.env'));
    vi.stubEnv('VCAP_SERVICES', `{"logs":[{"apikey":"${KEY}"`);
    const error = await failure();
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect([error.message, error.stack, String(error.cause)].join()).not.toContain(KEY);
  });

  test('such as make no authenticator', async () => {
    inEnvironment({ LOGS_AUTH_TYPE: 'iam', LOGS_APIKEY: `{${KEY}}` });
    const error = await failure();
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain(KEY);
  });

  test('a reading that failed for them does not spoil the next', async () => {
    const logs = source({});
    await expect(events(logs, { from: '1d' }).toArray()).rejects.toMatchObject({ code: 'unauthenticated' });
    inEnvironment();
    expect(await events(logs, { scope: 'all', from: '1d' }).toArray()).toHaveLength(5);
  });
});

describe('a token service that says no', () => {
  test('is quoted, and the key is not', async () => {
    inEnvironment({ ...server.env, LOGS_APIKEY: 'another-key-that-nobody-may-see' });
    const error = await failure();
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect(error.message).toMatch(/IAM: Provided API key could not be found\. \(BXNIM0415E, trace /);
    const all = [error.message, error.stack, JSON.stringify(error), JSON.stringify(error.cause), String(error.cause)];
    expect(all.join()).not.toMatch(/that-nobody-may-see|grant_type/);
    expect(server.requests.filter(({ service }) => service === 'logs')).toEqual([]);
  });

  test('for the rate, or because it is down, is asked again', async () => {
    inEnvironment();
    server.fault({ kind: 'error', status: 429, operation: 'getToken', times: 2 });
    server.fault({ kind: 'error', status: 503, operation: 'getToken', times: 2 });
    expect(await read()).toHaveLength(5);
    server.fault({ kind: 'error', status: 503, operation: 'getToken', probability: 1 });
    expect(await failure()).toMatchObject({ code: 'unavailable' });
  });

  test('or is not there', async () => {
    inEnvironment({ ...server.env, LOGS_AUTH_URL: 'http://127.0.0.1:1' });
    expect(await failure()).toMatchObject({ code: 'unavailable' });
  });

  test('a token that cannot stand in a header is not shown', async () => {
    const authenticator = new BearerTokenAuthenticator({ bearerToken: 'a-token-that-nobody-may-see\n' });
    const error = await failure({ authenticator, endpoint: server.url });
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect([error.message, error.stack, String((error.cause as Error).stack)].join()).not.toContain('nobody-may-see');
  });

  test('a token that the service repeats in its refusal is not shown', async () => {
    const authenticator = new BearerTokenAuthenticator({ bearerToken: 'a-token-that-nobody-may-see' });
    const echo: IbmCloudLogsOptions['fetch'] = async (_, init) => {
      const message = `no: Authorization: ${init.headers['Authorization']}`;
      return new Response(JSON.stringify({ errors: [{ code: 'unauthenticated', message }] }), { status: 401 });
    };
    const error = await failure({ authenticator, endpoint: server.url, fetch: echo });
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect([error.message, error.stack, JSON.stringify(error.cause)].join()).not.toContain('nobody-may-see');
  });
});

describe('the address', () => {
  const authenticator = () => new IamAuthenticator({ apikey: KEY, url: server.url });

  test.each<readonly [Partial<IbmCloudLogsOptions>, string]>([
    [{}, `https://${INSTANCE}.api.us-south.logs.cloud.ibm.com/v1/query`],
    [{ region: 'eu-de', private: true }, `https://${INSTANCE}.api.private.eu-de.logs.cloud.ibm.com:3443/v1/query`],
    [{ region: 'ca-mon', private: true }, `https://${INSTANCE}.api.private.ca-mon.logs.cloud.ibm.com/v1/query`],
    [{ endpoint: 'https://logs.example/base/' }, 'https://logs.example/base/v1/query'],
  ])('%j', async (options, url) => {
    const { urls, fetch: fetchThere } = redirected();
    const there: IbmCloudLogsOptions['fetch'] = (asked, init) => fetchThere(asked.replace('/base', ''), init);
    await read({ ...options, authenticator: authenticator(), fetch: there });
    expect(urls).toEqual([url.replace('/base', '')]);
  });

  test.each<readonly [url: string, used: string]>([
    ['https://logs.internal.example', 'https://logs.internal.example/v1/query'],
    [
      `https://${INSTANCE}.api.private.us-south.logs.cloud.ibm.com:3443`,
      `https://${INSTANCE}.api.private.us-south.logs.cloud.ibm.com:3443/v1/query`,
    ],
    [
      `https://${OTHER}.api.us-south.logs.cloud.ibm.com`,
      `https://${INSTANCE}.api.us-south.logs.cloud.ibm.com/v1/query`,
    ],
    [
      `https://${INSTANCE}.api.eu-de.logs.cloud.ibm.com`,
      `https://${INSTANCE}.api.us-south.logs.cloud.ibm.com/v1/query`,
    ],
  ])('LOGS_URL %s', async (url, used) => {
    inEnvironment({ ...server.env, LOGS_URL: url });
    const { urls, fetch: fetchThere } = redirected();
    expect(await read({ fetch: fetchThere })).toHaveLength(5);
    expect(urls).toEqual([used]);
  });

  test('is shared by all that ask it, and so is its pace', async () => {
    const clock = virtualClock(Date.now());
    const began = clock.now();
    const paced = await startIbmServer({ clock });
    const login = () => new IamAuthenticator({ apikey: paced.env.LOGS_APIKEY, url: paced.url });
    const at = { endpoint: paced.url, pace: { clock } };
    const one = source({ ...at, authenticator: login() });
    const two = source({ ...at, authenticator: login(), name: 'two' });
    await events([one, two], { from: '60d', to: '1d' }).toArray();
    const asked = paced.requests.filter(({ service }) => service === 'logs');
    await paced.stop();
    expect(asked.map(({ status }) => status)).toEqual(new Array(16).fill(200));
    expect(clock.now() - began).toBeGreaterThan(60_000);
  });
});
