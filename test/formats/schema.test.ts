import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { cli } from '../cli/world.ts';
import { auditEvent } from '../support/arbitraries.ts';
import { SHAPES } from './shapes.ts';

const SRC = resolve(import.meta.dirname, '../../src');

interface Part {
  readonly type?: string;
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly const?: true;
  readonly items?: Part;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly $defs?: Readonly<Record<string, Part>>;
}

const schema = JSON.parse(readFileSync(resolve(SRC, 'formats/schema.json'), 'utf8')) as Part;
// Formats say for people what the pattern says for programs.
const validate = new Ajv2020({ strict: true, validateFormats: false, allErrors: true }).compile(schema);

function problems(value: unknown): unknown {
  return validate(JSON.parse(JSON.stringify(value))) ? [] : validate.errors;
}

describe('events', () => {
  test.each(SHAPES)('%s is valid', (_, event) => expect(problems(event)).toEqual([]));

  test('so is whatever an event may hold', () => {
    fc.assert(
      fc.property(auditEvent(), (event) => {
        expect(problems(event)).toEqual([]);
      }),
    );
  });

  test('so is each line of the command line, with and without records', async () => {
    for (const raw of ['--raw', '--no-raw']) {
      const { out } = await cli('read', 'samples/aws', 'samples/ibm', '--format', 'jsonl', '--quiet', raw);
      const lines = out.trimEnd().split('\n');
      expect(lines).toHaveLength(71);
      for (const line of lines) expect(problems(JSON.parse(line))).toEqual([]);
    }
  });

  test.each([
    ['time', '2026-11-20 14:30'],
    ['provider', 'gcp'],
    ['action', 'secret.explain'],
    ['denied', 'no'],
    ['secret', {}],
    ['secrets', []],
    ['actor', undefined],
    ['derived', false],
  ])('one with %s %j is not', (name, value) => {
    const [, event] = SHAPES[0] as (typeof SHAPES)[number];
    expect(problems({ ...event, [name]: value })).not.toEqual([]);
  });
});

/** What the schema has to say of a type, as the compiler sees it. */
function schemaOf(type: ts.Type, checker: ts.TypeChecker): Part {
  if (type.flags & ts.TypeFlags.Unknown) return {};
  const solid = checker.getNonNullableType(type);
  if (solid.symbol?.name === 'Date') return { type: 'string' };
  if (solid.symbol?.name === 'SecretRef') return { $ref: '#/$defs/secret' };
  const element = checker.isArrayType(solid) ? checker.getTypeArguments(solid as ts.TypeReference)[0] : undefined;
  if (element !== undefined) return { type: 'array', items: schemaOf(element, checker) };
  const parts = solid.isUnion() ? solid.types : [solid];
  if (parts.every((part) => part.isStringLiteral()))
    return { enum: parts.map((part) => String(part.value)).toSorted() };
  if (parts.every((part) => part.flags & ts.TypeFlags.BooleanLike)) {
    return parts.length === 1 ? { const: true } : { type: 'boolean' };
  }
  // A name of the catalog or any other text.
  if (parts.some((part) => part.flags & ts.TypeFlags.StringLike || part.isStringLiteral())) return { type: 'string' };
  return objectSchema(solid, checker);
}

function objectSchema(type: ts.Type, checker: ts.TypeChecker): Part {
  const properties = type.getProperties();
  const required = properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map((property) => [property.name, schemaOf(checker.getTypeOfSymbol(property), checker)]),
    ),
    ...(required.length > 0 && { required: required.toSorted() }),
  };
}

/** A schema without prose, and without what a type cannot say. */
function bare(part: Part): Part {
  const { type, $ref, const: only, items, required, properties } = part;
  return {
    ...(type !== undefined && { type }),
    ...($ref !== undefined && { $ref }),
    ...(only !== undefined && { const: only }),
    ...(part.enum !== undefined && { enum: part.enum.toSorted() }),
    ...(items !== undefined && { items: bare(items) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, bare(one)])),
    }),
    ...(required !== undefined && { required: required.toSorted() }),
  };
}

describe('the schema and the type', () => {
  const file = resolve(SRC, 'model/event.ts');
  const { config } = ts.readConfigFile(resolve(SRC, '../tsconfig.json'), ts.sys.readFile);
  const program = ts.createProgram([file], ts.parseJsonConfigFileContent(config, ts.sys, resolve(SRC, '..')).options);
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile) as ts.Symbol,
  );
  const typeNamed = (name: string) =>
    checker.getDeclaredTypeOfSymbol(exported.find((symbol) => symbol.name === name) as ts.Symbol);

  test('say the same of an event', () => {
    const { properties, required, ...rest } = objectSchema(typeNamed('AuditEvent'), checker);
    // The command line leaves the record out where it is told to.
    expect(bare(schema)).toEqual({ ...rest, properties, required: required?.filter((name) => name !== 'raw') });
  });

  test('say the same of a secret', () => {
    expect(bare(schema.$defs?.['secret'] as Part)).toEqual(objectSchema(typeNamed('SecretRef'), checker));
  });
});
