/** What the lists of every service say about words on the command line. They may be older than the cloud, so it is advice. */
import { nearest } from '../catalog/nearest.ts';
import { SECRETS_SERVICES } from '../source/scope.ts';
import { tell } from './context.ts';
import type { Io } from './io.ts';
import type { Conditions } from './where.ts';

/** The service that somebody meant who named one that is in no list; `undefined` for one that is, or that nothing resembles. */
export async function nearestService(service: string): Promise<string | undefined> {
  const { serviceNames } = await import('../catalog/services/everywhere.ts');
  const known = await serviceNames();
  if (known.has(service)) return undefined;
  // Everybody leaves the end of an event source out, and then it is more than a typo.
  return known.has(`${service}.amazonaws.com`) ? `${service}.amazonaws.com` : nearest(service, known);
}

/**
 * Tells of each service and name that is in no list and looks like one that is. Of names something is said only where
 * a service is named too: alone, a name could be any service's.
 */
export async function advise(conditions: Conditions, io: Io): Promise<void> {
  for (const line of await adviceOn(conditions)) tell(io, line);
}

async function adviceOn({ service = [], name = [], scope }: Conditions): Promise<readonly string[]> {
  const others = service.filter((one) => !SECRETS_SERVICES.has(one));
  if (scope !== 'all' || others.length === 0) return [];
  const { namesOfService } = await import('../catalog/services/everywhere.ts');
  const advice: string[] = [];
  for (const one of others) {
    const near = await nearestService(one);
    if (near !== undefined) advice.push(`--service: no list has ${JSON.stringify(one)}; did you mean ${near}?`);
  }
  const known = new Set((await Promise.all(service.map(namesOfService))).flat());
  if (known.size === 0) return advice;
  for (const one of name.filter((word) => !known.has(word))) {
    const near = nearest(one, known);
    const remedy = near === undefined ? `see: catalog --service ${others[0]}` : `did you mean ${near}?`;
    advice.push(`--name: no list has ${JSON.stringify(one)} for ${service.join(', ')}; ${remedy}`);
  }
  return advice;
}
