/** What docs/README.md lists: the one place that orders the pages, for readers of the folder and for the site. */
import { readFileSync } from 'node:fs';

/** Every page in order: its section, its title, and its path from docs/. */
export function contents() {
  const pages = [];
  let section = '';
  for (const line of readFileSync(new URL('../README.md', import.meta.url), 'utf8').split('\n')) {
    const heading = /^## (.+)$/.exec(line);
    if (heading) section = heading[1];
    const page = /^- \[(.+)\]\((.+\.md)\)$/.exec(line);
    if (page) pages.push({ section, title: page[1], path: page[2] });
  }
  return pages;
}
