import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/model/event.ts';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { assertEvent } from '../../support/event-invariants.ts';
import { record } from './fixture.ts';

const ISSUER = {
  type: 'Role',
  principalId: 'AROAEXAMPLEROLE000001',
  arn: 'arn:aws:iam::111122223333:role/team/Deployer',
  accountId: '111122223333',
  userName: 'Deployer',
};
const SESSION_ARN = 'arn:aws:sts::111122223333:assumed-role/Deployer/mara.lind';

interface Case {
  readonly identity: unknown;
  readonly actor: Actor;
}

// The variants of the CloudTrail User Guide, `cloudtrail-event-reference-user-identity`, and what records show beside.
const cases: Record<string, Case> = {
  IAMUser: {
    identity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::111122223333:user/ops/ines',
      accountId: '111122223333',
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'ines',
    },
    actor: {
      id: 'arn:aws:iam::111122223333:user/ops/ines',
      name: 'ines',
      type: 'IAMUser',
      account: '111122223333',
      credential: 'AKIAEXAMPLE',
    },
  },
  'IAMUser without a user name': {
    identity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ops/ines', accountId: '111122223333' },
    actor: { id: 'arn:aws:iam::111122223333:user/ops/ines', name: 'ines', type: 'IAMUser', account: '111122223333' },
  },
  'IAMUser whose name is hidden, with an empty key': {
    identity: {
      type: 'IAMUser',
      accountId: '111122223333',
      accessKeyId: '',
      userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    },
    actor: { type: 'IAMUser', account: '111122223333' },
  },
  'IAMUser that is a session of a role': {
    identity: {
      type: 'IAMUser',
      principalId: 'AROAEXAMPLE:user01',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/user01',
      accountId: '111122223333',
      invokedBy: 'secretsmanager.amazonaws.com',
    },
    actor: {
      id: 'arn:aws:sts::111122223333:assumed-role/Admin/user01',
      name: 'user01',
      type: 'IAMUser',
      account: '111122223333',
      role: 'Admin',
    },
  },
  AssumedRole: {
    identity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEROLE000001:mara.lind',
      arn: SESSION_ARN,
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLE',
      sessionContext: { sessionIssuer: ISSUER },
    },
    actor: {
      id: SESSION_ARN,
      name: 'mara.lind',
      type: 'AssumedRole',
      account: '111122223333',
      credential: 'ASIAEXAMPLE',
      role: 'Deployer',
    },
  },
  'AssumedRole of Identity Center, by mail address': {
    identity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0a1b/mara@example.com',
    },
    actor: {
      id: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0a1b/mara@example.com',
      name: 'mara@example.com',
      type: 'AssumedRole',
      account: '111122223333',
      role: 'AWSReservedSSO_Admin_0a1b',
    },
  },
  'AssumedRole in China': {
    identity: { type: 'AssumedRole', arn: 'arn:aws-cn:sts::111122223333:assumed-role/Deployer/mara' },
    actor: {
      id: 'arn:aws-cn:sts::111122223333:assumed-role/Deployer/mara',
      name: 'mara',
      type: 'AssumedRole',
      account: '111122223333',
      role: 'Deployer',
    },
  },
  'AssumedRole without an ARN': {
    identity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEROLE000001:mara.lind',
      sessionContext: { sessionIssuer: { ...ISSUER, userName: undefined } },
    },
    actor: { id: 'AROAEXAMPLEROLE000001:mara.lind', name: 'mara.lind', type: 'AssumedRole', role: 'Deployer' },
  },
  'AssumedRole whose ARN has no session': {
    identity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:mara',
      arn: 'arn:aws:sts::111122223333:assumed-role/Deployer',
    },
    actor: {
      id: 'arn:aws:sts::111122223333:assumed-role/Deployer',
      name: 'mara',
      type: 'AssumedRole',
      account: '111122223333',
      role: 'Deployer',
    },
  },
  'AssumedRole with a user name beside the session': {
    identity: { type: 'AssumedRole', arn: SESSION_ARN, userName: 'somebody-else' },
    actor: { id: SESSION_ARN, name: 'mara.lind', type: 'AssumedRole', account: '111122223333', role: 'Deployer' },
  },
  'AssumedRole of which only the source identity is known': {
    identity: {
      type: 'AssumedRole',
      accountId: '111122223333',
      sessionContext: { sourceIdentity: 'mara', sessionIssuer: { type: 'Role', userName: 'Deployer' } },
    },
    actor: { name: 'mara', type: 'AssumedRole', account: '111122223333', role: 'Deployer' },
  },
  'a session whose issuer tells its role in the ARN alone': {
    identity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:mara',
      sessionContext: { sessionIssuer: { arn: ISSUER.arn } },
    },
    actor: { id: 'AROAEXAMPLE:mara', name: 'mara', type: 'AssumedRole', role: 'Deployer' },
  },
  Role: {
    identity: {
      type: 'Role',
      principalId: 'AROAEXAMPLE',
      arn: 'arn:aws:iam::111122223333:role/team/Deployer',
      accountId: '111122223333',
    },
    actor: {
      id: 'arn:aws:iam::111122223333:role/team/Deployer',
      type: 'Role',
      account: '111122223333',
      role: 'Deployer',
    },
  },
  'Root with an alias': {
    identity: {
      type: 'Root',
      principalId: '111122223333',
      arn: 'arn:aws:iam::111122223333:root',
      accountId: '111122223333',
      accessKeyId: '',
      userName: 'my-company',
    },
    actor: { id: 'arn:aws:iam::111122223333:root', name: 'root', type: 'Root', account: '111122223333' },
  },
  FederatedUser: {
    identity: {
      type: 'FederatedUser',
      principalId: '111122223333:mara',
      arn: 'arn:aws:sts::111122223333:federated-user/mara',
      accountId: '111122223333',
      sessionContext: {
        sessionIssuer: { type: 'IAMUser', userName: 'issuer', arn: 'arn:aws:iam::111122223333:user/issuer' },
      },
    },
    actor: {
      id: 'arn:aws:sts::111122223333:federated-user/mara',
      name: 'mara',
      type: 'FederatedUser',
      account: '111122223333',
    },
  },
  Directory: {
    identity: { type: 'Directory', principalId: 'd-0123456789', accountId: '111122223333', userName: 'CORP\\mara' },
    actor: { id: 'd-0123456789', name: 'CORP\\mara', type: 'Directory', account: '111122223333' },
  },
  AWSAccount: {
    identity: { type: 'AWSAccount', accountId: '444455556666' },
    actor: { name: '444455556666', type: 'AWSAccount', account: '444455556666' },
  },
  'AWSAccount with a principal': {
    identity: { type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: '444455556666' },
    actor: { id: 'AIDAEXAMPLE', name: '444455556666', type: 'AWSAccount', account: '444455556666' },
  },
  'AWSAccount with a session': {
    identity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:mara', accountId: '444455556666' },
    actor: { id: 'AROAEXAMPLE:mara', name: 'mara', type: 'AWSAccount', account: '444455556666' },
  },
  'AWSAccount with a principal alone': {
    identity: { type: 'AWSAccount', principalId: 'AIDAEXAMPLE' },
    actor: { id: 'AIDAEXAMPLE', name: 'AIDAEXAMPLE', type: 'AWSAccount' },
  },
  AWSService: {
    identity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
    actor: { name: 'lambda.amazonaws.com', type: 'AWSService' },
  },
  IdentityCenterUser: {
    identity: {
      type: 'IdentityCenterUser',
      accountId: '111122223333',
      onBehalfOf: {
        userId: '544894e8-80c1-707f-60e3-3ba6510dfac1',
        identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-9067642ac7',
      },
      credentialId: 'EXAMPLE',
    },
    actor: {
      id: '544894e8-80c1-707f-60e3-3ba6510dfac1',
      name: '544894e8-80c1-707f-60e3-3ba6510dfac1',
      type: 'IdentityCenterUser',
      account: '111122223333',
    },
  },
  WebIdentityUser: {
    identity: {
      type: 'WebIdentityUser',
      principalId: 'accounts.example.com:app-id:user-id',
      userName: 'user-id',
      identityProvider: 'accounts.example.com',
    },
    actor: { id: 'accounts.example.com:app-id:user-id', name: 'user-id', type: 'WebIdentityUser' },
  },
  'WebIdentityUser without a user name': {
    identity: { type: 'WebIdentityUser', principalId: 'accounts.example.com:app-id:user-id' },
    actor: { id: 'accounts.example.com:app-id:user-id', type: 'WebIdentityUser' },
  },
  SAMLUser: {
    identity: {
      type: 'SAMLUser',
      principalId: 'qualifier:mara@example.com',
      userName: 'mara@example.com',
      identityProvider: 'qualifier',
    },
    actor: { id: 'qualifier:mara@example.com', name: 'mara@example.com', type: 'SAMLUser' },
  },
  Unknown: {
    identity: { type: 'Unknown', principalId: '42', accountId: '111122223333', userName: 'Mara Lind' },
    actor: { id: '42', name: 'Mara Lind', type: 'Unknown', account: '111122223333' },
  },
  'a type that nobody knows yet': {
    identity: { type: 'Tomorrow', principalId: 'X:mara' },
    actor: { id: 'X:mara', name: 'mara', type: 'Tomorrow' },
  },
  'a service event, without type': {
    identity: { accountId: '111122223333', invokedBy: 'secretsmanager.amazonaws.com' },
    actor: { name: 'secretsmanager.amazonaws.com', account: '111122223333' },
  },
  nothing: { identity: undefined, actor: {} },
  null: { identity: null, actor: {} },
  'a text': { identity: 'mara', actor: {} },
  'a list': { identity: [{ userName: 'mara' }], actor: {} },
  'fields of other types': {
    identity: {
      type: 7,
      principalId: ['a'],
      arn: {},
      accountId: 111122223333,
      accessKeyId: null,
      userName: true,
      invokedBy: 1,
      onBehalfOf: 'x',
      sessionContext: { sessionIssuer: 'x' },
    },
    actor: {},
  },
  'ARNs that are none': {
    identity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts',
      principalId: ':',
      sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:::::' } },
    },
    actor: { id: 'arn:aws:sts', type: 'AssumedRole' },
  },
  'an assumed role that ends early': {
    identity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/' },
    actor: { id: 'arn:aws:sts::111122223333:assumed-role/', type: 'AssumedRole', account: '111122223333' },
  },
};

describe('actor', () => {
  test.each(Object.entries(cases))('%s', (_, { identity, actor }) => {
    const event = decodeCloudTrail(record({ userIdentity: identity }));
    assertEvent(event);
    expect(event.actor).toEqual(actor);
  });
});
