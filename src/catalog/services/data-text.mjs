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

export function pairsIn(source) {
  const members = [...source.matchAll(/^ {2}'([^']+)': (.*);$/gm)];
  return new Set(members.flatMap(([, key, union]) => union.split('|').map((name) => `${key} ${name.slice(1, -1)}`)));
}
