/** Reads the texts of the vendors' pages under test/fixtures/catalog. */
import { readFileSync } from 'node:fs';

/** The text of one fixture. */
export function pageText(file: string): string {
  return readFileSync(new URL(`../fixtures/catalog/${file}`, import.meta.url), 'utf8');
}

/** The rows of every Markdown table in a text, headings left out, cells trimmed and without their back quotes. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  return lines
    .filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .trim()
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim().replace(/^`|`$/g, '')),
    );
}

function isRule(line: string): boolean {
  return /^\|[\s|:-]+\|$/.test(line.trim());
}

/** The parts of a text under its `##` headings: heading and body. */
export function sections(text: string): readonly (readonly [heading: string, body: string])[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n'))]);
}
