/** What bash and zsh have in common: which words stand in which place, as branches of `case`. */
import type { Completable, Values } from './completable.ts';

/** How a shell writes down what can stand in a place. */
export type Offering = (values: Values) => string;

/** Branches by the route and the word before, for the values of options: `'read --format') ... ;;`. */
export function valueCases(all: readonly Completable[], offering: Offering): readonly string[] {
  // The same long lists are those of several commands.
  const places = new Map<string, string[]>();
  for (const { route, options } of all) {
    for (const { long, short, values } of options) {
      if (values === undefined) continue;
      const offered = offering(values);
      const names = short === undefined ? [long] : [long, short];
      places.set(offered, [...(places.get(offered) ?? []), ...names.map((name) => quoted([...route, name].join(' ')))]);
    }
  }
  return [...places].map(([offered, where]) => `${where.join(' | ')}) ${offered} ;;`);
}

/** Branches by the route, for options. */
export function optionCases(all: readonly Completable[], offering: Offering): readonly string[] {
  return all.map(({ route, options }) => branch(route, offering(plain(options.map(({ long }) => long)))));
}

/** Branches by the route, for commands and arguments. */
export function argumentCases(all: readonly Completable[], offering: Offering): readonly string[] {
  return all.map(({ route, commands, argument }) =>
    branch(route, offering(argument === undefined || commands.length > 0 ? plain(commands) : argument)),
  );
}

/** The pattern of everything that is a command: `' read' | 'alarm list'`, the route before it and the word. */
export function routePattern(all: readonly Completable[]): string {
  const steps = all.flatMap(({ route }) =>
    route.length === 0 ? [] : [`${route.slice(0, -1).join(' ')} ${route.at(-1)}`],
  );
  return steps.map(quoted).join(' | ');
}

/** A word as POSIX shells and zsh take it, whatever is in it. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function branch(route: readonly string[], offering: string): string {
  return `${quoted(route.join(' '))}) ${offering} ;;`;
}

function plain(words: readonly string[]): Values {
  return { words, isList: false, isPath: false };
}
