/**
 * The part of Trino's SQL that a query over the CloudTrail table takes: comparisons, LIKE, IN, NULL and two functions,
 * with SQL's own logic of three values. The table is that of the Athena User Guide (`create-cloudtrail-table`). Knows
 * nothing of the compiler.
 */
import { Scanner } from './scanner.ts';
import { every, opposite, some, type Verdict } from './verdict.ts';

type Row = Readonly<Record<string, unknown>>;
type Expression = (row: Row) => unknown;
type Condition = (row: Row) => Verdict;

const TEXT_COLUMNS = [
  ...[
    'eventversion',
    'eventtime',
    'eventsource',
    'eventname',
    'awsregion',
    'sourceipaddress',
    'useragent',
    'errorcode',
  ],
  ...[
    'errormessage',
    'requestparameters',
    'responseelements',
    'additionaleventdata',
    'requestid',
    'eventid',
    'eventtype',
  ],
  ...['apiversion', 'readonly', 'recipientaccountid', 'serviceeventdetails', 'sharedeventid', 'vpcendpointid'],
  ...['vpcendpointaccountid', 'eventcategory'],
];
const SESSION_ISSUER = ['type', 'principalid', 'arn', 'accountid', 'username'];
const STRUCTS = [
  ...['type', 'principalid', 'arn', 'accountid', 'invokedby', 'accesskeyid', 'username', 'onbehalfof.userid'],
  ...SESSION_ISSUER.map((field) => `sessioncontext.sessionissuer.${field}`),
].map((field) => `useridentity.${field}`);
const COLUMNS = new Set([...TEXT_COLUMNS, ...STRUCTS, 'resources', 'e', 'e.arn']);

/** @throws SyntaxError for a query outside of that part, with a column that the table has not, or parameters too many. */
export function readSql(query: string, parameters: readonly string[]): (record: unknown) => boolean {
  const scanner = new Scanner(query);
  const values = [...parameters];
  scanner.need(/SELECT \* FROM "(?:[^"]|"")+"(?:\."(?:[^"]|"")+")*/, 'SELECT');
  const where = scanner.take(/WHERE\b/) ? disjunction(scanner, values) : () => true;
  scanner.need(/ORDER BY eventtime (?:ASC|DESC)\b/, 'ORDER BY');
  scanner.take(/LIMIT \d+/);
  scanner.end();
  if (values.length > 0) throw new SyntaxError(`${values.length} parameters without a placeholder`);
  // What is neither true nor false selects no row.
  return (record) => where(rowOf(record)) === true;
}

function disjunction(scanner: Scanner, values: string[]): Condition {
  const parts = [conjunction(scanner, values)];
  while (scanner.take(/OR\b/)) parts.push(conjunction(scanner, values));
  return (row) => some(parts.map((part) => part(row)));
}

function conjunction(scanner: Scanner, values: string[]): Condition {
  const parts = [negation(scanner, values)];
  while (scanner.take(/AND\b/)) parts.push(negation(scanner, values));
  return (row) => every(parts.map((part) => part(row)));
}

function negation(scanner: Scanner, values: string[]): Condition {
  if (!scanner.take(/NOT\b/)) return predicate(scanner, values);
  const inner = negation(scanner, values);
  return (row) => opposite(inner(row));
}

