/** CloudFormation's own schema of resources, as a judge of templates. */
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType } from '@aws-cdk/service-spec-types';
import type { CloudFormationTemplate } from '../../src/alarms/index.ts';

const db = loadAwsServiceSpecSync();

interface Property {
  readonly type: PropertyType;
  readonly required?: boolean;
}

/** What is wrong with a template, in words; nothing when nothing is. */
export function faultsOf(template: CloudFormationTemplate): readonly string[] {
  const ids = new Set(Object.keys(template.Resources));
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const [known] = db.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
    if (!known) return [`${id}: there is no ${resource.Type}`];
    return [
      ...membersOf(id, resource.Properties ?? {}, known.properties),
      ...(resource.DependsOn ?? []).filter((other) => !ids.has(other)).map((other) => `${id} depends on ${other}`),
      ...dangling(id, resource.Properties ?? {}, template),
    ];
  });
}

/** References to resources or attributes that there are not. */
function dangling(place: string, value: unknown, template: CloudFormationTemplate): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const map = value as Readonly<Record<string, unknown>>;
  const names: [string, string?][] = [];
  if (typeof map['Ref'] === 'string') names.push([map['Ref']]);
  if (Array.isArray(map['Fn::GetAtt'])) names.push([...map['Fn::GetAtt']] as [string, string]);
  if (typeof map['Fn::Sub'] === 'string') {
    for (const [, name = ''] of map['Fn::Sub'].matchAll(/\$\{([^}]+)\}/g))
      names.push(name.split('.') as [string, string?]);
  }
  const wrong = names.flatMap(([id, attribute]) => {
    if (/^AWS::(?:AccountId|Region|Partition)$/.test(id)) return [];
    const other = template.Resources[id];
    if (!other) return [`${place} names ${id}, which is not there`];
    if (attribute === undefined) return [];
    const [known] = db.lookup('resource', 'cloudFormationType', 'equals', other.Type);
    return known && attribute in known.attributes ? [] : [`${place}: ${other.Type} has no attribute ${attribute}`];
  });
  return [...wrong, ...Object.values(map).flatMap((item) => dangling(place, item, template))];
}

function membersOf(place: string, value: object, properties: Readonly<Record<string, Property>>): readonly string[] {
  const given = Object.entries(value);
  return [
    ...given.flatMap(([name, item]) => {
      const property = properties[name];
      return property ? typed(`${place}.${name}`, item, property.type) : [`${place}: there is no ${name}`];
    }),
    ...Object.entries(properties)
      .filter(([name, { required }]) => required && !(name in value))
      .map(([name]) => `${place}: ${name} is required`),
  ];
}

const isFunction = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 1 &&
  /^(?:Ref$|Fn::)/.test(Object.keys(value)[0] ?? '');

function typed(place: string, value: unknown, type: PropertyType): readonly string[] {
  if (isFunction(value))
    return type.type === 'string' || type.type === 'union' ? [] : [`${place}: a function, not a ${type.type}`];
  switch (type.type) {
    case 'string':
      return typeof value === 'string' ? [] : [`${place}: not a string`];
    case 'integer':
    case 'number':
      return typeof value === 'number' ? [] : [`${place}: not a number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${place}: not a boolean`];
    case 'json':
      return typeof value === 'object' ? [] : [`${place}: no JSON object`];
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, i) => typed(`${place}[${i}]`, item, type.element))
        : [`${place}: no list`];
    case 'map':
      return Object.entries(value as object).flatMap(([key, item]) => typed(`${place}.${key}`, item, type.element));
    case 'ref':
      return membersOf(place, value as object, db.get('typeDefinition', type.reference.$ref).properties);
    case 'union': {
      const tries = type.types.map((one) => typed(place, value, one));
      return tries.some((one) => one.length === 0) ? [] : (tries[0] ?? []);
    }
    default:
      return [`${place}: a type that this test does not know, ${type.type}`];
  }
}
