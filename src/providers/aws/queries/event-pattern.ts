/** Amazon EventBridge event patterns. */

import { AWS_TABLE } from '../../../catalog/aws-table.ts';
import { ACTIONS } from '../../../catalog/entry.ts';
import { isIbmName } from '../../../catalog/ibm-name.ts';
import { type CompiledQuery, compile, type Reach } from '../../../filter/compile.ts';
import type { Condition, Tree } from '../../../filter/condition.ts';
import type { Filter } from '../../../filter/filter.ts';
import { couldPass } from '../../../filter/lower.ts';
import { test } from '../../../filter/match.ts';
import type { EventKind } from '../../../model/event.ts';
import type { Scope } from '../../../source/source.ts';
import { isOwnName } from '../fields.ts';
import { asksForLabelUpdated, LABEL_UPDATED, LABEL_UPDATED_LANGUAGE, LABEL_UPDATED_SIZE } from './label-updated.ts';
import { matchersOf } from './matcher.ts';
import { type Alternatives, alternativesWithin, type EventPattern, eitherOf, shapeOf } from './pattern-shape.ts';
import { compileRecords, type QueryOptions, type RecordLanguage, treeWithin } from './record-language.ts';
import { RECORD_PATHS } from './record-test.ts';

/** An event pattern, and what its rule needs. */
export interface EventPatternQuery extends CompiledQuery<EventPattern> {
  /**
   * The `State` of the rule. A rule that is just `ENABLED` is not matched with management events that only read, such as
   * GetSecretValue, whatever its pattern says; the other state can be set by API, CLI and CloudFormation. A rule that
   * forwards to another bus and the one on that bus both need it.
   *
   * Source: EventBridge User Guide, `eb-service-event-cloudtrail-management`.
   */
  readonly ruleState: 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  /** The `detail-type`s that the pattern lets through. All "via CloudTrail" need a trail that is logging. */
  readonly detailTypes: readonly string[];
}

const TYPES: readonly { readonly type: string; readonly kind: EventKind; readonly elsewhere?: true }[] = [
  { type: 'AWS API Call via CloudTrail', kind: 'api' },
  { type: 'AWS Service Event via CloudTrail', kind: 'service' },
  { type: 'AWS Network Activity Event via CloudTrail', kind: 'network' },
  { type: 'AWS Console Action via CloudTrail', kind: 'console' },
  { type: 'AWS Console Signin via CloudTrail', kind: 'console', elsewhere: true },
  { type: 'AWS Insight via CloudTrail', kind: 'insight', elsewhere: true },
];
const SOURCE = 'aws.secretsmanager';
/** Characters of a pattern: the default quota. Source: EventBridge User Guide, `eb-quota`. */
const MAX_SIZE = 2048;
/** Characters that source and detail types take at most. */
const ENVELOPE = 300;
/** What no event is: each record has a name. */
const NOTHING: EventPattern = {
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventName: [{ exists: false }] },
};

/**
 * A filter as an EventBridge event pattern over CloudTrail's events on the default bus and, where the filter asks for it
 * by name, action or kind, over Secrets Manager's own event `Secret Label Updated`, which needs no trail.
 *
 * At most 2,048 characters, the default quota; what goes beyond is left out. So are times, and conditions that would
 * name one field twice. A CloudFormation template takes the pattern as it is: there is no `null` in it.
 *
 * Source: EventBridge User Guide, `eb-create-pattern-operators`, `eb-service-event-cloudtrail`; for fields in lists of
 * objects the engine itself, github.com/aws/event-ruler.
 *
 * @throws AuditError `invalid-argument` for a filter that is none; `unsupported` with `exact: true` for one that can
 * only be said more widely.
 * @example
 * ```ts
 * import { toEventPattern } from 'secret-events/aws';
 *
 * const { query, ruleState } = toEventPattern({ action: 'secret.delete' });
 * console.log(ruleState, JSON.stringify(query));
 * // ENABLED {"source":["aws.secretsmanager"],"detail-type":["AWS API Call via CloudTrail", ...],
 * //   "detail":{"eventSource":["secretsmanager.amazonaws.com"],"eventName":["DeleteSecret"]}}
 * ```
 */
export function toEventPattern(filter: Filter, options: QueryOptions = {}): EventPatternQuery {
  return patternWithin(MAX_SIZE, filter, options);
}

/**
 * What of a filter goes beyond the size of one pattern, in words; `undefined` where nothing does. A rule must not be
 * loosened in silence, as a query may be.
 *
 * @internal
 */
