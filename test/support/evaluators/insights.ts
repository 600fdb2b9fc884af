/**
 * Conditions of CloudWatch Logs Insights queries, read from the CloudWatch Logs User Guide (`CWL_QuerySyntax-Filter`,
 * `CWL_QuerySyntax-operations-functions`, `CWL_AnalyzeLogData-discoverable-fields`). Knows nothing of the compiler.
 */
import { Scanner } from './scanner.ts';
import { every, opposite, some, type Verdict } from './verdict.ts';

/** The fields of one log event, as Insights discovers them. */
type Row = ReadonlyMap<string, unknown>;
type Condition = (row: Row) => Verdict;

const LIMIT = 10_000;

/** @throws SyntaxError for a query that is none. */
export function readInsights(query: string): { matches: (record: unknown) => Verdict; order: string; limit: number } {
  if (query.length > LIMIT) throw new SyntaxError(`${query.length} characters`);
  const scanner = new Scanner(query);
  scanner.need(/fields @timestamp, @message\b/, 'fields');
  scanner.need(/\|/, '|');
  const condition = scanner.take(/filter\b/) ? disjunction(scanner) : () => true;
  if (!scanner.sees(/sort/)) scanner.need(/\|/, '|');
  const [, order = ''] = scanner.need(/sort @timestamp (asc|desc)\b/, 'sort');
  scanner.need(/\|/, '|');
  const [, limit] = scanner.need(/limit (\d+)/, 'limit');
  scanner.end();
  return { matches: (record) => condition(fieldsOf(record)), order, limit: Number(limit) };
}

function disjunction(scanner: Scanner): Condition {
  const parts = [conjunction(scanner)];
  while (scanner.take(/or\b/)) parts.push(conjunction(scanner));
  return (row) => some(parts.map((part) => part(row)));
}

function conjunction(scanner: Scanner): Condition {
  const parts = [negation(scanner)];
  while (scanner.take(/and\b/)) parts.push(negation(scanner));
  return (row) => every(parts.map((part) => part(row)));
}

function negation(scanner: Scanner): Condition {
  if (!scanner.take(/not\b/)) return primary(scanner);
  const inner = negation(scanner);
  return (row) => opposite(inner(row));
}

function primary(scanner: Scanner): Condition {
  if (scanner.take(/\(/)) {
    const inner = disjunction(scanner);
    scanner.need(/\)/, ')');
    return inner;
  }
  const present = scanner.take(/ispresent\(([\w.@]+)\)/);
  // Whether `null` is present is not documented.
  if (present?.[1])
    return (row) => (row.get(present[1] as string) === null ? undefined : row.has(present[1] as string));
  const [field] = scanner.need(/[\w.@]+/, 'field');
  const [operator] = scanner.need(/!=|=~|=|(?:not\s+)?in\b|(?:not\s+)?like\b/, 'operator');
  const holds = comparison(scanner, operator);
  const negated = operator === '!=' || operator.startsWith('not');
  return (row) => {
    const value = row.get(field);
    // What is not there equals nothing; what it is unequal to, nobody says. Neither how booleans compare.
    if (value === undefined || value === null) return negated ? undefined : false;
    if (typeof value !== 'string') return undefined;
    return holds(value) !== negated;
  };
}

function comparison(scanner: Scanner, operator: string): (value: string) => boolean {
  if (operator === '=' || operator === '!=') {
    const text = quoted(scanner);
    return (value) => value === text;
  }
  if (operator.endsWith('in')) {
    scanner.need(/\[/, '[');
    const list = [quoted(scanner)];
    while (scanner.take(/,/)) list.push(quoted(scanner));
    scanner.need(/\]/, ']');
    return (value) => list.includes(value);
  }
  if (!scanner.sees(/\//)) {
    const text = quoted(scanner);
    return (value) => value.includes(text);
  }
  const [, source = ''] = scanner.need(/\/((?:[^/\\]|\\.)+)\//s, 'regular expression');
  // RE2 takes any punctuation behind a backslash, JavaScript only some of it.
  const pattern = new RegExp(
    source.replace(/\\([^\w\s])/g, (whole, mark) => (/[\\^$.*+?()[\]{}|/]/.test(mark) ? whole : mark)),
    'u',
  );
  return (value) => pattern.test(value);
}

/** How a quoted text would hold a quote or a backslash is not documented, so it holds none. */
function quoted(scanner: Scanner): string {
  const [, text = ''] = scanner.need(/"([^"\\\p{Cc}]*)"/u, 'quoted text');
  return text;
}

function fieldsOf(record: unknown): Row {
  const fields = new Map<string, unknown>([['@message', JSON.stringify(record)]]);
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) fields.set(path, value);
    else for (const [key, member] of Object.entries(value)) visit(member, path === '' ? key : `${path}.${key}`);
  };
  visit(record, '');
  return fields;
}
