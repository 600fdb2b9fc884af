import { describe, expect, test } from 'vitest';
import { decodeActivityEvent } from '../../../src/providers/ibm/decode.ts';
import { fixture } from './fixture.ts';

const BASE = 'crn:v1:bluemix:public:secrets-manager:us-south:a/acc:inst';
const SECRET = `${BASE}:secret:s1`;

function secretOf(action: string, target: unknown, requestData?: unknown) {
  return decodeActivityEvent({ action, eventTime: '2026-01-02T03:04:05Z', target, requestData }).secret;
}

describe('the secret of an event', () => {
  test.each<readonly [what: string, action: string, target: unknown, requestData: unknown, secret: object | undefined]>(
    [
      ['a CRN', 'secret.read', { id: SECRET, name: 'db' }, null, { id: SECRET, name: 'db' }],
      ['a CRN without a name', 'secret.read', { id: SECRET, name: '' }, null, { id: SECRET }],
      ['a dash for a name', 'secret.read', { id: SECRET, name: '-' }, null, { id: SECRET }],
      ['a lock', 'secret-locks.create', { id: SECRET, name: 'db' }, null, { id: SECRET, name: 'db' }],
      ['the versions of a secret', 'secret-versions.list', { id: SECRET }, null, { id: SECRET }],
      ['a future action', 'secret.teleport', { id: SECRET }, null, { id: SECRET }],
      [
        'a version in the CRN',
        'secret-version.read',
        { id: `${BASE}:secret-version:s1/v1` },
        null,
        { id: `${BASE}:secret-version:s1/v1`, version: 'v1' },
      ],
      [
        'a version asked for',
        'secret-version.read',
        { id: SECRET },
        { version_id: 'v2' },
        { id: SECRET, version: 'v2' },
      ],
      [
        'a version as text',
        'secret-version.read',
        { id: SECRET },
        '{"secretVersionId":"v3"}',
        { id: SECRET, version: 'v3' },
      ],
      ['a group', 'secret.create', { id: SECRET }, { secret_group_id: 'g1' }, { id: SECRET, group: 'g1' }],
      [
        'groups of another type',
        'secret.create',
        { id: SECRET },
        { secret_group_id: 7, secretGroupId: ['g'] },
        { id: SECRET },
      ],
      [
        'a plain id',
        'secret.read',
        { id: 's1', name: 'db', typeURI: 'secrets-manager/secret' },
        null,
        { id: 's1', name: 'db' },
      ],
      ['a plain id without a type', 'secret.read', { id: 's1' }, null, { id: 's1' }],
      [
        'a plain id of a version type',
        'secret-version.read',
        { id: 's1', typeURI: 'secrets-manager/secret-version' },
        null,
        { id: 's1' },
      ],
      [
        'an id in the request',
        'secret.read',
        { id: `${BASE}::`, typeURI: 'secrets-manager/secret' },
        { secret_id: 's1' },
        { id: 's1' },
      ],
      [
        'a name only',
        'secret.create',
        { name: 'db', typeURI: 'secrets-manager/secret' },
        null,
        { id: 'db', name: 'db' },
      ],
      // None of these is a secret.
      [
        'the instance',
        'secret.create',
        { id: `${BASE}::`, name: 'my-instance', typeURI: 'secrets-manager/secret' },
        null,
        undefined,
      ],
      [
        'a listing',
        'secrets.list',
        { id: `${BASE}::`, name: 'my-instance', typeURI: 'secrets-manager/secrets' },
        null,
        undefined,
      ],
      ['a listing without a type', 'secrets.list', { id: 'inst', name: 'my-instance' }, null, undefined],
      [
        'a group',
        'secret-group.read',
        { id: `${BASE}:secret-group:g1`, typeURI: 'secrets-manager/secret-group' },
        null,
        undefined,
      ],
      [
        'a group by plain id',
        'secret-group.read',
        { id: 'g1', typeURI: 'secrets-manager/secret-group' },
        null,
        undefined,
      ],
      ['a configuration', 'configuration.read', { id: 'c1', name: 'lets-encrypt' }, null, undefined],
      [
        "another service's secret",
        'secret.read',
        { id: 'crn:v1:bluemix:public:kms:us-south:a/acc:inst:secret:s1' },
        null,
        undefined,
      ],
      ['a target of a wrong type', 'secret.read', [SECRET], null, undefined],
      ['nothing', 'secret.read', undefined, undefined, undefined],
    ],
  )('%s (%s)', (_, action, target, requestData, secret) => {
    expect(secretOf(`secrets-manager.${action}`, target, requestData)).toEqual(secret);
  });

  test('events of other services have none', () => {
    expect(secretOf('iam-groups.group.read', { id: SECRET, typeURI: 'secrets-manager/secret' })).toBeUndefined();
  });

  test('the fixture of a listing has none', () => {
    const event = decodeActivityEvent(fixture('secrets-list'));
    expect(event).not.toHaveProperty('secret');
    expect(event).toMatchObject({ action: 'secret.list', account: '00000000000000000000000000000a11' });
  });
});
