import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { ACTIONS } from '../../src/catalog/entry.ts';
import type { AuditEvent } from '../../src/model/event.ts';

const KINDS = ['api', 'service', 'notification', 'native', 'console', 'network', 'insight'];
const OUTCOMES = ['success', 'failure', 'pending', 'unknown'];
const FIELDS = [
  ...['provider', 'id', 'service', 'name', 'action', 'kind', 'time', 'outcome', 'denied', 'error', 'readOnly'],
  ...['severity', 'actor', 'secret', 'secrets', 'origin', 'account', 'region', 'source', 'derived', 'redacted', 'raw'],
];
// Written here once more, and not taken from the code under test.
const SECRET_KEY =
  /^(?:secret_?string|secret_?binary|payload|password|passphrase|api_?key|private_?key|client_?secret|session_?token)$/i;

/** Fails unless an event is what {@link AuditEvent} promises, whoever decoded it and whatever it was made of. */
export function assertEvent(event: AuditEvent): void {
  for (const [key, value] of Object.entries(event)) {
    assert.ok(FIELDS.includes(key), `unknown field ${key}`);
    assert.notEqual(value, undefined, `${key} is there without a value`);
  }
  assert.ok(event.provider === 'aws' || event.provider === 'ibm');
  for (const key of ['id', 'service', 'name', 'source'] as const) assertText(event[key], key);
  for (const key of ['severity', 'account', 'region'] as const) assertOptionalText(event[key], key);
  assert.ok(event.action === undefined || (ACTIONS as readonly string[]).includes(event.action));
  assert.ok(KINDS.includes(event.kind), event.kind);
  assert.ok(event.time instanceof Date && !Number.isNaN(event.time.getTime()), 'time');
  assert.ok(OUTCOMES.includes(event.outcome), event.outcome);
  assert.equal(typeof event.denied, 'boolean');
  if (event.denied) assert.equal(event.outcome, 'failure', 'denied is a failure');
  if (event.error !== undefined) {
    assert.equal(event.outcome, 'failure', 'an error is a failure');
    assertTexts(event.error, ['code', 'message']);
    assert.ok(Object.keys(event.error).length > 0, 'an error says something');
  }
  if (event.readOnly !== undefined) assert.equal(typeof event.readOnly, 'boolean');
  if (event.derived !== undefined) assert.equal(event.derived, true);
  assertTexts(event.actor, ['id', 'name', 'type', 'account', 'credential', 'role']);
  assertTexts(event.origin, ['ip', 'agent', 'service', 'vpcEndpoint']);
  if (event.origin.ip !== undefined) assert.notEqual(isIP(event.origin.ip), 0, `ip ${event.origin.ip}`);
  if (event.origin.service !== undefined) assert.equal(isIP(event.origin.service), 0, 'an address is no service');
  assertSecrets(event);
  if (event.mentions !== undefined) {
    assert.ok(event.mentions.length > 0, 'mentions are some');
    for (const one of event.mentions) assertText(one, 'mentions');
  }
  assertRaw(event);
}

function assertSecrets({ secret, secrets }: AuditEvent): void {
  for (const one of [...(secret ? [secret] : []), ...(secrets ?? [])]) {
    assertText(one.id, 'secret.id');
    assertTexts(one, ['id', 'name', 'version', 'group']);
  }
  if (secrets === undefined) return;
  assert.ok(secrets.length > 1, 'secrets are more than one');
  assert.deepEqual(secrets[0], secret, 'secret is the first of secrets');
  assert.equal(new Set(secrets.map((one) => one.id)).size, secrets.length, 'each secret once');
}

function assertRaw(event: AuditEvent): void {
  assert.ok(typeof event.raw === 'object' && event.raw !== null, 'raw is the record');
  const text = JSON.stringify(event);
  if (event.redacted !== undefined) {
    assert.ok(event.redacted.length > 0);
    event.redacted.forEach((path) => {
      assertText(path, 'redacted');
    });
    assert.ok(text.includes('[redacted]'), 'what was taken out is marked');
  }
  assertNoSecret(event.raw, 0);
}

function assertNoSecret(value: unknown, depth: number): void {
  assert.ok(depth < 64, 'raw is too deep to walk');
  if (typeof value === 'string') {
    let inner: unknown;
    try {
      inner = JSON.parse(value);
    } catch {
      return;
    }
    if (typeof inner === 'object') assertNoSecret(inner, depth + 1);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (SECRET_KEY.test(key) && typeof member === 'string') {
      assert.match(member, /^(?:\[redacted\]|\**|null|true|false|x{3,})$/i, `a value is left under ${key}`);
    } else assertNoSecret(member, depth + 1);
  }
}

function assertTexts(part: object, keys: readonly string[]): void {
  for (const [key, value] of Object.entries(part)) {
    assert.ok(keys.includes(key), `unknown field ${key}`);
    assertText(value, key);
  }
}

function assertOptionalText(value: unknown, what: string): void {
  if (value !== undefined) assertText(value, what);
}

function assertText(value: unknown, what: string): void {
  assert.ok(typeof value === 'string' && value !== '', `${what} is no text`);
}
