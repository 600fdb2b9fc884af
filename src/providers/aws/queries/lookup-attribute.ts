/** The one lookup attribute that CloudTrail's LookupEvents takes. */
import { type CompiledQuery, finish, type Said } from '../../../filter/compile.ts';
import type { Filter } from '../../../filter/filter.ts';
import { isOwnName } from '../fields.ts';
import { SECRETS_MANAGER } from '../secret-ids.ts';
import { compileRecords, type QueryOptions, type RecordLanguage } from './record-language.ts';
import type { RecordPath, RecordTest } from './record-test.ts';

/** An attribute as LookupEvents takes it. */
export interface LookupAttribute {
  /**
   * The keys that are a place of the record itself, so that asking by them misses nothing. Not used: `Username`, since
   * it is not documented what it holds for a role's session; `ResourceName` and `ResourceType`, since events of the
   * service itself may carry no resources, and a secret may stand there as name or as ARN; `ReadOnly`, since it is not
   * documented what it is for records that do not say it.
   */
  readonly AttributeKey: 'EventId' | 'EventName' | 'AccessKeyId' | 'EventSource';
  readonly AttributeValue: string;
}

/**
 * The most selective lookup attribute of a filter that still finds all of its events; LookupEvents takes one at most.
 * `EventId` before a name that no other service has, before `AccessKeyId`, before `EventSource`, before any other name.
 * All the rest is left to the reader and listed in `widened`. `undefined` asks for every event.
 *
 * Source: CloudTrail API Reference, `API_LookupEvents`, `API_LookupAttribute`.
 *
 * @throws AuditError `invalid-argument` for a filter that is none; `unsupported` with `exact: true` for one that takes
 * more than one attribute.
 * @example
 * ```ts
 * import { toLookupAttribute } from 'secret-events/aws';
 *
 * const { query, widened } = toLookupAttribute({ name: 'GetSecretValue', denied: true });
 * console.log(query); // { AttributeKey: 'EventName', AttributeValue: 'GetSecretValue' }
 * console.log(widened); // [ 'denied = true' ]
 * ```
 */
export function toLookupAttribute(
  filter: Filter,
  options: QueryOptions = {},
): CompiledQuery<LookupAttribute | undefined> {
  return finish(compileRecords(filter, LANGUAGE, options), (reach) =>
    typeof reach === 'object' ? reach.query : undefined,
  );
}

const KEYS: Readonly<Partial<Record<RecordPath, LookupAttribute['AttributeKey']>>> = {
  eventID: 'EventId',
  eventName: 'EventName',
  eventSource: 'EventSource',
  'userIdentity.accessKeyId': 'AccessKeyId',
};

const OWN: LookupAttribute = { AttributeKey: 'EventSource', AttributeValue: SECRETS_MANAGER };

const LANGUAGE: RecordLanguage<LookupAttribute> = {
  leaf: (test, negated) => (test.op === 'in' && !negated ? sayAny(test.path, test.values) : constant(test, negated)),
  all: (parts) => {
    const [first, ...others] = parts.some(namesOwn) ? parts.filter((part) => !same(part, OWN)) : parts;
    return first && others.every((other) => same(first, other)) ? first : undefined;
  },
  any: ([first, ...others]) => (first && others.every((other) => same(first, other)) ? first : undefined),
  worth: (part) => {
    if (part.AttributeKey === 'EventId') return 4;
    if (namesOwn(part)) return 3;
    return { AccessKeyId: 2, EventSource: 1, EventName: 0 }[part.AttributeKey];
  },
};

function sayAny(path: RecordPath, values: readonly string[]): Said<LookupAttribute> | undefined {
  const [value, ...others] = values;
  if (value === undefined) return { reach: 'nothing', exact: true };
  const key = KEYS[path];
  if (key !== undefined && others.length === 0 && fits(value)) {
    return { reach: { query: { AttributeKey: key, AttributeValue: value } }, exact: true };
  }
  // Several names are several lookups, or one for the service that alone has them.
  return path === 'eventName' && values.every(isOwnName) ? { reach: { query: OWN }, exact: false } : undefined;
}

/** Every record has a name, whatever it is. */
function constant(test: RecordTest, negated: boolean): Said<LookupAttribute> | undefined {
  if (test.path !== 'eventName' || test.op !== 'exists') return undefined;
  return { reach: negated ? 'nothing' : 'everything', exact: true };
}

/** A value has 1 to 2,000 characters, of which `_`, space, comma and newline count twice. */
function fits(value: string): boolean {
  return value.length + (value.match(/[_ ,\n]/g)?.length ?? 0) <= 2000;
}

function namesOwn({ AttributeKey, AttributeValue }: LookupAttribute): boolean {
  return AttributeKey === 'EventName' && isOwnName(AttributeValue);
}

function same(a: LookupAttribute, b: LookupAttribute): boolean {
  return a.AttributeKey === b.AttributeKey && a.AttributeValue === b.AttributeValue;
}
