import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toCloudEvent, toCsv, toEcs, toOcsf } from '../../src/formats/index.ts';
import { SHAPES } from './shapes.ts';

// One file a shape, with everything that is made of it: to be read by people when it changes.
const GOLDEN = join(import.meta.dirname, '../fixtures/formats/golden');

describe('golden files', () => {
  test.each(SHAPES)('%s', async (name, event) => {
    const { data, ...cloudEvent } = toCloudEvent(event);
    const all = {
      ocsf: toOcsf(event),
      ecs: toEcs(event),
      // Its data is the event.
      cloudEvent: { ...cloudEvent, data: Object.keys(data) },
      csv: toCsv([event], { header: false }),
    };
    await expect(`${JSON.stringify(all, undefined, 2)}\n`).toMatchFileSnapshot(join(GOLDEN, `${name}.json`));
  });
});
