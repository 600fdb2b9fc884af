import { get, type IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { sendStream } from '../../../src/testing/ibm/delivery.ts';
import { logRules } from '../../../src/testing/ibm/log-rules.ts';
import { realClock } from '../../../src/testing/index.ts';
import { openLoopback } from '../../../src/testing/loopback.ts';

const ITEMS = 2000;
const TEXT = 'x'.repeat(32 * 1024);

it('a stream is made no faster than it is read', async () => {
  let made = 0;
  const item = {
    rows: true,
    write() {
      made++;
      return { TEXT };
    },
  };
  const items = Array.from({ length: ITEMS }, () => item);
  const server = await openLoopback((_, response, signal) =>
    sendStream(response, items, logRules({}), { clock: realClock(), signal, keepAlive: false }),
  );
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(server.url, resolve).on('error', reject);
    });
    // Until the server stands still: what is made and not read fills what lies between the two.
    let seen = 0;
    while (seen === 0 || seen !== made) {
      seen = made;
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(made).toBeLessThan(ITEMS / 2);
    let received = 0;
    for await (const chunk of response) received += (chunk as Buffer).length;
    expect(made).toBe(ITEMS);
    expect(received).toBeGreaterThan(ITEMS * TEXT.length);
  } finally {
    await server.stop();
  }
});

it('what is no longer wanted is no longer made', async () => {
  let made = 0;
  const items = Array.from({ length: ITEMS }, () => ({ rows: true, write: () => ({ TEXT, made: made++ }) }));
  let ended: Promise<unknown> | undefined;
  const server = await openLoopback((_, response, signal) => {
    const sending = sendStream(response, items, logRules({}), { clock: realClock(), signal, keepAlive: false });
    ended = sending.catch((error) => error);
    return sending;
  });
  try {
    await new Promise<void>((resolve) => {
      const asking = get(server.url, (response) => {
        response.once('data', () => asking.destroy());
        response.once('close', resolve);
        response.on('error', () => undefined);
      });
    });
    expect(String(await ended)).toContain('closed');
    expect(made).toBeLessThan(ITEMS);
  } finally {
    await server.stop();
  }
});
