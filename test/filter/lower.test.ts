import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AWS_TABLE } from '../../src/catalog/aws-table.ts';
import { ACTIONS } from '../../src/catalog/entry.ts';
import { IBM_TABLE } from '../../src/catalog/ibm-table.ts';
import { CATALOG, eventsFor } from '../../src/catalog/lookup.ts';
import { type Condition, type Tree, treeOf } from '../../src/filter/condition.ts';
import type { Filter } from '../../src/filter/filter.ts';
import { couldPass, EVERYTHING, lower, NOTHING } from '../../src/filter/lower.ts';
import { matches, test as meets } from '../../src/filter/match.ts';
import { FIELD_NAMES, FIELDS, type FieldName, type FieldValue } from '../../src/model/field.ts';
import { auditEvent, filter } from '../support/arbitraries.ts';

function conditionOf(where: Filter): Condition {
  const tree = treeOf(where);
  if (tree.type !== 'leaf') throw new Error('one condition expected');
  return tree.condition;
}

/** A tree as a filter, to see what it means. */
function filterOf(tree: Tree): Filter {
  if (tree.type === 'not') return { not: filterOf(tree.part) };
  if (tree.type !== 'leaf') return { [tree.type]: tree.parts.map(filterOf) };
  const { condition } = tree;
  if (condition.op !== 'in') throw new Error(`only lists of values expected, not ${condition.op}`);
  return { [condition.field]: condition.values };
}

describe('lower', () => {
  test('leaves what is not neutral as it is', () => {
    expect(lower(conditionOf({ name: 'GetSecretValue' }), AWS_TABLE)).toBeUndefined();
    expect(lower(conditionOf({ outcome: 'failure' }), IBM_TABLE)).toBeUndefined();
  });

  test('settles the provider', () => {
    expect(lower(conditionOf({ provider: 'aws' }), AWS_TABLE)).toBe(EVERYTHING);
    expect(lower(conditionOf({ provider: 'ibm' }), AWS_TABLE)).toBe(NOTHING);
    expect(lower(conditionOf({ provider: { startsWith: 'i' } }), IBM_TABLE)).toBe(EVERYTHING);
    expect(lower(conditionOf({ provider: { exists: true } }), IBM_TABLE)).toBe(EVERYTHING);
  });

  test('gives the native names of an action beside their service', () => {
    const tree = lower(conditionOf({ action: 'secret.read' }), AWS_TABLE) as Tree;
    expect(filterOf(tree)).toEqual({
      any: [
        { all: [{ service: ['secretsmanager.amazonaws.com'] }, { name: ['BatchGetSecretValue', 'GetSecretValue'] }] },
      ],
    });
  });

  test('is nothing for an action that a provider has not', () => {
    for (const table of [AWS_TABLE, IBM_TABLE]) {
      const without = ACTIONS.filter((action) => !eventsFor(action).some((entry) => entry.provider === table.provider));
      for (const action of without) expect(lower(conditionOf({ action }), table)).toEqual({ type: 'any', parts: [] });
      expect(without.length).toBeGreaterThan(0);
    }
  });

  test('means the same as the action for every entry of the catalog', () => {
    const action = fc.oneof(
      fc.constantFrom(...ACTIONS),
      fc.constantFrom('secret.', 'rotation.', 'x').map((startsWith) => ({ startsWith })),
      fc.constantFrom('.read', '.fail').map((endsWith) => ({ endsWith })),
      fc.constant({ exists: true }),
    );
    fc.assert(
      fc.property(action, fc.constantFrom(AWS_TABLE, IBM_TABLE), (asked, table) => {
        const condition = conditionOf({ action: asked } as Filter);
        const lowered = filterOf(lower(condition, table) as Tree);
        for (const entry of CATALOG.filter((one) => one.provider === table.provider)) {
          const event = { name: entry.name, service: entry.service, action: entry.action };
          expect([entry.name, matches(lowered, event as never)]).toEqual([entry.name, meets(condition)(entry.action)]);
          expect(matches(lowered, { ...event, service: 'elsewhere' } as never)).toBe(false);
        }
      }),
    );
  });
});

describe('couldPass', () => {
  test('never denies an event that passes, whatever is known of it', () => {
    const known = fc.subarray([...FIELD_NAMES]);
    let denied = 0;
    fc.assert(
      fc.property(filter(), auditEvent(), known, (where, event, fields) => {
        const could = couldPass(
          treeOf(where),
          settledBy(fields, (field) => FIELDS[field].of(event)),
        );
        if (matches(where, event)) expect(could).toBe(true);
        if (!could) denied++;
      }),
      { numRuns: 1000 },
    );
    expect(denied).toBeGreaterThan(50);
  });

  test('is the filter itself where everything is known', () => {
    fc.assert(
      fc.property(filter(), auditEvent(), (where, event) => {
        const could = couldPass(
          treeOf(where),
          settledBy(FIELD_NAMES, (field) => FIELDS[field].of(event)),
        );
        expect(could).toBe(matches(where, event));
      }),
    );
  });
});

function settledBy(
  fields: readonly FieldName[],
  valueIn: (field: FieldName) => FieldValue | readonly FieldValue[] | undefined,
) {
  return (condition: Condition): boolean | undefined => {
    if (!fields.includes(condition.field)) return undefined;
    const value = valueIn(condition.field);
    const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
    return values.some(meets(condition));
  };
}
