/**
 * Renews the lists of every service's names from a folder of public models. Run by hand; see docs/catalog-services.md.
 *
 *     node src/catalog/services/renew.mjs FOLDER [--check]
 *
 * Services that the folder has no model of are kept as they are, and so are names that only records show. Prints what is
 * new and what went. With `--check` it writes nothing and ends with 1 if anything differs.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lit, packed, pairsIn, partsOf, rowsOf, text } from './data-text.mjs';
import { awsFromList, awsFromModels } from './models.mjs';
import { ADDITIONS, CORRECTIONS, NOT_REAL, PLACEHOLDERS } from './reviewed.mjs';

const DATA = join(import.meta.dirname, 'data');
const [folder, flag] = process.argv.slice(2);
if (!folder || !existsSync(folder)) fail(`there is no folder ${folder ?? ''}; give one with models in it`);
if (flag !== undefined && flag !== '--check') fail(`there is no option ${flag}; there is --check`);

const json = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const has = (name) => existsSync(join(folder, name));
const sorted = (values) => [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
/** What stands there today. */
const before = existsSync(join(DATA, 'aws.ts')) ? partsOf(readFileSync(join(DATA, 'aws.ts'), 'utf8')) : undefined;
const NAME = /^[A-Za-z0-9_.:-]+$/;

function fail(message) {
  console.error(`renew: ${message}`);
  process.exit(2);
}

/** The one place where names are let in: what is no name would be code in a type. */
function checked(names, where) {
  const wrong = names.filter((name) => !NAME.test(name));
  if (wrong.length > 0) fail(`${where}: ${JSON.stringify(wrong[0])} is no name`);
  return names;
}

