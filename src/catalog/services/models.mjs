/** Reads services, operations and event sources out of public models of AWS, and out of a list that was made of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const json = (folder, name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** Models of Smithy as AWS publishes them (`*.json`), or models of botocore (`service-2.json`) in any subfolder. */
export function awsFromModels(folder) {
  const services = [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  for (const file of files.sort()) {
    const model = json(folder, file);
    if (model.smithy && model.shapes) services.push(fromSmithy(model));
    else if (file.endsWith('service-2.json') && model.metadata) services.push(fromBotocore(model));
  }
  return { lists: [`models in ${folder.split('/').filter(Boolean).pop()}`], services: services.filter(Boolean) };
}

function fromSmithy(model) {
  const shapes = Object.entries(model.shapes);
  const service = shapes.find(([, shape]) => shape.type === 'service')?.[1];
  const trait = service?.traits?.['aws.api#service'];
  if (!trait?.sdkId) return undefined;
  const operations = shapes.filter(([, shape]) => shape.type === 'operation');
  const nameOf = ([id]) => id.split('#').pop();
  return {
    sdkId: trait.sdkId,
    cloudTrailEventSource: trait.cloudTrailEventSource ?? null,
    operations: operations.map(nameOf),
    readonly: operations.filter(([, shape]) => shape.traits?.['smithy.api#readonly']).map(nameOf),
    src: 0,
  };
}

function fromBotocore(model) {
  return {
    sdkId: model.metadata.serviceId,
    cloudTrailEventSource: null,
    operations: Object.keys(model.operations ?? {}),
    readonly: [],
    src: 0,
  };
}

export function awsFromList(folder) {
  const { meta, services } = json(folder, 'aws-services.json');
  return { lists: meta.sources, services };
}
