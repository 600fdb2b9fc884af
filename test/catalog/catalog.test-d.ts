import { describe, expectTypeOf, it } from 'vitest';
import {
  type Action,
  type AnyEventName,
  AwsEventName,
  type CatalogEntry,
  type CatalogPattern,
  type EventName,
  equivalents,
  eventsFor,
  findEvent,
  IbmActionName,
  IbmNotificationSubtype,
  IbmNotificationType,
  isEventName,
  matchVaultPattern,
  NativeEventName,
  SECURITY_HUB_CONTROLS,
  type SearchOptions,
  type ServiceEvent,
  searchCatalog,
} from '../../src/catalog/index.ts';

describe('names', () => {
  it('are literals under their keys', () => {
    expectTypeOf(AwsEventName.GetSecretValue).toEqualTypeOf<'GetSecretValue'>();
    expectTypeOf(IbmActionName.SecretCreate).toEqualTypeOf<'secrets-manager.secret.create'>();
    expectTypeOf(IbmActionName.InstanceRead).toEqualTypeOf<'secrets-manager.instance.read'>();
    expectTypeOf(IbmActionName.SecretRotate).toEqualTypeOf<'secrets-manager.secret.rotate'>();
    expectTypeOf(IbmActionName.DashboardView).toEqualTypeOf<'secrets-manager.dashboard.view'>();
    expectTypeOf(IbmNotificationType.SecretExpired).toEqualTypeOf<'com.ibm.cloud.secrets-manager.secret_expired'>();
    expectTypeOf(IbmNotificationSubtype.In1Day).toEqualTypeOf<'in_1_day'>();
    expectTypeOf(NativeEventName.SecretLabelUpdated).toEqualTypeOf<'Secret Label Updated'>();
  });

  it('have a closed and an open union', () => {
    expectTypeOf<'GetSecretValue'>().toExtend<EventName>();
    expectTypeOf<'secrets-manager.secret.read'>().toExtend<EventName>();
    expectTypeOf<'SomethingNew'>().not.toExtend<EventName>();
    expectTypeOf<string>().not.toExtend<EventName>();
    expectTypeOf<string>().toExtend<AnyEventName>();
    expectTypeOf<EventName>().toEqualTypeOf<AwsEventName | IbmActionName | IbmNotificationType | NativeEventName>();
  });

  it('can be told apart without a default', () => {
    const where = (name: NativeEventName | 'GetSecretValue'): string => {
      switch (name) {
        case NativeEventName.SecretLabelUpdated:
          return 'bus';
        case AwsEventName.GetSecretValue:
          return 'trail';
      }
    };
    expectTypeOf(where).returns.toBeString();
  });
});

describe('findEvent', () => {
  it('gives exactly the entry of a literal name', () => {
    const entry = findEvent('GetSecretValue');
    expectTypeOf(entry).toExtend<CatalogEntry>();
    expectTypeOf(entry.name).toEqualTypeOf<'GetSecretValue'>();
    expectTypeOf(entry.action).toEqualTypeOf<'secret.read'>();
    expectTypeOf(entry.kind).toEqualTypeOf<'api'>();
    expectTypeOf(entry.operation).toEqualTypeOf<'GetSecretValue'>();
    expectTypeOf(entry.title).toEqualTypeOf<string>();
    expectTypeOf(entry.outcome).toEqualTypeOf<CatalogEntry['outcome']>();
    expectTypeOf(findEvent(IbmActionName.SecretRotate).status).toEqualTypeOf<'retired'>();
    expectTypeOf(findEvent(NativeEventName.SecretLabelUpdated).kind).toEqualTypeOf<'native'>();
  });

  it('may find nothing for any other string', () => {
    expectTypeOf(findEvent('SomethingNew')).toEqualTypeOf<CatalogEntry | undefined>();
    expectTypeOf(findEvent('constructor')).toEqualTypeOf<CatalogEntry | undefined>();
    const unknown: string = 'GetSecretValue';
    expectTypeOf(findEvent(unknown)).toEqualTypeOf<CatalogEntry | undefined>();
    const open: AnyEventName = unknown;
    expectTypeOf(findEvent(open)?.action).toEqualTypeOf<Action | undefined>();
  });

  it('distributes over a union of names', () => {
    const either = 'GetSecretValue' as 'GetSecretValue' | 'RotationFailed';
    expectTypeOf(findEvent(either).kind).toEqualTypeOf<'api' | 'service'>();
  });
});

it('isEventName narrows', () => {
  const value: unknown = 'GetSecretValue';
  if (isEventName(value)) expectTypeOf(value).toEqualTypeOf<EventName>();
});

it('lookups give entries that cannot be changed', () => {
  expectTypeOf(eventsFor).toEqualTypeOf<(action: Action) => readonly CatalogEntry[]>();
  expectTypeOf(equivalents).toEqualTypeOf<(name: AnyEventName) => readonly CatalogEntry[]>();
  expectTypeOf(searchCatalog('rotation')).toEqualTypeOf<readonly CatalogEntry[]>();
  expectTypeOf(searchCatalog('rotation', { provider: 'aws' })).toEqualTypeOf<readonly CatalogEntry[]>();
  expectTypeOf(searchCatalog('rotation', { everywhere: true })).toEqualTypeOf<
    Promise<readonly (CatalogEntry | ServiceEvent)[]>
  >();
  expectTypeOf<SearchOptions['limit']>().toEqualTypeOf<number | undefined>();
  expectTypeOf(matchVaultPattern).toEqualTypeOf<(name: string) => CatalogPattern | undefined>();
  // @ts-expect-error: an action that does not exist
  eventsFor('secret.raed');
});

it('rules and controls are literals', () => {
  expectTypeOf(SECURITY_HUB_CONTROLS[4].severity).toEqualTypeOf<'Low'>();
});
