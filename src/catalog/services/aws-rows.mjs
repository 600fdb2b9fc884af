/** From models of AWS to the rows of its list: services with their operations, and names that only records show. */
import { rowsOf } from './data-text.mjs';
import { checked, NamesByService, sorted } from './names.mjs';
import { ADDITIONS, CORRECTIONS, NOT_REAL, PLACEHOLDERS } from './reviewed.mjs';

const CORRECTED = new Map(CORRECTIONS.map(([sdkId, sources]) => [sdkId, sources]));

/**
 * The constants of the list, and every name by its event source. `models` are services with the lists that they come from,
 * `observed` what records show; of both, what is missing is taken from `before`, the list of today.
 */
export function awsRows(models, observed, before) {
  const kept = before === undefined ? [] : keptServices(models, before);
  const services = [...models.services, ...kept].sort((a, b) => (a.sdkId < b.sdkId ? -1 : 1));
  const bySource = new NamesByService();
  const serviceRows = services.map((service) => serviceRow(service, models.lists.length - 1, bySource));
  const { pages, seenRows } = seenNames(
    observed.length > 0 || before === undefined ? observed : seenBefore(before),
    bySource,
  );
  return {
    kept: kept.length,
    unused: [...CORRECTED.keys()].filter((sdkId) => !services.some((service) => service.sdkId === sdkId)),
    lists: kept.length > 0 ? [...models.lists, ...before.AWS_LISTS] : models.lists,
    pages,
    evidence: Object.fromEntries(CORRECTIONS.map(([sdkId, , why]) => [sdkId, why])),
    serviceRows,
    seenRows,
    bySource,
  };
}

/** The services of today that the models do not have. Their lists come behind those of the models. */
function keptServices({ lists, services }, before) {
  const known = new Set(services.map(({ sdkId }) => sdkId));
  const plain = (word) => word.replace(/[+=]+$/, '');
  return rowsOf(before.AWS_SERVICES).flatMap(([sdkId, sources, basis, list, names]) => {
    if (known.has(sdkId)) return [];
    const words = names.split(' ');
    const [src, newer] = list.split(',').map((index) => Number(index) + lists.length);
    return {
      sdkId,
      cloudTrailEventSource: basis === 'm' ? sources : null,
      operations: words.filter((word) => !word.includes('+')).map(plain),
      operationsAddedInBotocore: words.filter((word) => word.includes('+')).map(plain),
      readonly: words.filter((word) => word.endsWith('=')).map(plain),
      src,
      newer,
    };
  });
}

/** Service, event sources, what they rest on, lists, operations: `+` is in the newer list alone, `=` changes nothing. */
function serviceRow(service, newest, bySource) {
  const { sdkId, operations, operationsAddedInBotocore = [], readonly = [], src, newer = newest } = service;
  const sources = checked(sourcesOf(service), sdkId);
  const added = new Set(operationsAddedInBotocore);
  const names = checked(sorted([...operations, ...added]), sdkId);
  for (const source of sources) bySource.add(source, names);
  const basis = CORRECTED.has(sdkId) ? 'c' : sources.length > 0 ? 'm' : '-';
  const marked = names.map((name) => `${name}${added.has(name) ? '+' : ''}${readonly.includes(name) ? '=' : ''}`);
  const from = added.size > 0 ? `${src},${newer}` : String(src);
  return [sdkId, sources.join(','), basis, from, marked.join(' ')].join('\t');
}

function sourcesOf({ sdkId, cloudTrailEventSource: said }) {
  return CORRECTED.get(sdkId) ?? (said && !PLACEHOLDERS.includes(said) ? [said] : []);
}

function seenBefore({ AWS_SEEN }) {
  return rowsOf(AWS_SEEN).map(([eventSource, names]) => ({
    eventSource,
    namesNotAnOperation: names.split(' ').map((word) => word.split('@')[0]),
  }));
}

/** Names that stand in records or on pages, and in no model; one from a page is marked with it. */
function seenNames(observed, bySource) {
  const pages = [];
  const seen = new Map();
  const see = (source, name, page) => {
    if (NOT_REAL.some(([s, n]) => s === source && (n === '*' || n === name)) || bySource.has(source, name)) return;
    if (page && !pages.includes(page)) pages.push(page);
    const names = seen.get(source) ?? new Map();
    names.set(name, page || names.get(name) || '');
    seen.set(source, names);
  };
  for (const { eventSource, namesNotAnOperation } of observed) {
    for (const name of namesNotAnOperation) see(eventSource, name, '');
  }
  for (const [source, name, page] of ADDITIONS) see(source, name, page);
  const seenRows = sorted(seen.keys()).map((source) => {
    const names = checked(sorted(seen.get(source).keys()), source);
    bySource.add(source, names);
    const marked = names.map((name) => {
      const page = seen.get(source).get(name);
      return page ? `${name}@${pages.indexOf(page)}` : name;
    });
    return `${source}\t${marked.join(' ')}`;
  });
  return { pages, seenRows };
}
