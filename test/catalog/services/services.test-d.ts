import { expectTypeOf, it } from 'vitest';
import {
  type AwsEventSource,
  type AwsServiceEventName,
  findServiceEvent,
  type ServiceEvent,
  serviceCondition,
} from '../../../src/catalog/services/aws.ts';
import {
  type IbmActionService,
  type IbmServiceAction,
  serviceCondition as serviceConditionOfIbm,
} from '../../../src/catalog/services/ibm.ts';
import type { Filter } from '../../../src/index.ts';

it('the names of one service are a closed union', () => {
  expectTypeOf<'Decrypt'>().toExtend<AwsServiceEventName<'kms.amazonaws.com'>>();
  expectTypeOf<'RotateKey'>().toExtend<AwsServiceEventName<'kms.amazonaws.com'>>();
  expectTypeOf<'Decypt'>().not.toExtend<AwsServiceEventName<'kms.amazonaws.com'>>();
  expectTypeOf<'PutObject'>().not.toExtend<AwsServiceEventName<'kms.amazonaws.com'>>();
  expectTypeOf<'ConsoleLogin'>().toExtend<AwsServiceEventName<'signin.amazonaws.com'>>();
  expectTypeOf<'kms.secrets.unwrap'>().toExtend<IbmServiceAction<'kms'>>();
  expectTypeOf<string>().not.toExtend<IbmServiceAction<'kms'>>();
});

it('the services are closed unions too', () => {
  expectTypeOf<'kms.amazonaws.com'>().toExtend<AwsEventSource>();
  expectTypeOf<'kms'>().not.toExtend<AwsEventSource>();
  expectTypeOf<'iam-identity' | 'iam-groups' | 'atracker' | 'logs'>().toExtend<IbmActionService>();
});

it('a condition on a service is a filter, and a slip is an error', () => {
  expectTypeOf(serviceCondition('kms.amazonaws.com', 'Decrypt')).toExtend<Filter>();
  expectTypeOf(serviceConditionOfIbm('kms', 'kms.secrets.unwrap')).toExtend<Filter>();
  // @ts-expect-error: KMS has no such event
  serviceCondition('kms.amazonaws.com', 'PutObject');
  // @ts-expect-error: no such event source
  serviceCondition('kms.amazonaws.co', 'Decrypt');
  // @ts-expect-error: an action of another service
  serviceConditionOfIbm('kms', 'logs.alert.create');
});

it('a plain filter takes any service and name, since tomorrow there are more', () => {
  expectTypeOf<{ service: 'kms.amazonaws.com'; name: 'Decrypt' }>().toExtend<Filter>();
  expectTypeOf(findServiceEvent).returns.resolves.toEqualTypeOf<ServiceEvent | undefined>();
});