export function eventPatternExcess(filter: Filter, options: QueryOptions = {}): string | undefined {
  const whole = JSON.stringify(patternWithin(Number.POSITIVE_INFINITY, filter, options).query);
  if (whole === JSON.stringify(toEventPattern(filter, options).query)) return undefined;
  return `${whole.length} characters of at most ${MAX_SIZE}`;
}

function patternWithin(most: number, filter: Filter, options: QueryOptions): EventPatternQuery {
  const tree = treeWithin(filter, options);
  const asksForBoth = asksForLabelUpdated(tree);
  const size = most - ENVELOPE - (asksForBoth ? LABEL_UPDATED_SIZE + ENVELOPE : 0);
  const records = compileRecords(filter, recordsWithin(size), options);
  const types = records.reach === 'nothing' ? [] : typesOf(tree, options);
  const native = asksForBoth ? compile(tree, LABEL_UPDATED_LANGUAGE, options) : undefined;
  const patterns = [
    ...enveloped(types, options.scope === 'all' ? [] : [SOURCE], records.reach),
    ...enveloped([LABEL_UPDATED], [SOURCE], native?.reach ?? 'nothing'),
  ];
  return {
    query: patterns.length === 0 ? NOTHING : eitherOf(patterns),
    exact: records.exact && native?.exact !== false,
    widened: [...new Set([...records.widened, ...(native?.widened ?? [])])],
    nothing: patterns.length === 0,
    ruleState:
      types.length > 0 && couldRead(tree, options) ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED',
    detailTypes: patterns.flatMap((pattern) => pattern['detail-type'] as readonly string[]),
  };
}

function recordsWithin(size: number): RecordLanguage<Alternatives> {
  const words = alternativesWithin(size);
  return {
    ...words,
    // Of a list it is enough that one element matches; that none does cannot be asked.
    leaf: ({ path, ...comparison }, negated) =>
      negated && path.includes('[]')
        ? undefined
        : words.field(`detail.${path.replaceAll('[]', '')}`, matchersOf(comparison, RECORD_PATHS[path], negated)),
  };
}

/** The pattern of one kind of events, if there is any that it could match. */
function enveloped(
  types: readonly string[],
  sources: readonly string[],
  reach: Reach<Alternatives>,
): readonly EventPattern[] {
  const alternatives: Alternatives = typeof reach === 'object' ? reach.query : reach === 'nothing' ? [] : [new Map()];
  if (types.length === 0 || alternatives.length === 0) return [];
  const source = sources.length > 0 ? { source: sources } : {};
  return [{ ...source, 'detail-type': types, ...shapeOf(alternatives) }];
}

/** The detail types of CloudTrail's events that the filter could let through. */
function typesOf(tree: Tree, { scope = 'secrets' }: QueryOptions): readonly string[] {
  const could = (kind: EventKind) =>
    couldPass(tree, (condition) => {
      if (condition.field === 'kind') return test(condition)(kind);
      const names = namesIn(condition, scope);
      return names?.some((name) => kindsOf(name)?.includes(kind) ?? true) === false ? false : undefined;
    });
  return TYPES.filter(({ kind, elsewhere }) => !(elsewhere && scope === 'secrets') && could(kind)).map(
    ({ type }) => type,
  );
}

/** Whether management events that only read could pass. */
function couldRead(tree: Tree, { scope = 'secrets' }: QueryOptions): boolean {
  return couldPass(tree, (condition) => {
    if (condition.field === 'readOnly') return test(condition)(true);
    if (condition.field === 'kind') return READING.some(test(condition)) ? undefined : false;
    const names = namesIn(condition, scope);
    return names?.some((name) => AWS_TABLE.find(name)?.readOnly !== false) === false ? false : undefined;
  });
}

/** Kinds of management events; those of the network match a rule in either state. */
const READING: readonly EventKind[] = ['api', 'service', 'console', 'insight'];

/** The kinds of records that a name of the catalog comes in. An endpoint records calls under the same names. */
function kindsOf(name: string): readonly EventKind[] | undefined {
  const kind = AWS_TABLE.find(name)?.kind;
  return kind === 'api' ? ['api', 'network'] : kind && [kind];
}

/** The names of AWS that a condition is closed over and of which the catalog can tell; `undefined`: it is open. */
function namesIn(condition: Condition, scope: Scope): readonly string[] | undefined {
  if (condition.field === 'name' && condition.op === 'in') {
    const names = condition.values.filter((name) => !isIbmName(name));
    return scope === 'secrets' || names.every(isOwnName) ? names : undefined;
  }
  if (condition.field !== 'action') return undefined;
  return ACTIONS.filter(test(condition)).flatMap((action) => AWS_TABLE.meaning(action).map(({ name }) => name));
}
