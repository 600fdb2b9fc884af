/** Completion for fish, 3.0 or later. */
import { type Completable, type CompletableOption, NAMES_OF, type Values } from './completable.ts';

/** The script. */
export function fishCompletion(all: readonly Completable[]): string {
  const lists = new Lists();
  const completions = all.flatMap((one) => linesOf(one, all, lists));
  const lines = [
    '# fish completion for secret-events; made by: secret-events completion fish',
    ...NAMED,
    ...lists.functions(),
    'complete -c secret-events -f',
    ...completions,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Names of the services before the cursor, else the words that are given. Names with placeholders cannot be asked for. */
const NAMED = `function __secret_events_named
  set -l services
  set -l before ''
  for word in (commandline -opc)
    if test "$before" = --service
      set services $services $word
    else
      set services $services (string replace -rf '^--service=' '' -- $word)
    end
    set before $word
  end
  if set -q services[1]
    command -sq secret-events; or return
    command ${NAMES_OF}(string join , $services) 2>/dev/null | string match -v '*<*'
  else
    printf '%s\\n' $argv
  end
end`.split('\n');

/** Long lists, which several options have in common, as functions. */
class Lists {
  readonly #names = new Map<string, string>();

  /** What stands for the words inside of parentheses. */
  words(words: readonly string[]): string {
    const text = words.map(quoted).join(' ');
    if (words.length < 20) return `printf '%s\\n' ${text}`;
    const name = this.#names.get(text) ?? `__secret_events_words_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }

  functions(): readonly string[] {
    return [...this.#names].flatMap(([text, name]) => [`function ${name}`, `  printf '%s\\n' ${text}`, 'end']);
  }
}

function linesOf(
  { route, commands, options, argument }: Completable,
  all: readonly Completable[],
  lists: Lists,
): readonly string[] {
  const inner = all.filter(
    (one) => one.route.length === route.length + 1 && route.every((word, i) => one.route[i] === word),
  );
  const here = `complete -c secret-events -n ${quoted(conditionOf(route, commands))}`;
  return [
    ...inner.map((one) => `${here} -a ${quoted(one.route.at(-1) ?? '')} -d ${quoted(one.summary)}`),
    ...options.map((option) => `${here} ${optionWords(option, lists)} -d ${quoted(option.description)}`),
    ...(argument === undefined || commands.length > 0 ? [] : [`${here} ${valueWords(argument, lists)}`]),
  ];
}

/** Holds where the words so far lead to this command and to none inside it. */
function conditionOf(route: readonly string[], commands: readonly string[]): string {
  const on = route.map((word) => `__fish_seen_subcommand_from ${word}`);
  const beyond = commands.length > 0 ? [`not __fish_seen_subcommand_from ${commands.join(' ')}`] : [];
  return [...on, ...beyond].join('; and ');
}

function optionWords({ long, short, values }: CompletableOption, lists: Lists): string {
  const names = [`-l ${long.replace(/^--/, '')}`, ...(short === undefined ? [] : [`-s ${short.replace(/^-/, '')}`])];
  return values === undefined ? names.join(' ') : `${names.join(' ')} -r ${valueWords(values, lists)}`;
}

function valueWords({ words, isList, isPath, byService }: Values, lists: Lists): string {
  const parts = [isPath ? '-F' : '-f'];
  if (words.length > 0) {
    const printed = lists.words(words);
    const offered = byService ? `__secret_events_named (${printed})` : printed;
    parts.push(`-a ${quoted(isList ? `(__fish_append , (${offered}))` : `(${offered})`)}`);
  }
  return parts.join(' ');
}

/** A word as fish takes it, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
