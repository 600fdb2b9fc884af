/**
 * A real browser for pages: Debian's Chromium, without a window. `SECRET_EVENTS_CHROMIUM` names another one, and then it
 * has to be there.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const required = process.env['SECRET_EVENTS_CHROMIUM'];
const PATH = required || '/usr/bin/chromium';

/** Whether tests in a browser run: not where there is none and nobody has said that there is. */
export const hasBrowser = Boolean(required) || existsSync(PATH);

/** For the title of a test that needs it. */
export const WHERE = `(where ${PATH} is installed)`;

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      // Containers and root have no sandbox; the pages are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
