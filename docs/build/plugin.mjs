/** For TypeDoc: the pages in the order of docs/README.md, under its titles and sections, and the catalog explorer. */
import { writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, Converter, JSX } from 'typedoc';
import { contents } from './contents.mjs';
import { explorerPage } from './explorer.mjs';

const DOCS = fileURLToPath(new URL('..', import.meta.url));
const EXPLORER = 'explorer.html';

/** @param {import('typedoc').Application} app */
export function load(app) {
  const pages = contents();
  const sections = [...new Set(pages.map(({ section }) => section))];

  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue(
      'projectDocuments',
      pages.map(({ path }) => join(DOCS, path)),
    );
    app.options.setValue('groupOrder', [...sections, '*']);
  });

  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const file = document.project.files.getReflectionPath(document) ?? '';
    const path = relative(DOCS, file).split(sep).join('/');
    const page = pages.find((one) => one.path === path);
    if (!page) return;
    document.name = page.title;
    document.frontmatter.group = page.section;
  });

  // A file's place in the repository is good to know, and no link: the site does not hold the sources.
  app.converter.on(Converter.EVENT_END, ({ project }) => {
    for (const { sources = [] } of Object.values(project.reflections)) for (const source of sources) delete source.url;
  });

  app.renderer.hooks.on('sidebar.begin', (context) =>
    JSX.createElement(
      'nav',
      { class: 'tsd-navigation' },
      JSX.createElement('a', { href: context.relativeURL(EXPLORER) }, 'Catalog explorer'),
    ),
  );
  app.renderer.postRenderAsyncJobs.push(async ({ outputDirectory }) =>
    writeFile(join(outputDirectory, EXPLORER), await explorerPage()),
  );
}
