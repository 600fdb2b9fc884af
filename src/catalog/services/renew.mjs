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
import { awsRows } from './aws-rows.mjs';
import { lit, packed, pairsIn, partsOf, text } from './data-text.mjs';
import { ibmRows } from './ibm-rows.mjs';
import { awsFromList, awsFromModels } from './models.mjs';
import { Refused } from './names.mjs';

const DATA = join(import.meta.dirname, 'data');
const MADE = '// Made by renew.mjs; see docs/catalog-services.md. Do not edit.';

/** The text of a file; `undefined` where there is none. */
function read(...path) {
  return existsSync(join(...path)) ? readFileSync(join(...path), 'utf8') : undefined;
}

/** The file with the list of AWS, and the one with its types, where the folder has models. */
function awsFiles(folder) {
  const models = read(folder, 'aws-services.json') === undefined ? awsFromModels(folder) : awsFromList(folder);
  if (models.services.length === 0) return [];
  const today = read(DATA, 'aws.ts');
  const observed = JSON.parse(read(folder, 'observed-event-sources.json') ?? '[]');
  const made = awsRows(models, observed, today && partsOf(today));
  if (made.kept > 0) console.log(`${made.kept} services are not in ${folder}, and kept`);
  for (const sdkId of made.unused) console.log(`! reviewed.mjs corrects ${sdkId}, which is in no model`);
  const list = [
    `export const AWS_LISTS: readonly string[] = ${lit(made.lists)};`,
    `export const AWS_PAGES: readonly string[] = ${lit(made.pages)};`,
    `export const AWS_EVIDENCE: Readonly<Record<string, string>> = ${lit(made.evidence)};`,
    `export const AWS_SERVICES = ${text(made.serviceRows)};`,
    `export const AWS_SEEN = ${text(made.seenRows)};`,
  ];
  const says = 'The event names of every event source of CloudTrail, packed: words in lines.';
  return [['aws.ts', list], namesFile('aws-names.ts', 'AwsServiceEventNames', says, made.bySource)];
}

/** The same of IBM. */
function ibmFiles(folder) {
  const collected = read(folder, 'ibm-services.json');
  if (collected === undefined) return [];
  const { meta, services } = JSON.parse(collected);
  const { rows, byService } = ibmRows(services);
  const list = [`export const IBM_COLLECTED = ${lit(meta.collected)};`, `export const IBM_SERVICES = ${text(rows)};`];
  const says = 'The actions of every IBM Cloud service that documents them, packed: words in lines.';
  return [['ibm.ts', list], namesFile('ibm-names.ts', 'IbmServiceActions', says, byService)];
}

/** The names as types, and a word on what is new in them. */
function namesFile(file, type, says, names) {
  const entries = names.entries();
  const after = new Set(entries.flatMap(([service, own]) => own.map((name) => `${service} ${name}`)));
  report(file, pairsIn(read(DATA, file) ?? ''), after);
  const members = entries.map(([service, own]) => `  '${service}': '${packed(own)}';`);
  return [file, [`/** ${says} */`, `export interface ${type} {`, ...members, '}']];
}

function report(file, before, after) {
  const fresh = [...after].filter((pair) => !before.has(pair));
  const gone = [...before].filter((pair) => !after.has(pair));
  console.log(`${file}: ${after.size} names, ${fresh.length} new, ${gone.length} gone`);
  // The first time, all are.
  if (before.size > 0) for (const pair of fresh) console.log(`+ ${pair}`);
  for (const pair of gone) console.log(`- ${pair}`);
}

/** Renews what differs; answers whether anything does. */
function renew(folder, flag) {
  if (!folder || !existsSync(folder))
    throw new Refused(`there is no folder ${folder ?? ''}; give one with models in it`);
  if (flag !== undefined && flag !== '--check') throw new Refused(`there is no option ${flag}; there is --check`);
  const files = [...awsFiles(folder), ...ibmFiles(folder)].map(([name, lines]) => [
    name,
    `${[MADE, ...lines].join('\n')}\n`,
  ]);
  if (files.length === 0)
    throw new Refused(
      `${folder} holds no model: no aws-services.json, no ibm-services.json, no Smithy or botocore model`,
    );
  const changed = files.filter(([name, content]) => read(DATA, name) !== content);
  if (flag === undefined) for (const [name, content] of changed) writeFileSync(join(DATA, name), content);
  return changed.length > 0;
}

try {
  const [folder, flag] = process.argv.slice(2);
  const differs = renew(folder, flag);
  if (flag === '--check' && differs) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(`renew: ${error.message}`);
  process.exitCode = 2;
}