function predicate(scanner: Scanner, values: string[]): Condition {
  if (scanner.take(/\(/)) {
    const inner = disjunction(scanner, values);
    scanner.need(/\)/, ')');
    return inner;
  }
  if (scanner.take(/false\b/)) return () => false;
  if (scanner.take(/any_match\(/)) return anyMatch(scanner, values);
  const left = expression(scanner);
  const isNull = scanner.take(/IS (NOT )?NULL\b/);
  if (isNull) return (row) => ((left(row) ?? null) === null) === (isNull[1] === undefined);
  const [operator] = scanner.need(/<>|>=|=|<|NOT IN\b|IN\b|NOT LIKE\b|LIKE\b/, 'operator');
  const holds = comparison(scanner, values, operator.replace('NOT ', ''));
  return (row) => {
    const value = left(row) ?? undefined;
    if (value === undefined) return undefined;
    return holds(String(value)) !== operator.startsWith('NOT');
  };
}

function comparison(scanner: Scanner, values: string[], operator: string): (value: string) => boolean {
  if (operator === 'IN') {
    scanner.need(/\(/, '(');
    const list = [operand(scanner, values)];
    while (scanner.take(/,/)) list.push(operand(scanner, values));
    scanner.need(/\)/, ')');
    return (value) => list.includes(value);
  }
  const right = operand(scanner, values);
  if (operator === 'LIKE') {
    const [, escapeWith = ''] = scanner.take(/ESCAPE '(.)'/) ?? [];
    return (value) => like(right, escapeWith).test(value);
  }
  const compare = { '=': (a: string) => a === right, '<>': (a: string) => a !== right, '<': (a: string) => a < right };
  return compare[operator as '='] ?? ((value) => value >= right);
}

function operand(scanner: Scanner, values: string[]): string {
  if (scanner.take(/\?/)) {
    const value = values.shift();
    if (value === undefined) throw new SyntaxError('a placeholder without a parameter');
    return value;
  }
  return (scanner.need(/'((?:[^']|'')*)'/, 'value')[1] ?? '').replaceAll("''", "'");
}

function like(pattern: string, escapeWith: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    let character = pattern[i] ?? '';
    if (character === escapeWith) {
      character = pattern[++i] ?? '';
      if (!['%', '_', escapeWith].includes(character)) throw new SyntaxError(`an escape of ${character} in ${pattern}`);
    } else if (character === '%' || character === '_') {
      source += character === '%' ? '.*' : '.';
      continue;
    }
    source += `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
  return new RegExp(`^${source}$`, 's');
}

function anyMatch(scanner: Scanner, values: string[]): Condition {
  const list = expression(scanner);
  scanner.need(/,\s*e ->/, 'lambda');
  const condition = disjunction(scanner, values);
  scanner.need(/\)/, ')');
  return (row) => {
    const elements = list(row);
    return Array.isArray(elements) ? some(elements.map((e) => condition({ e: e ?? undefined }))) : undefined;
  };
}

function expression(scanner: Scanner): Expression {
  if (scanner.take(/TRY_CAST\(/)) {
    const inner = expression(scanner);
    scanner.need(/AS array\(varchar\)\)/, 'type');
    return (row) => {
      const value = inner(row);
      return Array.isArray(value) && value.every((one) => typeof one !== 'object') ? value.map(String) : undefined;
    };
  }
  const json = scanner.take(/json_extract(_scalar)?\((\w+), '\$((?:\.\w+)+)'\)/);
  if (json) {
    const [, scalar, name = '', path = ''] = json;
    return (row) => {
      const text = column(row, name);
      if (typeof text !== 'string') return undefined;
      const value = path
        .slice(1)
        .split('.')
        .reduce(member, JSON.parse(text) as unknown);
      return scalar && typeof value === 'object' ? undefined : value;
    };
  }
  const [name] = scanner.need(/[a-z]+(?:\.[a-z]+)*/, 'column');
  if (!COLUMNS.has(name)) throw new SyntaxError(`the table has no column ${name}`);
  return (row) => column(row, name);
}

function column(row: Row, path: string): unknown {
  return path.split('.').reduce(member, row as unknown);
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Row)[key] : undefined;
}

/** A record as the JSON SerDe lays it out: names in lower case, booleans as text, objects of no fixed shape as JSON. */
function rowOf(record: unknown): Row {
  const row = lowered(record) as Record<string, unknown>;
  for (const name of ['requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails']) {
    const value = member(record, name);
    row[name.toLowerCase()] = typeof value === 'object' && value !== null ? JSON.stringify(value) : undefined;
  }
  return row;
}

function lowered(value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toLowerCase(), lowered(one)]));
}
