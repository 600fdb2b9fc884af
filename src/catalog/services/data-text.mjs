/** How the lists are written down as modules, and read back. */

export const lit = (value) => JSON.stringify(value);
export const text = (rows) => `\`\n${rows.join('\n').replace(/[\\`]|\$\{/g, '\\$&')}\n\``;

/** The constants of a generated file. They are JSON, or lines in a template without anything in it. */
export function partsOf(source) {
  const list = JSON.parse(/AWS_LISTS[^=]*= (.*);/.exec(source)[1]);
  const table = (name) => new RegExp(`${name} = \`([^\`]*)\``).exec(source)[1];
  return { AWS_LISTS: list, AWS_SERVICES: table('AWS_SERVICES'), AWS_SEEN: table('AWS_SEEN') };
}

export function rowsOf(table) {
  return table
    .trim()
    .split('\n')
    .map((row) => row.split('\t'));
}

/** The compiler unpacks a line of words one by one, and stops at a thousand. */
const WORDS_IN_LINE = 200;

/** Names as one text in a type: a union of all of them would cost everybody who compiles against it. */
export function packed(names) {
  const lines = [];
  for (let start = 0; start < names.length; start += WORDS_IN_LINE) {
    lines.push(names.slice(start, start + WORDS_IN_LINE).join(' '));
  }
  return lines.join('\\n');
}

export function pairsIn(source) {
  const members = [...source.matchAll(/^ {2}'([^']+)': '(.*)';$/gm)];
  return new Set(members.flatMap(([, key, words]) => words.split(/ |\\n/).map((name) => `${key} ${name}`)));
}
