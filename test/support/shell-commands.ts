/** The commands in a shell block of the documentation: as much of a shell as the examples use. */

export interface ShellCommand {
  readonly words: readonly string[];
  /** Whether another command writes into it. */
  readonly piped: boolean;
}

const TOKEN = /[^\S\n]*(?:(#[^\n]*)|(\n|\||&&|;)|(>>?)|((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\|&;>])+))/gy;

/** @throws Error for what it does not understand, so that no command is passed over. */
export function commandsIn(block: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let piped = false;
  let redirected = false;
  const end = (operator: string) => {
    if (words.length > 0) commands.push({ words, piped });
    words = [];
    piped = operator === '|';
  };
  TOKEN.lastIndex = 0;
  const text = `${block.replaceAll('\\\n', ' ').trimEnd()}\n`;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) throw new Error(`this is more shell than is understood here: ${text.slice(at, at + 40)}`);
    const [, , operator, redirection, word] = token;
    if (operator !== undefined) end(operator);
    else if (redirection !== undefined) redirected = true;
    else if (word !== undefined) {
      // What follows > is a file to write to.
      if (!redirected) words.push(unquoted(word));
      redirected = false;
    }
  }
  end('');
  return commands;
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) =>
    single !== undefined ? single : double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : escaped,
  );
}
