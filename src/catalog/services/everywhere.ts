/** The names of all services but the secrets managers, for those who ask for everything. */
import { CATALOG } from '../lookup.ts';
import { awsLists } from './aws-list.ts';
import { ibmLists } from './ibm-list.ts';
import type { ServiceEvent } from './service-event.ts';

/** Every name of every list, but for those that have an entry of their own in the catalog. @internal */
export async function otherEvents(): Promise<readonly ServiceEvent[]> {
  const own = new Set(CATALOG.map(({ service, name }) => `${service} ${name}`));
  const [aws, ibm] = await Promise.all([awsLists(), ibmLists()]);
  return [...aws.all, ...ibm.all].filter(({ service, name }) => !own.has(`${service} ${name}`));
}

/** What a word on a command line may name as a service, in either cloud. @internal */
export async function serviceNames(): Promise<ReadonlySet<string>> {
  const [aws, ibm] = await Promise.all([awsLists(), ibmLists()]);
  return new Set([...aws.events.keys(), ...ibm.events.keys(), ...ibm.services.flatMap(({ services }) => services)]);
}

/** The names of one service; none for a service that is in no list. @internal */
export async function namesOfService(service: string): Promise<readonly string[]> {
  const [aws, ibm] = await Promise.all([awsLists(), ibmLists()]);
  return [...(aws.events.get(service)?.keys() ?? []), ...(ibm.events.get(service)?.keys() ?? [])];
}
