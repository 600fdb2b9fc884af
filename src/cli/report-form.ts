/** `--report` takes `text` or `json`, and must not swallow a path that happens to stand behind it. */
import { existsSync } from 'node:fs';
import { nearest } from '../catalog/nearest.ts';
import { Misuse } from './misuse.ts';
import { REPORT_FORMS } from './report-text.ts';

/**
 * The words with every form of a report tied to its option.
 *
 * @throws Misuse for a word behind it that is hardly a path, and all but a form.
 */
export function withReportForm(argv: readonly string[]): string[] {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') return [...words, ...argv.slice(i)];
    const next = argv[i + 1];
    if (word !== '--report') words.push(word);
    else if (REPORT_FORMS.some((form) => form === next)) words.push(`--report=${argv[++i]}`);
    else {
      if (next !== undefined) refuseTypo(next);
      words.push('--report=text');
    }
  }
  return words;
}

function refuseTypo(word: string): void {
  const near = nearest(word, REPORT_FORMS);
  if (near === undefined || existsSync(word)) return;
  throw new Misuse(`--report: there is no ${JSON.stringify(word)}; did you mean ${near}?`);
}
