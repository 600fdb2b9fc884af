/** Which lists must be asked for, so that nothing that passes the filter and lies in the window is missed. */
import type { CatalogEntry } from '../../catalog/entry.ts';
import { IBM_TABLE } from '../../catalog/ibm-table.ts';
import type { EventName } from '../../catalog/lookup.ts';
import { type Condition, type Tree, treeOf } from '../../filter/condition.ts';
import { couldPass } from '../../filter/lower.ts';
import { test } from '../../filter/match.ts';
import type { FieldName, FieldValue } from '../../model/field.ts';
import { type JsonObject, member, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import type { SourceRequest } from '../../source/source.ts';
import { DERIVED_NAMES } from './derived-names.ts';

/** @internal */
export class DerivedPlan {
  /** Whether an event that can be derived could pass the filter at all. */
  readonly anything: boolean;
  readonly versions: boolean;
  readonly locks: boolean;
  readonly tasks: boolean;
  readonly #from: number;
  readonly #to: number;

  constructor({ where = {}, from, to }: SourceRequest) {
    const tree = treeOf(where);
    const wanted = (key: keyof typeof DERIVED_NAMES) => isWanted(tree, DERIVED_NAMES[key]);
    // An update of metadata is told from a new version and a new lock by looking at those.
    const updates = wanted('updated');
    this.versions = wanted('version') || updates;
    this.locks = wanted('lock') || wanted('versionLock') || updates;
    this.tasks = wanted('taskCreated') || wanted('taskSucceeded') || wanted('taskFailed');
    this.anything = this.versions || this.locks || this.tasks || wanted('created') || wanted('read');
    this.#from = from?.getTime() ?? Number.NEGATIVE_INFINITY;
    this.#to = to?.getTime() ?? Number.POSITIVE_INFINITY;
  }

  /** A secret's later acts all follow its creation. */
  mayHold(secret: JsonObject): boolean {
    return (timeOf(secret, 'created_at') ?? 0) < this.#to;
  }

  /** A secret with one version that was not touched since it was made, or not in the window, has none to tell of. */
  needsVersions(secret: JsonObject): boolean {
    if (!this.versions) return false;
    const updated = timeOf(secret, 'updated_at');
    // Whether a new version moves `updated_at` is not documented, so more than one is always looked at.
    if (updated === undefined || member(secret, 'versions_total') !== 1) return true;
    return updated >= this.#from && updated !== timeOf(secret, 'created_at');
  }

  needsLocks(secret: JsonObject): boolean {
    return this.locks && member(secret, 'locks_total') !== 0;
  }

  needsTasks(secret: JsonObject): boolean {
    return this.tasks && textOf(secret, 'secret_type') === 'custom_credentials';
  }
}

function isWanted(tree: Tree, name: EventName): boolean {
  const entry = IBM_TABLE.find(name) as CatalogEntry;
  const settled: Partial<Record<FieldName, FieldValue>> = {
    provider: 'ibm',
    service: entry.service,
    name,
    action: entry.action,
    kind: entry.kind,
    denied: false,
    derived: true,
    outcome: entry.outcome ?? 'success',
    ...(entry.readOnly !== undefined && { readOnly: entry.readOnly }),
  };
  return couldPass(tree, (condition: Condition) => {
    const value = settled[condition.field];
    return value === undefined ? undefined : test(condition)(value);
  });
}

function timeOf(secret: JsonObject, key: string): number | undefined {
  return parseTime(member(secret, key))?.getTime();
}
