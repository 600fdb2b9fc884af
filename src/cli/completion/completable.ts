/** What can stand where on a command line, read off the program itself. */
import type { Argument, Command, Option } from 'commander';
import type { Offer } from '../commands/option-values.ts';

/** What a value can be. */
export interface Values {
  readonly words: readonly string[];
  /** Whether several words go into one value, with commas. */
  readonly isList: boolean;
  /** Whether paths of files are meant. */
  readonly isPath: boolean;
  /** Whether they are names, of which those of a service stand here once `--service` has named it. */
  readonly byService?: boolean | undefined;
}

/** One option. */
export interface CompletableOption {
  readonly long: string;
  readonly short?: string | undefined;
  readonly description: string;
  /** Missing for an option without a value, and for one that needs none: what follows it is anything. */
  readonly values?: Values;
}

/** One command, and the program itself. */
export interface Completable {
  /** The words that lead to it: none for the program, `read`. */
  readonly route: readonly string[];
  readonly summary: string;
  readonly commands: readonly string[];
  readonly options: readonly CompletableOption[];
  readonly argument?: Values;
}

/** What options and arguments that take any word take most of the time. */
type Suggestion = Pick<Values, 'words' | 'byService'>;

/** By `--name` or by the name of the argument. */
export type Suggestions = Readonly<Record<string, Suggestion>>;

/** What the program prints the names of services for, which are too many for a script: a list follows, with commas. */
export const NAMES_OF = 'secret-events catalog --format names --service=';

const PATHS = ['sources', 'file', 'files', 'path', 'folder'];

/** The program and every command in it, outermost first. */
export function completableOf(
  command: Command,
  suggestions: Suggestions,
  route: readonly string[] = [],
): readonly Completable[] {
  const help = command.createHelp();
  const [argument] = command.registeredArguments;
  const own: Completable = {
    route,
    summary: command.summary(),
    commands: command.commands.map((inner) => inner.name()),
    options: help.visibleOptions(command).map((option) => optionOf(option, suggestions)),
    ...(argument && { argument: argumentOf(argument, suggestions) }),
  };
  return [own, ...command.commands.flatMap((inner) => completableOf(inner, suggestions, [...route, inner.name()]))];
}

function optionOf(option: Option, suggestions: Suggestions): CompletableOption {
  const { long, short, description } = option;
  const name = long ?? `-${option.name()}`;
  const own = { long: name, short, description };
  if (!option.required) return own;
  const { offers, isList = false } = (option.parseArg ?? {}) as Offer;
  const isPath = PATHS.some((path) => option.flags.endsWith(`<${path}>`));
  return { ...own, values: { ...wordsOf(offers, suggestions[name]), isList, isPath } };
}

function argumentOf(argument: Argument, suggestions: Suggestions): Values {
  const name = argument.name();
  const { offers } = (argument.parseArg ?? {}) as Offer;
  return { ...wordsOf(offers, suggestions[name]), isList: false, isPath: PATHS.includes(name) };
}

function wordsOf(offers: readonly string[] | undefined, suggested: Suggestion = { words: [] }): Suggestion {
  return offers === undefined ? suggested : { words: offers };
}
