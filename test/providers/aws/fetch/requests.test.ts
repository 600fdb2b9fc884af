import { createHash, createHmac } from 'node:crypto';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import { awsErrorCode } from '../../../../src/providers/aws/errors.ts';
import { addressOf } from '../../../../src/providers/aws/fetch/endpoint.ts';
import { type AwsFetch, type FetchCredentials, fetchClient } from '../../../../src/providers/aws/fetch/index.ts';
import { answering, BOTH, failureOf, KEYS, type Seen } from './raw-server.ts';

const region = 'us-east-1';
const never: AwsFetch = () => new Promise(() => {});
const empty = (response: { end(text: string): unknown }) => response.end('{}');

/** The signature that a request should have, by the steps of the IAM User Guide, `reference_sigv-create-signed-request`. */
function signatureOf({ headers, body }: Seen): string {
  const [, date = '', where = '', service = '', names = ''] =
    /Credential=[^/]+\/(\d{8})\/([\w-]+)\/(\w+)\/aws4_request, *SignedHeaders=([\w;-]+)/.exec(
      String(headers.authorization),
    ) ?? [];
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.split(';').map((name) => `${name}:${headers[name]}`),
    '',
    names,
    sha(body),
  ];
  const scope = `${date}/${where}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha(canonical.join('\n'))].join('\n');
  const key = [date, where, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${KEYS.secretAccessKey}`);
  return hmac(key, text).toString('hex');
}

describe.each(BOTH)('a request of the %s', (_, connect) => {
  test('is signed, session token included, with times in seconds', async () => {
    const { url, seen } = await answering(empty);
    const client = connect(url);
    const StartTime = new Date('2026-11-20T10:00:00.250Z');
    await client.lookupEvents({ StartTime, EndTime: new Date('2026-11-20T11:00:00Z'), MaxResults: 50 });
    await client.lookupEvents({ NextToken: 'ümläut "quoted"' });
    for (const one of seen) {
      expect(one.headers.authorization).toContain(`Signature=${signatureOf(one)}`);
      expect(one.headers.authorization).toMatch(/SignedHeaders=[\w;-]*host;[\w;-]*x-amz-security-token/);
    }
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'CloudTrail_20131101.LookupEvents',
      'x-amz-security-token': KEYS.sessionToken,
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      StartTime: StartTime.getTime() / 1000,
      EndTime: Date.parse('2026-11-20T11:00:00Z') / 1000,
      MaxResults: 50,
    });
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({ NextToken: 'ümläut "quoted"' });
  });
});

test('the addresses are those of the SDK, in every partition', () => {
  const sdk = { cloudtrail: new CloudTrail({ region }), logs: new CloudWatchLogs({ region }) };
  const regions =
    'us-east-1 eu-west-3 ap-southeast-7 mx-central-1 cn-north-1 cn-northwest-1 eusc-de-east-1 us-gov-west-1 us-iso-east-1 us-isob-east-1 eu-isoe-west-1 us-isof-south-1';
  for (const Region of regions.split(' ')) {
    for (const service of ['cloudtrail', 'logs'] as const) {
      const { endpointProvider } = sdk[service].config;
      const { url } = endpointProvider({ Region, UseFIPS: false, UseDualStack: false } as never) as { url: URL };
      expect(addressOf(service, Region)).toBe(url.href);
    }
  }
});

