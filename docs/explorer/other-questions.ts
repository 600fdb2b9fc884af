/** What can be asked about a name of another service. */
import type { ServiceEvent } from '../../src/catalog/services/service-event.ts';
import type { Filter, TextCondition } from '../../src/filter/filter.ts';
import type { Question } from './queries.ts';

/** The name, and all that its service records where that is known. */
export function questionsOfOther(event: ServiceEvent): readonly [Question, ...Question[]] {
  const { provider, service } = event;
  const shared = { scope: 'all', cloud: provider } as const;
  const name = nameIn(event);
  if (service === undefined) return [{ label: 'this name, of any service', filter: { provider, name }, ...shared }];
  return [
    { label: 'this name', filter: { name, service }, ...shared },
    { label: `everything of ${service}`, filter: { service }, ...shared },
  ];
}

/** Of a name with placeholders, what stands before the first and behind the last. */
function nameIn({ name, service, pattern }: ServiceEvent): NonNullable<Filter['name']> {
  if (!pattern) return name;
  const parts = name.replace(/<service[^>]*>/g, service ?? '<>').split(/<[^>]*>/);
  if (parts.length === 1) return parts[0] as string;
  const startsWith = parts[0] as string;
  const endsWith = parts.at(-1) as string;
  const condition: TextCondition<string> = {
    ...(startsWith !== '' && { startsWith }),
    ...(endsWith !== '' && { endsWith }),
  };
  return condition;
}
