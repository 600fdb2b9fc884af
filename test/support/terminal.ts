/** A real terminal for tests: a shell in a tmux of its own, with a size, a keyboard and a screen. */
import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { runsWith } from './programs.ts';

/** Whether there is a tmux to have terminals in. */
export const HAS_TMUX = runsWith('tmux', spawnSync('tmux', ['-V']).status === 0);

export interface TerminalOptions {
  readonly columns: number;
  readonly rows?: number;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

let started = 0;

export class Terminal {
  #commands = 0;
  readonly #name = `secret-events-${process.pid}-${started++}`;

  constructor({ columns, rows = 120, cwd, env = {} }: TerminalOptions) {
    const settings = Object.entries({ PS1: '$ ', TERM: 'xterm-256color', ...env }).map(
      ([key, value]) => `${key}=${value}`,
    );
    const shell = ['env', '-u', 'NO_COLOR', '-u', 'COLUMNS', ...settings, 'bash', '--norc', '--noprofile', '-i'];
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, '-c', cwd, ...shell);
  }

  /** What the screen shows, line by line; with `styled`, colours as escape sequences. */
  screen(how: 'plain' | 'styled' = 'plain'): readonly string[] {
    const lines = this.#tmux('capture-pane', '-p', ...(how === 'styled' ? ['-e'] : [])).split('\n');
    return lines.map((line) => line.trimEnd());
  }

  /** Types to the letter. */
  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /** Presses a key: `Enter`, `Tab`, `C-c`. */
  press(key: string): void {
    this.#tmux('send-keys', key);
  }

  /** Resolves when the screen has such a line. */
  async shows(line: RegExp): Promise<void> {
    while (!this.screen().some((shown) => line.test(shown))) await setTimeout(50);
  }

  /** Types a command line on an empty screen; what it gives resolves when its first command has ended. */
  begin(command: string): (how?: 'plain' | 'styled') => Promise<{ lines: readonly string[]; code: number }> {
    // What an earlier command left on the screen is not taken for the end of this one.
    const mark = `ended-${++this.#commands}`;
    this.type(`clear; ${command}; echo "[${mark} \${PIPESTATUS[0]}]"`);
    this.press('Enter');
    const isEnd = (line: string) => line.startsWith(`[${mark} `);
    return async (how) => {
      await this.shows(new RegExp(`^\\[${mark} \\d+\\]$`));
      const lines = this.screen(how);
      const end = lines.findIndex(isEnd);
      return { lines: lines.slice(0, end), code: Number(/ (\d+)/.exec(lines[end] ?? '')?.[1]) };
    };
  }

  /** Runs it to its end. */
  run(command: string, how?: 'plain' | 'styled') {
    return this.begin(command)(how);
  }

  [Symbol.dispose](): void {
    spawnSync('tmux', ['-L', this.#name, 'kill-server']);
  }

  #tmux(...words: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.#name, ...words], { encoding: 'utf8' });
  }
}
