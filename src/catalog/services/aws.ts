/**
 * Every AWS service as CloudTrail records it: its event source and its event names, for whoever looks at what stands
 * around a secret. 448 services with 19,535 operations, and names that no API has. The data is loaded when something is
 * asked for, and never by `secret-events/catalog` alone.
 *
 * ```ts
 * import { findServiceEvent, serviceCondition } from 'secret-events/catalog/aws';
 *
 * (await findServiceEvent('kms.amazonaws.com', 'RotateKey'))?.basis; // 'record': no API has it
 * const where = serviceCondition('kms.amazonaws.com', 'Decrypt', 'GenerateDataKey'); // completed by an editor
 * ```
 *
 * @module
 */
import { awsLists, type EventSource, type UnsourcedService } from './aws-list.ts';
import type { AwsServiceEventNames } from './data/aws-names.ts';
import type { ServiceEvent } from './service-event.ts';
import type { Words } from './words.ts';

export type { Provider } from '../entry.ts';
export type { EventSource, UnsourcedService } from './aws-list.ts';
export type { AwsServiceEventNames } from './data/aws-names.ts';
export type { NameBasis, ServiceEvent } from './service-event.ts';
export type { Words } from './words.ts';

/** Every event source that is known: `kms.amazonaws.com` and the others. */
export type AwsEventSource = keyof AwsServiceEventNames;

/** The event names of one event source; `AwsServiceEventName<'kms.amazonaws.com'>` loads no other service's. */
export type AwsServiceEventName<Source extends AwsEventSource> = Words<AwsServiceEventNames[Source]>;

/** A filter, or a part of one: events of one service. */
export interface AwsServiceCondition<Source extends AwsEventSource> {
  readonly service: Source;
  readonly name?: AwsServiceEventName<Source> | readonly AwsServiceEventName<Source>[];
}

/**
 * A filter for events of one service, whose names an editor completes and the compiler checks. Without names it is the
 * whole service. Such events are read with `scope: 'all'`.
 *
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 * import { serviceCondition } from 'secret-events/catalog/aws';
 *
 * const where = serviceCondition('kms.amazonaws.com', 'Decrypt');
 * events(cloudTrailLookup({ region: 'us-east-1' }), { from: '24h', scope: 'all', where });
 * ```
 */
export function serviceCondition<const Source extends AwsEventSource>(
  source: Source,
  ...names: readonly AwsServiceEventName<Source>[]
): AwsServiceCondition<Source> {
  return names.length === 0 ? { service: source } : { service: source, name: names };
}

/**
 * Every event source, by name. A service whose source nobody tells is in {@link unsourcedServices}.
 *
 * @example
 * ```ts
 * import { eventSources } from 'secret-events/catalog/aws';
 *
 * const corrected = (await eventSources()).filter(({ basis }) => basis === 'correction');
 * for (const { source, evidence } of corrected) console.log(source, evidence);
 * ```
 */
export async function eventSources(): Promise<readonly EventSource[]> {
  return [...(await awsLists()).sources.values()];
}

/**
 * What is known of an event name of a service; `undefined` for a source or a name that is in no list.
 *
 * @example
 * ```ts
 * import { findServiceEvent } from 'secret-events/catalog/aws';
 *
 * const event = await findServiceEvent('lambda.amazonaws.com', 'UpdateFunctionCode20150331v2');
 * console.log(event?.basis, event?.source); // record public CloudTrail records
 * ```
 */
export async function findServiceEvent(source: string, name: string): Promise<ServiceEvent | undefined> {
  return (await awsLists()).events.get(source)?.get(name);
}

/**
 * The event names of one event source, by name; none for a source that is in no list.
 *
 * @example
 * ```ts
 * import { serviceEvents } from 'secret-events/catalog/aws';
 *
 * const reads = (await serviceEvents('kms.amazonaws.com')).filter(({ readOnly }) => readOnly);
 * ```
 */
export async function serviceEvents(source: string): Promise<readonly ServiceEvent[]> {
  const events = (await awsLists()).events.get(source);
  return events === undefined ? [] : [...events.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Services with a public model whose event source neither a model nor a record tells. Their names are known; under which
 * source CloudTrail records them is not, and nothing is guessed.
 *
 * @example
 * ```ts
 * import { unsourcedServices } from 'secret-events/catalog/aws';
 *
 * console.log((await unsourcedServices()).map(({ product }) => product));
 * ```
 */
export async function unsourcedServices(): Promise<readonly UnsourcedService[]> {
  return (await awsLists()).unsourced;
}
