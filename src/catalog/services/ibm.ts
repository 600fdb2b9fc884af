/**
 * Every IBM Cloud service that documents its activity tracking actions: 95 pages with 3,741 actions, and the patterns
 * that hold for several services. The data is loaded when something is asked for, and never by `secret-events/catalog`
 * alone.
 *
 * ```ts
 * import { findServiceAction, serviceCondition } from 'secret-events/catalog/ibm';
 *
 * (await findServiceAction('kms', 'kms.secrets.unwrap'))?.source; // the page, and its date
 * const where = serviceCondition('kms', 'kms.secrets.unwrap'); // completed by an editor
 * ```
 *
 * @module
 */
import type { IbmServiceActions } from './data/ibm-names.ts';
import { type ActionService, fits, ibmLists } from './ibm-list.ts';
import type { ServiceEvent } from './service-event.ts';
import type { Words } from './words.ts';

export type { Provider } from '../entry.ts';
export type { IbmServiceActions } from './data/ibm-names.ts';
export type { ActionService } from './ibm-list.ts';
export type { NameBasis, ServiceEvent } from './service-event.ts';
export type { Words } from './words.ts';

/** The first word of the actions of every service that lists them: `kms`, `iam-identity`, `atracker`. */
export type IbmActionService = keyof IbmServiceActions;

/** The actions of one service; `IbmServiceAction<'kms'>` loads no other service's. */
export type IbmServiceAction<Service extends IbmActionService> = Words<IbmServiceActions[Service]>;

/** A filter, or a part of one: events of one service. */
export interface IbmServiceCondition<Service extends IbmActionService> {
  readonly service: Service;
  readonly name?: IbmServiceAction<Service> | readonly IbmServiceAction<Service>[];
}

/**
 * A filter for events of one service, whose actions an editor completes and the compiler checks. Without actions it is
 * the whole service. Such events are read with `scope: 'all'`.
 *
 * @example
 * ```ts
 * import { matches, type AuditEvent } from 'secret-events';
 * import { serviceCondition } from 'secret-events/catalog/ibm';
 *
 * declare const event: AuditEvent;
 * matches(serviceCondition('iam-identity', 'iam-identity.serviceid-apikey.create'), event);
 * ```
 */
export function serviceCondition<const Service extends IbmActionService>(
  service: Service,
  ...names: readonly IbmServiceAction<Service>[]
): IbmServiceCondition<Service> {
  return names.length === 0 ? { service } : { service, name: names };
}

/**
 * Every page of actions, in the order of its services.
 *
 * @example
 * ```ts
 * import { actionServices } from 'secret-events/catalog/ibm';
 *
 * for (const { title, caveat } of await actionServices()) if (caveat) console.log(title, caveat);
 * ```
 */
export async function actionServices(): Promise<readonly ActionService[]> {
  return (await ibmLists()).services;
}

/**
 * What is known of an action of a service: its own entry or, where only a pattern fits it, the pattern; `undefined` for
 * an action that is on no page.
 *
 * @example
 * ```ts
 * import { findServiceAction } from 'secret-events/catalog/ibm';
 *
 * const found = await findServiceAction('databases-for-mysql', 'databases-for-mysql.user.create');
 * console.log(found?.pattern, found?.name); // true <service_id>.user.create
 * ```
 */
export async function findServiceAction(service: string, name: string): Promise<ServiceEvent | undefined> {
  const { events, patterns } = await ibmLists();
  return events.get(service)?.get(name) ?? patterns.find((pattern) => fits(pattern, service, name));
}

/**
 * The actions of one service, patterns of its own included; none for a service that is on no page.
 *
 * @example
 * ```ts
 * import { serviceActions } from 'secret-events/catalog/ibm';
 *
 * console.log((await serviceActions('kms')).length);
 * ```
 */
export async function serviceActions(service: string): Promise<readonly ServiceEvent[]> {
  const { events, patterns } = await ibmLists();
  const own = [...(events.get(service)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...own, ...patterns.filter((pattern) => pattern.service === service)];
}
