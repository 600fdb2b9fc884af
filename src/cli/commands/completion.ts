/** `secret-events completion` */
import type { Command } from 'commander';
import type { Completable, Suggestions } from '../completion/completable.ts';
import type { Context } from '../context.ts';
import { choice } from './option-values.ts';

const SCRIPTS = {
  bash: async (all) => (await import('../completion/bash.ts')).bashCompletion(all),
  zsh: async (all) => (await import('../completion/zsh.ts')).zshCompletion(all),
  fish: async (all) => (await import('../completion/fish.ts')).fishCompletion(all),
} satisfies Readonly<Record<string, (all: readonly Completable[]) => Promise<string>>>;

type Shell = keyof typeof SCRIPTS;
const SHELLS = Object.keys(SCRIPTS) as readonly Shell[];

/** Adds `completion` to the program, whose other commands it completes. */
export function declareCompletion(program: Command, { output }: Context): void {
  program
    .command('completion')
    .summary('print a script that lets a shell complete this command')
    .description(
      'Prints a script with which a shell completes commands, options, their values, event and action names, services and sources. It asks this program for the names of other services, and nothing else: print it again after an update.',
    )
    .argument('<shell>', SHELLS.join(', '), choice('completion', SHELLS))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: Shell) => {
      const { completableOf } = await import('../completion/completable.ts');
      await output.write(await SCRIPTS[shell](completableOf(program, await suggestions())));
    });
}

const EXAMPLES = `
Examples:
  eval "$(secret-events completion bash)"       # in ~/.bashrc
  source <(secret-events completion zsh)        # in ~/.zshrc, after compinit
  secret-events completion fish | source        # in ~/.config/fish/config.fish`;

/** What the options for names take: anything, but most of the time one of these. */
async function suggestions(): Promise<Suggestions> {
  const [{ ALARM_RECIPES }, { ACTIONS }, { CATALOG }, { serviceNames }, { shortName }, { SOURCE_STARTS }] =
    await Promise.all([
      import('../../alarms/recipes.ts'),
      import('../../catalog/entry.ts'),
      import('../../catalog/lookup.ts'),
      import('../../catalog/services/everywhere.ts'),
      import('../../catalog/ibm-name.ts'),
      import('../sources.ts'),
    ]);
  const names = CATALOG.map(({ name }) => name);
  const resources = new Set(ACTIONS.map((action) => `${action.split('.')[0]}.*`));
  return {
    '--action': { words: [...ACTIONS, ...resources] },
    '--name': { words: [...new Set([...names, ...names.map(shortName)])], byService: true },
    '--service': { words: [...(await serviceNames())].sort() },
    // Of a recipe, in every command of `alarm`.
    name: { words: ALARM_RECIPES.map(({ name }) => name) },
    text: { words: names, byService: true },
    sources: { words: SOURCE_STARTS },
  };
}