/** The rows of today, for services that the folder has not. */
function keptAws(known, offset) {
  if (before === undefined) return [];
  return rowsOf(before.AWS_SERVICES).flatMap(([sdkId, sources, basis, list, names]) => {
    if (known.has(sdkId)) return [];
    const words = names.split(' ');
    const plain = (word) => word.replace(/[+=]+$/, '');
    const [src, newer] = list.split(',').map((index) => Number(index) + offset);
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

function renewAws() {
  const { lists: fresh, services: found } = has('aws-services.json') ? awsFromList(folder) : awsFromModels(folder);
  if (found.length === 0) return;
  const kept = keptAws(new Set(found.map(({ sdkId }) => sdkId)), fresh.length);
  if (kept.length > 0) console.log(`${kept.length} services are not in ${folder}, and kept`);
  const services = [...found, ...kept];
  const lists = kept.length > 0 ? [...fresh, ...before.AWS_LISTS] : fresh;
  const corrected = new Map(CORRECTIONS.map(([sdkId, sources, evidence]) => [sdkId, { sources, evidence }]));
  for (const sdkId of corrected.keys()) {
    if (!services.some((service) => service.sdkId === sdkId))
      console.log(`! reviewed.mjs corrects ${sdkId}, which is in no model`);
  }
  const bySource = new Map();
  const rows = [...services]
    .sort((a, b) => (a.sdkId < b.sdkId ? -1 : 1))
    .map(
      ({
        sdkId,
        cloudTrailEventSource,
        operations,
        operationsAddedInBotocore = [],
        readonly = [],
        src,
        newer = fresh.length - 1,
      }) => {
        const said = PLACEHOLDERS.includes(cloudTrailEventSource) ? null : cloudTrailEventSource;
        const sources = corrected.get(sdkId)?.sources ?? (said ? [said] : []);
        const added = new Set(operationsAddedInBotocore);
        const names = checked(sorted([...operations, ...added]), sdkId);
        for (const source of checked(sources, sdkId)) {
          bySource.set(source, [...(bySource.get(source) ?? []), ...names]);
        }
        const basis = corrected.has(sdkId) ? 'c' : sources.length > 0 ? 'm' : '-';
        const marked = names.map((name) => `${name}${added.has(name) ? '+' : ''}${readonly.includes(name) ? '=' : ''}`);
        const from = added.size > 0 ? `${src},${newer}` : String(src);
        return [sdkId, sources.join(','), basis, from, marked.join(' ')].join('\t');
      },
    );

  const observed = has('observed-event-sources.json') ? json('observed-event-sources.json') : [];
  const unreal = (source, name) => NOT_REAL.some(([s, n]) => s === source && (n === '*' || n === name));
  const seen = new Map();
  const pages = [];
  const see = (source, name, page) => {
    if (unreal(source, name) || bySource.get(source)?.includes(name)) return;
    if (page && !pages.includes(page)) pages.push(page);
    const names = seen.get(source) ?? new Map();
    names.set(name, page || names.get(name) || '');
    seen.set(source, names);
  };
  for (const { eventSource, namesNotAnOperation } of observed) {
    for (const name of namesNotAnOperation) see(eventSource, name, '');
  }
  if (observed.length === 0 && before !== undefined) {
    for (const [source, names] of rowsOf(before.AWS_SEEN)) {
      for (const word of names.split(' ')) see(source, word.split('@')[0], '');
    }
  }
  for (const [source, name, page] of ADDITIONS) see(source, name, page);
  const seenRows = sorted(seen.keys()).map((source) => {
    const names = seen.get(source);
    const marked = checked(sorted(names.keys()), source).map((name) => {
      const page = names.get(name);
      return page ? `${name}@${pages.indexOf(page)}` : name;
    });
    bySource.set(source, [...(bySource.get(source) ?? []), ...names.keys()]);
    return `${source}\t${marked.join(' ')}`;
  });

  write('aws.ts', [
    `export const AWS_LISTS: readonly string[] = ${lit(lists)};`,
    `export const AWS_PAGES: readonly string[] = ${lit(pages)};`,
    `export const AWS_EVIDENCE: Readonly<Record<string, string>> = ${lit(Object.fromEntries(CORRECTIONS.map(([id, , why]) => [id, why])))};`,
    `export const AWS_SERVICES = ${text(rows)};`,
    `export const AWS_SEEN = ${text(seenRows)};`,
  ]);
  writeNames(
    'aws-names.ts',
    'AwsServiceEventNames',
    'The event names of every event source of CloudTrail, packed: words in lines.',
    bySource,
  );
}

function renewIbm() {
  if (!has('ibm-services.json')) return;
  const { meta, services } = json('ibm-services.json');
  const byService = new Map();
  const rows = services.map((service) => {
    const keys = keysOf(service);
    const retired = new Set(service.only_in_old_or_retired_docs ? service.actions : (service.old_docs_only ?? []));
    const names = checked(sorted([...service.actions, ...(service.former_names ?? [])]), service.service);
    const former = new Set(service.former_names ?? []);
    const short = (name) => (name.startsWith(`${keys[0]}.`) ? name.slice(keys[0].length) : name);
    for (const key of keys) {
      if (key !== '*' && names.length > 0) byService.set(key, [...(byService.get(key) ?? []), ...names]);
    }
    const marked = [
      ...names.map((name) => `${short(name)}${former.has(name) ? '^' : retired.has(name) ? '~' : ''}`),
      ...(service.patterns ?? []),
    ];
    const caveat = [service.caveat, service.partial].filter(Boolean).join('; ');
    const page = [service.docs, service.updated ?? ''];
    return [
      service.service,
      keys.join(','),
      service.crn_service_names.join(','),
      ...page,
      caveat,
      marked.join(' '),
    ].join('\t');
  });
  write('ibm.ts', [
    `export const IBM_COLLECTED = ${lit(meta.collected)};`,
    `export const IBM_SERVICES = ${text(rows)};`,
  ]);
  writeNames(
    'ibm-names.ts',
    'IbmServiceActions',
    'The actions of every IBM Cloud service that documents them, packed: words in lines.',
    byService,
  );
}

/** The first words of a service's actions; `*` where any service's may stand. */
function keysOf({ service, actions, patterns, crn_service_names }) {
  if (service.startsWith('(any')) return ['*'];
  if (actions.length > 0) return [actions[0].slice(0, actions[0].indexOf('.'))];
  if (crn_service_names.length > 0 && patterns.length > 0) return crn_service_names;
  return [service.split(' ')[0]];
}

function write(name, parts) {
  put(name, `// Made by renew.mjs; see docs/catalog-services.md. Do not edit.\n${parts.join('\n')}\n`);
}

function writeNames(name, type, says, names) {
  const members = sorted(names.keys()).map((key) => `  '${key}': '${packed(sorted(names.get(key)))}';`);
  write(name, [`/** ${says} */`, `export interface ${type} {`, ...members, '}']);
  const pairs = existsSync(join(DATA, name)) ? pairsIn(readFileSync(join(DATA, name), 'utf8')) : new Set();
  report(name, pairs, new Set([...names].flatMap(([key, values]) => values.map((value) => `${key} ${value}`))));
}

function report(name, before, after) {
  const fresh = [...after].filter((pair) => !before.has(pair));
  const gone = [...before].filter((pair) => !after.has(pair));
  console.log(`${name}: ${after.size} names, ${fresh.length} new, ${gone.length} gone`);
  for (const pair of fresh.slice(0, before.size > 0 ? undefined : 0)) console.log(`+ ${pair}`);
  for (const pair of gone) console.log(`- ${pair}`);
}

const pending = [];
function put(name, content) {
  pending.push([join(DATA, name), content]);
}

renewAws();
renewIbm();
if (pending.length === 0)
  fail(`${folder} holds no model: no aws-services.json, no ibm-services.json, no Smithy or botocore model`);
const changed = pending.filter(([path, content]) => !existsSync(path) || readFileSync(path, 'utf8') !== content);
if (flag === '--check') process.exitCode = changed.length > 0 ? 1 : 0;
else for (const [path, content] of changed) writeFileSync(path, content);
