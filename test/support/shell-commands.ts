/** The calls of one program in a shell block of the documentation: as much of a shell as the examples use. */

export interface ShellCommand {
  /** What stands behind the program. */
  readonly argv: readonly string[];
  /** Whether another command writes into it. */
  readonly piped: boolean;
}

const WORD = String.raw`(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\|&;<>()])+`;
/** A file to write to, which is nothing to the program; else a word. What is neither ends the command. */
const TOKEN = new RegExp(String.raw`[^\S\n]*(?:(\d?>>?(?:&\d|[^\S\n]*${WORD}))|(?!#)(${WORD}))`, 'y');

/** Wherever a command can begin: on a line, behind a pipe, in `$(...)` and `<(...)`. */
export function callsOf(program: string, block: string): readonly ShellCommand[] {
  const text = block.replaceAll('\\\n', ' ');
  const starts = new RegExp(String.raw`(^|[|(;&])[^\S\n]*${program}(?=\s|$)`, 'gm');
  return [...text.matchAll(starts)].map((start) => {
    const argv: string[] = [];
    TOKEN.lastIndex = start.index + start[0].length;
    for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) if (token[2]) argv.push(unquoted(token[2]));
    return { argv, piped: start[1] === '|' };
  });
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) =>
    single !== undefined ? single : double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : escaped,
  );
}
