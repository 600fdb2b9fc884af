import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerAuthenticator, IamAssumeAuthenticator } from 'ibm-cloud-sdk-core';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../../src/testing/index.ts';
import { APIKEY_GRANT, ask, askToken, failure, NOW, record, SdkService, start, tokenOf } from './clients.ts';

const QUERY = { query: 'source logs' };

describe('a token', () => {
  it('is given for the key, and says when it ends', async () => {
    const server = await start({ apiKey: 'mine', tokenSeconds: 90 });
    const answer = await askToken(server, { grant_type: APIKEY_GRANT, apikey: 'mine' });
    const body = (await answer.json()) as { access_token: string; expires_in: number; expiration: number };
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 90, refresh_token: 'not_supported' });
    const [, claims = ''] = body.access_token.split('.');
    const { iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect([exp - iat, exp]).toEqual([90, body.expiration]);
    expect(server.requests).toMatchObject([{ service: 'iam', operation: 'getToken', status: 200 }]);
    expect(JSON.stringify(server.requests)).not.toContain('mine');
  });

  const refused: Record<string, [Record<string, string>, string]> = {
    'another key': [{ grant_type: APIKEY_GRANT, apikey: 'other' }, 'BXNIM0415E'],
    'no key': [{ grant_type: APIKEY_GRANT }, 'BXNIM0109E'],
    'no kind of grant': [{ apikey: 'not-a-secret' }, 'BXNIM0109E'],
    'a kind of grant that nobody knows': [{ grant_type: 'password' }, 'BXNIM0111E'],
    'a profile without a token to stand on': [
      { grant_type: 'urn:ibm:params:oauth:grant-type:assume', access_token: 'x', profile_id: 'p' },
      'BXNIM0408E',
    ],
    'a compute resource without a profile': [
      { grant_type: 'urn:ibm:params:oauth:grant-type:cr-token', cr_token: 'x' },
      'BXNIM0109E',
    ],
  };
  for (const [what, [form, errorCode]] of Object.entries(refused)) {
    it(`is not given for ${what}`, async () => {
      const server = await start();
      const answer = await askToken(server, form);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errorCode, context: { requestId: expect.any(String) } });
      expect(server.requests).toMatchObject([{ status: 400, error: errorCode }]);
    });
  }

  it("is fetched once by IBM's own client, and again when it is about to end", async () => {
    const server = await start({ records: [record('a', 1)] });
    const service = new SdkService(server);
    for (let count = 0; count < 3; count++) (await service.post('/v1/query', QUERY)).resume();
    expect(server.requests.filter((request) => request.service === 'iam')).toHaveLength(1);
    // The SDK takes a token for expired ten seconds before it is.
    const short = await start({ tokenSeconds: 10 });
    const impatient = new SdkService(short);
    for (let count = 0; count < 3; count++) (await impatient.post('/v1/query', QUERY)).resume();
    expect(short.requests.filter((request) => request.service === 'iam')).toHaveLength(3);
  });

  it("is given to IBM's own clients for trusted profiles", async () => {
    const server = await start();
    const folder = mkdtempSync(join(tmpdir(), 'cr-token-'));
    try {
      const crTokenFilename = join(folder, 'token');
      writeFileSync(crTokenFilename, 'of the machine');
      const authenticators = [
        new IamAssumeAuthenticator({ apikey: 'not-a-secret', iamProfileId: 'p', url: server.url }),
        new ContainerAuthenticator({ crTokenFilename, iamProfileName: 'p', url: server.url }),
      ];
      for (const authenticator of authenticators) {
        const options: { headers?: Record<string, string> } = {};
        await authenticator.authenticate(options);
        const token = options.headers?.['Authorization']?.slice('Bearer '.length) ?? '';
        expect((await ask(server, QUERY, { token })).status).toBe(200);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ends on the clock that it is given', async () => {
    const tokenClock = virtualClock(NOW);
    const server = await start({ tokenClock, tokenSeconds: 3600 });
    const token = await tokenOf(server);
    expect((await ask(server, QUERY, { token })).status).toBe(200);
    await tokenClock.advance(3_600_000);
    const answer = await ask(server, QUERY, { token });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      errors: [{ code: 'unauthenticated', message: 'The token is not valid or has expired.' }],
      status_code: 401,
      trace: expect.any(String),
    });
  });

  it('has to be one of this server, and may be one with which nothing may be read', async () => {
    const server = await start({ apiKeyWithoutRole: 'poor' });
    const stranger = await tokenOf(await start());
    expect((await ask(server, QUERY, { token: stranger })).status).toBe(401);
    expect((await ask(server, QUERY, { headers: { authorization: 'Basic abc' } })).status).toBe(401);
    const poor = await ask(server, QUERY, { token: await tokenOf(server, 'poor') });
    expect([poor.status, ((await poor.json()) as { errors: unknown[] }).errors]).toEqual([
      403,
      [expect.objectContaining({ code: 'unauthorized' })],
    ]);
    expect(await failure(new SdkService(server, 'poor').get('/api/v2/secrets'))).toMatchObject({ status: 403 });
  });
});
