/**
 * A validator for OCSF class 6003: required members, types, enums and their captions, constraints, deprecations. It knows
 * OCSF from data and nothing of the mapper.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

interface Attribute {
  readonly type: string;
  readonly list?: boolean;
  readonly need?: 'required' | 'recommended';
  /** The version from which on it is deprecated. */
  readonly deprecated?: string;
  readonly enum?: Readonly<Record<string, string>>;
  /** The attribute that holds the caption. */
  readonly sibling?: string;
}

interface Shape {
  readonly atLeastOne: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Schema {
  readonly version: string;
  readonly event: Shape;
  readonly objects: Readonly<Record<string, Shape>>;
}

const NEWEST = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/formats/ocsf-1.8.0.json'), 'utf8'),
) as Schema;

/** What of the objects in the data came after 1.5.0. */
const SINCE_1_5: Readonly<Record<string, readonly string[]>> = {
  metadata: ['is_truncated', 'log_format', 'log_source', 'reporter', 'source', 'type', 'untruncated_size'],
  resource_details: ['provider', 'role', 'role_id'],
  user: ['programmatic_credentials'],
};

function before(shape: Shape, later: readonly string[]): Shape {
  const attributes = Object.entries(shape.attributes).filter(([name]) => !later.includes(name));
  return { ...shape, attributes: Object.fromEntries(attributes) };
}

function schemaOf1_5(): Schema {
  const objects = Object.entries(NEWEST.objects).map(([name, shape]) => [name, before(shape, SINCE_1_5[name] ?? [])]);
  const schema = { ...NEWEST, version: '1.5.0', objects: Object.fromEntries(objects) } as Schema;
  const type = schema.objects['user']?.attributes['type_id'] as Attribute;
  // Service came with 1.6.0.
  const { '4': _, ...captions } = type.enum ?? {};
  (schema.objects['user']?.attributes as Record<string, Attribute>)['type_id'] = { ...type, enum: captions };
  return schema;
}

export const SCHEMAS: Readonly<Record<string, Schema>> = { '1.8.0': NEWEST, '1.5.0': schemaOf1_5() };

/** Everything that is wrong with an event, by path; nothing for a right one. */
export function problemsOf(event: unknown, schema: Schema): readonly string[] {
  const problems: string[] = [];
  check(event, schema.event, '', schema, problems);
  if (!isObject(event)) return problems;
  const { class_uid, activity_id, type_uid, metadata } = event as Record<string, unknown>;
  if (type_uid !== Number(class_uid) * 100 + Number(activity_id)) problems.push(`type_uid: ${String(type_uid)}`);
  const stated = isObject(metadata) ? metadata['version'] : undefined;
  if (stated !== schema.version) problems.push(`metadata.version: ${String(stated)} is not ${schema.version}`);
  return problems;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function check(value: unknown, shape: Shape, path: string, schema: Schema, problems: string[]): void {
  if (!isObject(value)) {
    problems.push(`${path}: no object`);
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const attribute = Object.hasOwn(shape.attributes, name) ? shape.attributes[name] : undefined;
    const place = path === '' ? name : `${path}.${name}`;
    if (attribute === undefined) problems.push(`${place}: unknown in ${schema.version}`);
    else checkAttribute(member, attribute, place, value, schema, problems);
  }
  for (const [name, { need }] of Object.entries(shape.attributes)) {
    if (need === 'required' && value[name] === undefined) problems.push(`${path}.${name}: required`);
  }
  if (shape.atLeastOne.length > 0 && !shape.atLeastOne.some((name) => value[name] !== undefined)) {
    problems.push(`${path}: none of ${shape.atLeastOne.join(', ')}`);
  }
}

function checkAttribute(
  value: unknown,
  attribute: Attribute,
  path: string,
  holder: Record<string, unknown>,
  schema: Schema,
  problems: string[],
): void {
  const { deprecated } = attribute;
  if (deprecated !== undefined && deprecated.localeCompare(schema.version, 'en', { numeric: true }) <= 0) {
    problems.push(`${path}: deprecated since ${deprecated}`);
  }
  if (attribute.list && !Array.isArray(value)) problems.push(`${path}: no list`);
  for (const one of attribute.list && Array.isArray(value) ? (value as unknown[]) : [value]) {
    const shape = schema.objects[attribute.type];
    if (shape !== undefined) check(one, shape, path, schema, problems);
    else if (!fits(one, attribute.type)) problems.push(`${path}: no ${attribute.type}: ${JSON.stringify(one)}`);
    if (attribute.enum !== undefined) checkEnum(one, attribute, path, holder, problems);
  }
}

function checkEnum(
  value: unknown,
  { enum: captions = {}, sibling }: Attribute,
  path: string,
  holder: Record<string, unknown>,
  problems: string[],
): void {
  const caption = captions[String(value)];
  if (caption === undefined) problems.push(`${path}: ${String(value)} is not in the enum`);
  const said = sibling === undefined ? undefined : holder[sibling];
  // `user.type` is the provider's own word in the mapping of ocsf/examples, whatever its id.
  if (said === undefined || path === 'actor.user.type_id') return;
  // For Other the sibling is the provider's word; the name of a type is built from the caption all the same.
  if (value === 99 ? said === '' : said !== caption)
    problems.push(`${path}: ${String(said)} is not ${String(caption)}`);
}

const TEXT = new Set(['string_t', 'username_t', 'hostname_t', 'resource_uid_t', 'url_t', 'email_t']);

function fits(value: unknown, type: string): boolean {
  if (TEXT.has(type)) return typeof value === 'string' && value !== '';
  switch (type) {
    case 'integer_t':
    case 'long_t':
    case 'timestamp_t':
      return Number.isSafeInteger(value);
    case 'boolean_t':
      return typeof value === 'boolean';
    case 'ip_t':
      return typeof value === 'string' && isIP(value) !== 0;
    case 'datetime_t':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value);
    case 'json_t':
      return value !== undefined;
    case 'object':
      return isObject(value);
  }
  // An object that the data does not hold: whoever emits it adds it there.
  return false;
}
