import { describe, expect, test } from 'vitest';
import { decodeActivityEvent } from '../../../src/providers/ibm/decode.ts';
import { assertIbmEvent } from './event-check.ts';
import { fixture } from './fixture.ts';

interface Act {
  readonly path: string;
  readonly name: string;
  readonly operation: string;
  readonly severity: string;
}

/** An event of the plan as IBM's rules make it. */
function event({ path, name, operation, severity }: Act, change: object = {}) {
  const record = {
    ...fixture('vault-read'),
    action: `secrets-manager.${name}`,
    severity,
    target: { name: path, typeURI: `secrets-manager/${path}` },
    message: `Secrets Manager: ${operation} ${path} success`,
    ...change,
  };
  const decoded = decodeActivityEvent(record);
  assertIbmEvent(decoded);
  return decoded;
}

const READ: Act = { path: 'kv/data/app/db', name: 'data.app.db', operation: 'read', severity: 'normal' };

describe('an event of the Vault Dedicated plan', () => {
  test('every field', () => {
    const { id: _, raw: __, ...decoded } = decodeActivityEvent(fixture('vault-read'));
    expect(decoded).toEqual({
      provider: 'ibm',
      service: 'secrets-manager',
      name: 'secrets-manager.data.app.db',
      action: 'secret.read',
      kind: 'api',
      time: new Date('2026-09-21T10:11:12.130Z'),
      outcome: 'success',
      denied: false,
      readOnly: true,
      severity: 'normal',
      actor: {
        id: 'IBMid-000000EXMP',
        name: 'maria@example.com',
        type: 'service/security/account/user',
        credential: 'token',
      },
      secret: { id: 'kv/data/app/db', name: 'kv/data/app/db' },
      origin: { ip: '2001:db8::7', agent: 'vault/1.20' },
      account: '00000000000000000000000000000a11',
      region: 'eu-de',
      source: 'decoded',
    });
  });

  test('a refusal keeps the severity of its operation and writes the reason in lower case', () => {
    const denied = event(READ, {
      outcome: 'failure',
      message: 'Secrets Manager: read kv/data/app/db failure',
      reason: {
        reasonCode: 401,
        reasonType: 'unauthorized',
        reasonForFailure: '1 error occurred: * permission denied',
      },
    });
    expect(denied).toMatchObject({
      action: 'secret.read',
      outcome: 'failure',
      denied: true,
      severity: 'normal',
      error: { code: '401', message: '1 error occurred: * permission denied' },
    });
  });
});

describe('the operation is in the message', () => {
  test.each<
    readonly [path: string, name: string, operation: string, severity: string, action: string, secret: boolean]
  >([
    ['kv/data/app/db', 'data.app.db', 'create', 'warning', 'secret.write', true],
    ['kv/data/app/db', 'data.app.db', 'update', 'warning', 'secret.write', true],
    ['kv/data/app/db', 'data.app.db', 'delete', 'critical', 'version.delete', true],
    ['kv/metadata/app/db', 'metadata.app.db', 'read', 'normal', 'secret.describe', true],
    ['kv/metadata/app/', 'metadata.app', 'list', 'normal', 'secret.list', false],
    ['kv/metadata/', 'metadata', 'list', 'normal', 'secret.list', false],
    ['kv/metadata/app', 'metadata.app', 'list', 'normal', 'secret.list', false],
    ['kv/metadata', 'metadata', 'list', 'normal', 'secret.list', false],
    ['kv/metadata/app/db', 'metadata.app.db', 'delete', 'critical', 'secret.delete', true],
    ['kv/destroy/app/db', 'destroy.app.db', 'update', 'warning', 'version.delete', true],
    ['kv/undelete/app/db', 'undelete.app.db', 'update', 'warning', 'version.restore', true],
    ['pki/certs/', 'certs', 'list', 'normal', 'certificate.list', false],
    ['pki/issue/web', 'issue.web', 'update', 'warning', 'certificate.issue', false],
    ['auth/approle/role/my-app', 'approle.role.my-app', 'create', 'warning', 'access.grant', false],
    ['sys/policies/acl/p', 'policies.acl.p', 'update', 'warning', 'policy.update', false],
    ['sys/mounts/my-kv', 'mounts.my-kv', 'update', 'warning', 'config.update', false],
  ])('%s: %s, %s', (path, name, operation, severity, action, secret) => {
    const decoded = event({ path, name, operation, severity });
    expect(decoded.action).toBe(action);
    expect(decoded.readOnly).toBe(operation === 'read' || operation === 'list');
    expect(decoded.secret).toEqual(secret ? { id: path, name: path } : undefined);
  });

  test('never in the last word of the path', () => {
    const decoded = event({
      path: 'kv/data/secret/delete',
      name: 'data.secret.delete',
      operation: 'read',
      severity: 'normal',
    });
    expect(decoded).toMatchObject({ action: 'secret.read', readOnly: true });
  });

  test('nor in a path that looks like a message', () => {
    const path = 'kv/data/x success delete kv/y';
    const decoded = event({ path, name: 'data.x success delete kv.y', operation: 'read', severity: 'normal' });
    expect(decoded).toMatchObject({ action: 'secret.read', secret: { id: path } });
  });

  test('before the severity, where the two disagree', () => {
    expect(event({ ...READ, severity: 'critical' }).action).toBe('secret.read');
  });
});

