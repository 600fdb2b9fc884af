/**
 * DataPrime as IBM's pages describe it, as far as the compiler may use it; everything else is refused or left open.
 *
 * Source: IBM Cloud docs, `cloud-logs` / `dpxl_ref`: literals, operators, functions, and that `in` needs a type.
 */
import { Scanner } from './scanner.ts';
import { every, opposite, some, type Verdict } from './verdict.ts';

/** A row as Cloud Logs keeps it. */
export interface Row {
  readonly labels: { readonly applicationname: string; readonly subsystemname: string };
  readonly user_data: unknown;
}

type Test = (row: Row) => Answer;
/** Beside a verdict: a comparison with nothing, which lets nothing through and whose opposite nobody describes. */
type Answer = Verdict | 'of nothing';

/** The rows that a query gives, and how it orders and cuts them. */
export interface DataPrime {
  readonly matches: (row: Row) => Verdict;
  readonly order: string | undefined;
  readonly limit: number | undefined;
}

/** Reads a query; throws if it is none, or longer than the API takes. */
export function readDataPrime(query: string): DataPrime {
  if (query.length > 4096) throw new SyntaxError(`${query.length} characters, 4096 are allowed`);
  const scanner = new Scanner(query);
  scanner.need(/source logs\b/, 'source');
  scanner.need(/\|/, '|');
  scanner.need(/filter\b/, 'filter');
  const test = anyOf(scanner);
  const order = scanner.take(/\|\s*orderby \$m\.timestamp (asc|desc)\b/)?.[1];
  const limit = scanner.take(/\|\s*limit (\d+)/)?.[1];
  scanner.end();
  return {
    matches: (row) => decided(test(row)),
    order,
    limit: limit === undefined ? undefined : Number(limit),
  };
}

const decided = (answer: Answer): Verdict => (answer === 'of nothing' ? false : answer);

function anyOf(scanner: Scanner): Test {
  const parts = [allOf(scanner)];
  while (scanner.take(/\|\|/)) parts.push(allOf(scanner));
  const [only] = parts;
  return parts.length === 1 && only ? only : (row) => some(parts.map((part) => decided(part(row))));
}

function allOf(scanner: Scanner): Test {
  const parts = [unary(scanner)];
  while (scanner.take(/&&/)) parts.push(unary(scanner));
  const [only] = parts;
  return parts.length === 1 && only ? only : (row) => every(parts.map((part) => decided(part(row))));
}

function unary(scanner: Scanner): Test {
  if (scanner.take(/!(?!=)/)) {
    const test = unary(scanner);
    return (row) => {
      const answer = test(row);
      return answer === 'of nothing' ? undefined : opposite(answer);
    };
  }
  if (scanner.take(/\(/)) {
    const test = anyOf(scanner);
    scanner.need(/\)/, ')');
    return test;
  }
  if (scanner.take(/false\b/)) return () => false;
  return comparison(scanner);
}

const METHODS = {
  startsWith: (text: string, piece: string) => text.startsWith(piece),
  endsWith: (text: string, piece: string) => text.endsWith(piece),
  contains: (text: string, piece: string) => text.includes(piece),
} as const;

function comparison(scanner: Scanner): Test {
  const [, root, path = ''] = scanner.need(
    /\$([dl])\.([A-Za-z]+(?:\.(?!(?:startsWith|endsWith|contains|in)\()[A-Za-z]+)*)/,
    'keypath',
  );
  const read = (row: Row) => valueAt(root === 'l' ? row.labels : row.user_data, path.split('.'));
  if (scanner.take(/:string\.in\(/)) {
    const list = [quoted(scanner)];
    while (scanner.take(/,/)) list.push(quoted(scanner));
    scanner.need(/\)/, ')');
    return (row) => ofText(read(row), (text) => list.includes(text));
  }
  const method = scanner.take(/\.(startsWith|endsWith|contains)\(/)?.[1] as keyof typeof METHODS | undefined;
  if (method !== undefined) {
    const piece = quoted(scanner);
    scanner.need(/\)/, ')');
    return (row) => ofText(read(row), (text) => METHODS[method](text, piece));
  }
  const [operator] = scanner.need(/==|!=|<=|>=|<|>/, 'operator');
  if (scanner.take(/null\b/)) {
    if (operator !== '==' && operator !== '!=') throw new SyntaxError(`${operator} null`);
    return (row) => (read(row) === undefined || read(row) === null) === (operator === '==');
  }
  const number = scanner.take(/-?\d+(?:\.\d+)?/)?.[0];
  if (number !== undefined) return (row) => ofNumber(read(row), operator, Number(number));
  if (operator !== '==' && operator !== '!=') throw new SyntaxError(`${operator} takes a number here`);
  const wanted = quoted(scanner);
  return (row) => {
    const answer = ofText(read(row), (text) => text === wanted);
    return operator === '==' ? answer : answer === 'of nothing' ? undefined : opposite(answer);
  };
}

function ofText(value: unknown, test: (text: string) => boolean): Answer {
  if (value === undefined || value === null) return 'of nothing';
  // What a text is compared with that is none, nobody says.
  return typeof value === 'string' ? test(value) : undefined;
}

function ofNumber(value: unknown, operator: string, other: number): Answer {
  if (value === undefined || value === null) return operator === '!=' ? undefined : 'of nothing';
  if (typeof value !== 'number') return undefined;
  switch (operator) {
    case '==':
      return value === other;
    case '!=':
      return value !== other;
    case '<':
      return value < other;
    case '<=':
      return value <= other;
    case '>':
      return value > other;
    default:
      return value >= other;
  }
}

/** How a text would hold a quote, a backslash or a control character is not documented, so it holds none. */
function quoted(scanner: Scanner): string {
  const [, text = ''] = scanner.need(/'([^'"\\\p{C}]*)'/u, 'quoted text');
  return text;
}

function valueAt(record: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return record;
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, step)) return undefined;
  return valueAt((record as Record<string, unknown>)[step], rest);
}
