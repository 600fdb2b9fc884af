import { describe, expectTypeOf, it } from 'vitest';
import type { IbmNotificationSubtype, IbmNotificationType } from '../../../src/catalog/index.ts';
import type { AuditEvent } from '../../../src/model/event.ts';
import {
  decodeEventNotification,
  type NotificationShortName,
  type SecretsManagerNotification,
} from '../../../src/providers/ibm/index.ts';

type Short = NotificationShortName<IbmNotificationType>;
type Data = SecretsManagerNotification['data'];

describe('the types of a notice', () => {
  it('are 20, closed, and literal', () => {
    expectTypeOf<Short>().toEqualTypeOf<
      | 'secret_about_to_expire'
      | 'secret_created'
      | 'secret_creation_failed'
      | 'secret_data_removed'
      | 'secret_deleted'
      | 'secret_deletion_blocked'
      | 'secret_deletion_failed'
      | 'secret_expiration_blocked'
      | 'secret_expired'
      | 'secret_revocation_blocked'
      | 'secret_revoked'
      | 'secret_rotated'
      | 'secret_rotation_blocked'
      | 'secret_rotation_failed'
      | 'secret_task_created'
      | 'secret_task_deleted'
      | 'secret_task_failed'
      | 'secret_task_succeeded'
      | 'secret_version_data_deleted'
      | 'test_event'
    >();
    expectTypeOf<IbmNotificationType>().toEqualTypeOf<`com.ibm.cloud.secrets-manager.${Short}`>();
    expectTypeOf<Data['event_type']>().toEqualTypeOf<Short | undefined>();
    expectTypeOf<
      NotificationShortName<'com.ibm.cloud.secrets-manager.secret_expired'>
    >().toEqualTypeOf<'secret_expired'>();
  });

  it('have 6 subtypes', () => {
    expectTypeOf<IbmNotificationSubtype>().toEqualTypeOf<
      'in_90_days' | 'in_60_days' | 'in_30_days' | 'in_10_days' | 'in_1_day' | 'in_0_days'
    >();
    expectTypeOf<Data['event_sub_type']>().toEqualTypeOf<IbmNotificationSubtype | undefined>();
  });

  it('stand alone or with a subtype behind them', () => {
    type Type = NonNullable<SecretsManagerNotification['type']>;
    expectTypeOf<'com.ibm.cloud.secrets-manager.secret_created'>().toExtend<Type>();
    expectTypeOf<'com.ibm.cloud.secrets-manager.secret_about_to_expire:in_1_day'>().toExtend<Type>();
    expectTypeOf<'com.ibm.cloud.secrets-manager.secret_teleported'>().not.toExtend<Type>();
    expectTypeOf<'com.ibm.cloud.secrets-manager.secret_about_to_expire:soon'>().not.toExtend<Type>();
    expectTypeOf<string>().not.toExtend<Type>();
  });
});

describe('decodeEventNotification', () => {
  it('takes anything, as it comes from the wire', () => {
    expectTypeOf(decodeEventNotification).parameter(0).toBeUnknown();
    expectTypeOf(decodeEventNotification).returns.toEqualTypeOf<readonly AuditEvent[]>();
  });
});