describe('credentials', () => {
  const until = (minutes: number, id = 'AKIAEXAMPLE'): FetchCredentials => ({
    ...KEYS,
    accessKeyId: id,
    expiration: new Date(Date.now() + minutes * 60_000),
  });
  const idOf = ({ headers }: Seen) => /Credential=([^/]+)/.exec(String(headers.authorization))?.[1];

  /** A client whose provider gives these, one after the other. */
  async function client(...given: readonly FetchCredentials[]) {
    let asked = 0;
    const refused = new Set<string>();
    const { url, seen } = await answering((response, request) => {
      if (!refused.has(idOf(request) ?? '')) return response.end('{}');
      response.statusCode = 400;
      return response.end('{"__type":"ExpiredTokenException"}');
    });
    const credentials = async () => given[Math.min(asked++, given.length - 1)] as FetchCredentials;
    const { lookupEvents } = fetchClient({ region, endpoint: url, credentials });
    return { lookupEvents, seen, refused, asked: () => asked };
  }

  test('are asked for once, however many requests begin at once', async () => {
    const { lookupEvents, asked } = await client(until(60));
    await Promise.all([lookupEvents({}), lookupEvents({}), lookupEvents({})]);
    await lookupEvents({});
    expect(asked()).toBe(1);
  });

  test('are asked for again five minutes before they end', async () => {
    const { lookupEvents, asked, seen } = await client(until(4, 'AKIAFIRST'), until(60, 'AKIASECOND'));
    for (let i = 0; i < 3; i++) await lookupEvents({});
    expect(asked()).toBe(2);
    expect(seen.map(idOf)).toEqual(['AKIAFIRST', 'AKIASECOND', 'AKIASECOND']);
  });

  test('are asked for again when the service refuses them, whatever they say of their end', async () => {
    const { lookupEvents, refused, seen } = await client(
      { ...KEYS, accessKeyId: 'AKIAFIRST' },
      until(60, 'AKIASECOND'),
    );
    refused.add('AKIAFIRST');
    expect(awsErrorCode(await failureOf(lookupEvents({})))).toBe('unauthenticated');
    await lookupEvents({});
    expect(seen.map(idOf)).toEqual(['AKIAFIRST', 'AKIASECOND']);
  });

  test('a provider that fails is unauthenticated, keeps its cause, and is asked the next time', async () => {
    const { url } = await answering(empty);
    const cause = new Error('no role');
    let failing = true;
    const credentials = async () => {
      if (failing) throw cause;
      return KEYS;
    };
    const { lookupEvents } = fetchClient({ region, endpoint: url, credentials });
    const error = await failureOf(lookupEvents({}));
    expect(awsErrorCode(error)).toBe('unauthenticated');
    expect((error as Error).cause).toBe(cause);
    failing = false;
    expect(await lookupEvents({})).toEqual({});
  });

  test.each([
    ['accessKeyId', { ...KEYS, accessKeyId: undefined }],
    ['secretAccessKey', { ...KEYS, secretAccessKey: '' }],
    ['sessionToken', { ...KEYS, sessionToken: `${KEYS.sessionToken}\n` }],
    ['expiration', { ...KEYS, expiration: '2026-11-20' }],
  ])('a wrong %s is named and not told', async (name, given) => {
    const wrong = given as unknown as FetchCredentials;
    expect(() => fetchClient({ region, credentials: wrong })).toThrowError(name);
    const { lookupEvents } = fetchClient({ region, credentials: async () => wrong, fetch: never });
    const error = (await failureOf(lookupEvents({}))) as Error;
    expect(awsErrorCode(error)).toBe('unauthenticated');
    expect(error.message).toContain(name);
    expect(error.message).not.toMatch(/the-session-token|the-secret-access-key/);
  });
});

describe('an end that is not the answer', () => {
  const reason = new Error('enough');
  const hanging: readonly (readonly [string, Parameters<typeof fetchClient>[0]])[] = [
    ['a fetch that never answers, nor heeds a signal', { region, credentials: KEYS, fetch: never }],
    ['a provider that never answers', { region, credentials: () => new Promise<never>(() => {}) }],
    [
      'a body that never ends',
      {
        region,
        credentials: KEYS,
        fetch: async () => new Response(new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) })),
      },
    ],
  ];

  test.each(hanging)('%s: an abort ends it with its reason', async (_, options) => {
    const client = fetchClient(options);
    const controller = new AbortController();
    const pending = failureOf(client.lookupEvents({}, { abortSignal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort(reason);
    expect(await pending).toBe(reason);
    expect(await failureOf(client.lookupEvents({}, { abortSignal: controller.signal }))).toBe(reason);
  });

  test.each(hanging)('%s: it is unavailable when the time is over', async (_, options) => {
    const error = await failureOf(fetchClient({ ...options, timeout: 5 }).lookupEvents({}));
    expect(awsErrorCode(error)).toBe('unavailable');
    expect((error as Error).message).toContain('5 ms');
  });

  test('a signal that many requests share keeps no listener of them', async () => {
    const { url } = await answering(empty);
    const { lookupEvents } = fetchClient({ region, endpoint: url, credentials: KEYS });
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: unknown[]) => {
      listeners++;
      addEventListener.apply(signal, args as never);
    };
    signal.removeEventListener = (...args: unknown[]) => {
      listeners--;
      removeEventListener.apply(signal, args as never);
    };
    for (let i = 0; i < 5; i++) await lookupEvents({}, { abortSignal: signal });
    expect(listeners).toBe(0);
  });
});

test('options that cannot be meant are refused at once', () => {
  const good = { region, credentials: KEYS };
  expect(() => fetchClient({ ...good, region: 'evil.example.com/' })).toThrowError(/no AWS Region/);
  for (const endpoint of ['example.com', 'ftp://example.com', '']) {
    expect(() => fetchClient({ ...good, endpoint })).toThrowError(/endpoint/);
  }
  expect(() => fetchClient({ ...good, endpoint: 'https://me:hunter2@example.com' })).toThrowError(
    expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
  );
  for (const timeout of [0, Number.NaN, 2 ** 31])
    expect(() => fetchClient({ ...good, timeout })).toThrowError(/timeout/);
  expect(() => fetchClient({ ...good, maxBytes: -1 })).toThrowError(/maxBytes/);
});
