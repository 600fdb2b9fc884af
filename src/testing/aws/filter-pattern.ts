/** Filter patterns of CloudWatch Logs, from the documented grammar: what a pattern says, and whether a message fits. */
import { compileJsonPattern } from './json-pattern.ts';
import { invalidPattern } from './service-error.ts';
import { compileSpacePattern } from './space-pattern.ts';
import { compileTermPattern } from './term-pattern.ts';

/** @internal */
export interface PatternOptions {
  /** Whether `!=` holds where the field is missing. The documentation does not say. */
  readonly missingFieldNotEqual: boolean;
}

/** What a pattern is held against. */
interface LogContent {
  readonly message: string;
  /** The message as JSON; `undefined` when it is none. */
  readonly json: unknown;
}

interface CompiledPattern {
  matches(event: LogContent): boolean;
  /** What a space-delimited pattern takes out of a message; nothing for the other kinds. */
  extract(message: string): Readonly<Record<string, string>>;
  /** The number of regular expressions in it. */
  readonly regexes: number;
}

const LONGEST = 1024;
const MOST_REGEXES = 2;

/**
 * Compiles a pattern of any kind: `{ JSON }`, `[space, delimited]`, or terms.
 *
 * @throws ServiceError `InvalidParameterException` for a pattern that the grammar does not know.
 * @internal
 */
export function compileFilterPattern(text: string, options: PatternOptions): CompiledPattern {
  if (text.length > LONGEST) throw invalidPattern(`it is longer than ${LONGEST} characters`);
  const pattern = compileKind(text.trim(), options);
  if (pattern.regexes > MOST_REGEXES) throw invalidPattern(`it has more than ${MOST_REGEXES} regular expressions`);
  return pattern;
}

function compileKind(text: string, options: PatternOptions): CompiledPattern {
  if (text.startsWith('{')) {
    const { test, regexes } = compileJsonPattern(text, options);
    const matches = ({ json }: LogContent) => typeof json === 'object' && json !== null && test(json);
    return { matches, extract: () => ({}), regexes };
  }
  if (text.startsWith('[')) {
    const { fields, regexes } = compileSpacePattern(text);
    return {
      matches: ({ message }) => fields(message) !== undefined,
      extract: (message) => fields(message) ?? {},
      regexes,
    };
  }
  const { test, regexes } = compileTermPattern(text);
  return { matches: ({ message }) => test(message), extract: () => ({}), regexes };
}
