/**
 * Lucene over rows of Cloud Logs. The npm package `lucene` reads the structure; what the words mean is here: keywords of
 * at most 256 characters, ranges of numbers, expressions that match the whole of a keyword.
 *
 * Sources: IBM Cloud docs, `cloud-logs` / `indexing_mapping`; Apache Lucene, `queryparser` and `RegExp`.
 */
import lucene, {
  type AST,
  type BinaryAST,
  type LeftOnlyAST,
  type Node,
  type NodeRangedTerm,
  type NodeTerm,
} from 'lucene';
import type { Row } from './dataprime.ts';

type Test = (row: Row) => boolean;
type Tree = AST | Node;

const LABELS: Readonly<Record<string, 'applicationname' | 'subsystemname'>> = {
  'coralogix.metadata.applicationName': 'applicationname',
  'coralogix.metadata.subsystemName': 'subsystemname',
};

/** Reads a query; throws if it is none, or longer than the API takes. */
export function readLucene(query: string): Test {
  if (query.length > 4096) throw new SyntaxError(`${query.length} characters, 4096 are allowed`);
  const expressions: RegExp[] = [];
  // The package refuses most escapes within an expression, so it sees only the number of each.
  const plain = query.replace(/"(?:[^"\\]|\\.)*"|\/((?:[^/\\]|\\.)+)\//gsu, (whole, source: string | undefined) =>
    source === undefined ? whole : `/${expressions.push(expressionOf(source)) - 1}/`,
  );
  return testOf(lucene.parse(plain), expressions);
}

function testOf(tree: Tree, expressions: readonly RegExp[]): Test {
  if (!('left' in tree)) return leafOf(tree, expressions);
  const { parts, operators } = chain(tree, expressions);
  if (operators.size > 1) throw new SyntaxError('operators of two kinds without parentheses');
  return operators.has('OR') ? (row) => parts.some((part) => part(row)) : (row) => parts.every((part) => part(row));
}

/** `a AND NOT b AND c` is a list that leans to the right; only what has parentheses is a list of its own. */
function chain(tree: AST, expressions: readonly RegExp[]): { parts: Test[]; operators: Set<string> } {
  const list = tree as Partial<BinaryAST> & LeftOnlyAST & { readonly start?: string };
  const first = testOf(list.left, expressions);
  const negated = list.start === 'NOT';
  const parts = [negated ? (row: Row) => !first(row) : first];
  if (list.operator === undefined || list.right === undefined) return { parts, operators: new Set() };
  const match = /^(AND|OR)( NOT)?$/.exec(list.operator);
  if (!match?.[1]) throw new SyntaxError(`an operator ${list.operator}`);
  // A bare NOT beside OR takes away from the whole list.
  if (match[1] === 'OR' && (match[2] || negated)) throw new SyntaxError('NOT beside OR without parentheses');
  const { right } = list;
  const isOwn = !('left' in right) || (right as { parenthesized?: boolean }).parenthesized === true;
  const rest = isOwn
    ? { parts: [testOf(right, expressions)], operators: new Set<string>() }
    : chain(right as AST, expressions);
  const [next, ...others] = rest.parts as [Test, ...Test[]];
  const second = match[2] ? (row: Row) => !next(row) : next;
  return { parts: [...parts, second, ...others], operators: rest.operators.add(match[1]) };
}

function leafOf(node: Node, expressions: readonly RegExp[]): Test {
  const { field } = node as NodeTerm;
  if ('term_min' in node) return rangeOf(node);
  const { term, quoted, regex } = node as NodeTerm;
  const read = textAt(field);
  if (regex) {
    const expression = expressions[Number(term)];
    if (!expression) throw new SyntaxError(`no expression ${term}`);
    return (row) => {
      const value = read(row);
      return value !== undefined && expression.test(value);
    };
  }
  if (!quoted) throw new SyntaxError(`a bare word ${term}`);
  const text = term.replace(/\\(.)/gsu, '$1');
  return (row) => read(row) === text;
}

function rangeOf(node: NodeRangedTerm): Test {
  const { field, term_min: min, term_max: max, inclusive } = node;
  if (!field.endsWith('.numeric') || inclusive !== 'both') throw new SyntaxError(`no range of numbers: ${field}`);
  const path = field.slice(0, -'.numeric'.length).split('.');
  return (row) => {
    const value = valueAt(row.user_data, path);
    return typeof value === 'number' && value >= Number(min) && value <= Number(max);
  };
}

function textAt(field: string): (row: Row) => string | undefined {
  const label = Object.hasOwn(LABELS, field) ? LABELS[field] : undefined;
  if (label !== undefined) return (row) => row.labels[label];
  if (!field.endsWith('.keyword')) throw new SyntaxError(`${field} is analysed: it equals no text`);
  const path = field.slice(0, -'.keyword'.length).split('.');
  return (row) => {
    const value = valueAt(row.user_data, path);
    return typeof value === 'string' && value.length <= 256 ? value : undefined;
  };
}

/** An expression of Lucene as one of JavaScript: it matches the whole, and a dot any character. */
function expressionOf(source: string): RegExp {
  const body = source.replace(/\\(.)|([*+.])|(.)/gsu, (_, escaped?: string, operator?: string, plain = '') => {
    if (operator !== undefined) return operator;
    if (escaped === undefined && /[?|{}[\]()"#@&<>~^$]/.test(plain)) throw new SyntaxError(`an operator ${plain}`);
    return (escaped ?? plain).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^(?:${body})$`, 'su');
}

function valueAt(record: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return record;
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, step)) return undefined;
  return valueAt((record as Record<string, unknown>)[step], rest);
}
