/** Completion for fish, 3.0 or later. */
import type { Completable, CompletableOption, Values } from './completable.ts';

/** The script. */
export function fishCompletion(all: readonly Completable[]): string {
  const lines = [
    '# fish completion for secret-events; made by: secret-events completion fish',
    'complete -c secret-events -f',
    ...all.flatMap((one) => linesOf(one, all)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function linesOf({ route, commands, options, argument }: Completable, all: readonly Completable[]): readonly string[] {
  const inner = all.filter(
    (one) => one.route.length === route.length + 1 && route.every((word, i) => one.route[i] === word),
  );
  const here = `complete -c secret-events -n ${quoted(conditionOf(route, commands))}`;
  return [
    ...inner.map((one) => `${here} -a ${quoted(one.route.at(-1) ?? '')} -d ${quoted(one.summary)}`),
    ...options.map((option) => `${here} ${optionWords(option)} -d ${quoted(option.description)}`),
    ...(argument === undefined || commands.length > 0 ? [] : [`${here} ${valueWords(argument)}`]),
  ];
}

/** Holds where the words so far lead to this command and to none inside it. */
function conditionOf(route: readonly string[], commands: readonly string[]): string {
  const on = route.map((word) => `__fish_seen_subcommand_from ${word}`);
  const beyond = commands.length > 0 ? [`not __fish_seen_subcommand_from ${commands.join(' ')}`] : [];
  return [...on, ...beyond].join('; and ');
}

function optionWords({ long, short, values }: CompletableOption): string {
  const names = [`-l ${long.replace(/^--/, '')}`, ...(short === undefined ? [] : [`-s ${short.replace(/^-/, '')}`])];
  return values === undefined ? names.join(' ') : `${names.join(' ')} -r ${valueWords(values)}`;
}

function valueWords({ words, isList, isPath }: Values): string {
  const parts = [isPath ? '-F' : '-f'];
  if (words.length > 0) {
    const text = words.map((word) => quoted(word)).join(' ');
    parts.push(`-a ${quoted(isList ? `(__fish_append , ${text})` : text)}`);
  }
  return parts.join(' ');
}

/** A word as fish takes it, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
