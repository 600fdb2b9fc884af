/** From what was collected of IBM's pages to the rows of its list. */
import { checked, NamesByService, sorted } from './names.mjs';

/** A row for each page, and every action by its service. */
export function ibmRows(services) {
  const byService = new NamesByService();
  return { rows: services.map((service) => pageRow(service, byService)), byService };
}

/** Title, services, names in CRNs, page, date, caveat, actions: `^` is a former name, `~` on superseded pages alone. */
function pageRow(service, byService) {
  const { actions, former_names: renamed = [], patterns = [], old_docs_only: old = [] } = service;
  const keys = keysOf(service);
  const names = checked(sorted([...actions, ...renamed]), service.service);
  const former = new Set(renamed);
  const retired = new Set(service.only_in_old_or_retired_docs ? actions : old);
  if (names.length > 0) for (const key of keys) if (key !== '*') byService.add(key, names);
  const short = (name) => (name.startsWith(`${keys[0]}.`) ? name.slice(keys[0].length) : name);
  const marked = names.map((name) => `${short(name)}${former.has(name) ? '^' : retired.has(name) ? '~' : ''}`);
  return [
    service.service,
    keys.join(','),
    service.crn_service_names.join(','),
    service.docs,
    service.updated ?? '',
    [service.caveat, service.partial].filter(Boolean).join('; '),
    [...marked, ...patterns].join(' '),
  ].join('\t');
}

/** The first words of a service's actions; `*` where any service's may stand. */
function keysOf({ service, actions, patterns, crn_service_names }) {
  if (service.startsWith('(any')) return ['*'];
  if (actions.length > 0) return [actions[0].slice(0, actions[0].indexOf('.'))];
  if (crn_service_names.length > 0 && patterns.length > 0) return crn_service_names;
  return [service.split(' ')[0]];
}
