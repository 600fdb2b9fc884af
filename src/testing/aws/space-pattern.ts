/** Filter patterns for space-delimited messages: `[ip, user, ..., status = 4* && status != 404, size > 1000]`. */
import {
  numberOf,
  numberTest,
  type Operator,
  orderTest,
  regexTest,
  textTest,
  type ValueTest,
} from './pattern-value.ts';
import { invalidPattern } from './service-error.ts';

interface Field {
  /** Without one, the field is named by its place. */
  readonly name: string | undefined;
  readonly test: ValueTest;
}

const CONDITION = /^([\w-]+)\s*(!=|<=|>=|=|<|>)\s*(.+)$/s;
// A comma that is in no regex and no text.
const COMMA = /,(?=(?:[^%"]|%[^%]*%|"[^"]*")*$)/;
// Between brackets and between double quotes, spaces do not separate.
const WORD = /\[([^\]]*)\]|"([^"]*)"|(\S+)/g;

/** @internal */
export function compileSpacePattern(text: string) {
  if (!text.endsWith(']')) throw invalidPattern('] is expected', text.length);
  const inner = text.slice(1, -1).trim();
  const columns = inner === '' ? ['...'] : inner.split(COMMA).map((column) => column.trim());
  const rest = columns.indexOf('...');
  if (rest !== columns.lastIndexOf('...')) throw invalidPattern('it has more than one ellipsis');
  let regexes = 0;
  const field = (column: string): Field => {
    regexes += column.match(/%[^%]*%/g)?.length ?? 0;
    return parseField(column);
  };
  const before = columns.slice(0, rest === -1 ? undefined : rest).map(field);
  const after = rest === -1 ? [] : columns.slice(rest + 1).map(field);

  /** The fields by name, or `undefined` when the message does not fit. */
  function fields(message: string): Readonly<Record<string, string>> | undefined {
    const words = split(message, rest === -1 ? columns.length : undefined);
    const between = words.length - before.length - after.length;
    if (between < 0 || (rest === -1 && between > 0)) return undefined;
    const nameless = Array.from({ length: between }, (): Field => ({ name: undefined, test: () => true }));
    const found: [string, string][] = [];
    for (const [index, { name, test }] of [...before, ...nameless, ...after].entries()) {
      const word = words[index] ?? '';
      if (!test(word)) return undefined;
      found.push([`$${name ?? index + 1}`, word]);
    }
    return Object.fromEntries(found);
  }
  return { fields, regexes };
}

/** The last of a known number of columns takes what is left of the message. */
function split(message: string, columns: number | undefined): readonly string[] {
  const words = [...message.matchAll(WORD)];
  const texts = words.map(([, bracketed, quoted, plain]) => bracketed ?? quoted ?? plain ?? '');
  if (columns === undefined || texts.length <= columns) return texts;
  return [...texts.slice(0, columns - 1), message.slice(words[columns - 1]?.index)];
}

function parseField(column: string): Field {
  if (column === '') return { name: undefined, test: () => true };
  if (/^[\w-]+$/.test(column)) return { name: column, test: () => true };
  let name: string | undefined;
  const either = column.split('||').map((alternative) => {
    const both = alternative.split('&&').map((condition) => {
      const [, subject, operator, value] = CONDITION.exec(condition.trim()) ?? [];
      if (subject === undefined || value === undefined || (name !== undefined && name !== subject)) {
        throw invalidPattern(`${condition.trim()} is no condition on one field`);
      }
      name = subject;
      return parseTest(operator as Operator, value);
    });
    return (seen: string | number) => both.every((test) => test(seen));
  });
  return { name, test: (seen) => either.some((test) => test(seen)) };
}

function parseTest(operator: Operator, text: string): ValueTest {
  const number = numberOf(text);
  if (operator !== '=' && operator !== '!=') {
    if (number === undefined) throw invalidPattern(`${operator} takes a number`);
    return asNumber(orderTest(operator, number));
  }
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  const regex = /^%(.*)%$/s.exec(text)?.[1];
  if (quoted === undefined && regex === undefined && !/^[\w.*/+-]+$/.test(text)) {
    throw invalidPattern(`quote ${text}, it has other characters than letters and digits`);
  }
  let test = textTest(quoted ?? text);
  if (regex !== undefined) test = regexTest(regex, 0);
  else if (number !== undefined) test = asNumber(numberTest(text, number));
  return operator === '=' ? test : (seen) => !test(seen);
}

/** A word that reads as a number is one. */
function asNumber(test: ValueTest): ValueTest {
  return (word) => test(numberOf(String(word)) ?? word);
}