describe('without a message the severity says it, if it can', () => {
  test.each<
    readonly [path: string, name: string, severity: unknown, action: string | undefined, readOnly: boolean | undefined]
  >([
    ['kv/data/a', 'data.a', 'critical', 'version.delete', false],
    ['kv/data/a', 'data.a', 'Critical', 'version.delete', false],
    ['kv/data/a', 'data.a', 'warning', 'secret.write', false],
    // Nothing lists under data, so a normal event is a read.
    ['kv/data/a', 'data.a', 'normal', 'secret.read', true],
    // Either the metadata of one secret was read or those under it were listed, unless a slash tells.
    ['kv/metadata/a', 'metadata.a', 'normal', undefined, true],
    ['kv/metadata/a/', 'metadata.a', 'normal', 'secret.list', true],
    ['sys/auth', 'auth', 'normal', 'config.list', true],
    ['kv/data/a', 'data.a', 'high', undefined, undefined],
    ['kv/data/a', 'data.a', undefined, undefined, undefined],
    ['kv/data/a', 'data.a', 7, undefined, undefined],
    ['pki/issue/web', 'issue.web', 'critical', undefined, false],
  ])('%s as %s, %s: %s', (path, name, severity, action, readOnly) => {
    for (const message of [undefined, '', 'Secrets Manager: READ it', 'read kv/data/a success']) {
      const decoded = event({ path, name, operation: '', severity: severity as string }, { message });
      expect([decoded.action, decoded.readOnly]).toEqual([action, readOnly]);
    }
  });

  test('the folder of a whole mount is no secret', () => {
    const act = { path: 'kv/metadata', name: 'metadata', operation: '', severity: 'normal' };
    expect(event(act, { message: '' })).toMatchObject({ action: 'secret.list', readOnly: true });
    expect(event(act, { message: '' })).not.toHaveProperty('secret');
  });

  test('a name of the plan alone is enough to have its family', () => {
    const decoded = decodeActivityEvent({
      action: 'secrets-manager.data.app.db',
      eventTime: '2026-09-21T10:11:12Z',
      severity: 'warning',
    });
    expect(decoded).toMatchObject({ action: 'secret.write', readOnly: false });
    expect(decoded).not.toHaveProperty('secret');
  });
});

describe('a path that makes a name of the standard plan', () => {
  const path = 'kv1/secret/read';
  const name = 'secret.read';
  const asVault = { action: undefined, readOnly: false };

  test.each<readonly [what: string, change: object]>([
    ['type', { message: 'Secrets Manager: delete kv1/secret/read success', requestData: null }],
    ['message', { target: { name: path }, requestData: null }],
    ['namespace', { target: { name: path }, message: 'Secrets Manager: delete kv1/secret/read' }],
    [
      'namespace, as text',
      {
        target: { name: path },
        message: 'Secrets Manager: delete kv1/secret/read',
        requestData: '{"vaultNamespace":"n/"}',
      },
    ],
  ])('is known by its %s, and has no action of the standard plan', (_, change) => {
    const decoded = event({ path, name, operation: 'delete', severity: 'critical' }, change);
    expect({ action: decoded.action, readOnly: decoded.readOnly }).toEqual(asVault);
    expect(decoded).not.toHaveProperty('secret');
  });

  test.each<readonly [what: string, change: object]>([
    ['a name alone', { target: { name: path }, message: 'x', requestData: null }],
    [
      'a message that quotes such a name',
      {
        target: { name: path, typeURI: 'secrets-manager/secret' },
        message: `Secrets Manager: read ${path} failure`,
        requestData: null,
      },
    ],
    [
      "a message beside a secret's CRN",
      {
        target: { id: 'crn:v1:bluemix:public:secrets-manager:us-south:a/x:i:secret:s', name: path },
        message: `Secrets Manager: read ${path} failure`,
        requestData: null,
      },
    ],
    [
      'a sentence',
      { target: { name: 'n' }, message: `Secrets Manager: read secret ${path} failure`, requestData: null },
    ],
    [
      'another path',
      {
        target: { name: 'kv1/other', typeURI: 'secrets-manager/kv1/other' },
        message: 'Secrets Manager: read kv1/other success',
      },
    ],
  ])('%s does not make it one', (_, change) => {
    const decoded = event({ path, name, operation: 'read', severity: 'normal' }, change);
    expect(decoded.action).toBe('secret.read');
  });
});

test('a path of an engine that no page lists: no action, but whether something was changed', () => {
  const act = { path: 'transit/encrypt/key1', name: 'encrypt.key1', severity: 'warning' };
  const decoded = event({ ...act, operation: 'update' });
  expect(decoded).not.toHaveProperty('action');
  expect(decoded).not.toHaveProperty('secret');
  expect(decoded.readOnly).toBe(false);
});

test('other services have no paths', () => {
  const decoded = event(
    { path: 'kv/data/a', name: 'data.a', operation: 'read', severity: 'normal' },
    { action: 'kms.data.a' },
  );
  expect(decoded).not.toHaveProperty('action');
  expect(decoded).not.toHaveProperty('secret');
});
