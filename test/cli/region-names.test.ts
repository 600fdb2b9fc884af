import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AWS_REGIONS } from '../../src/cli/region-names.ts';

/** The SDK exports no list of Regions; this is where it keeps them. */
const PARTITIONS = '../../node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';

test('the Regions that are known are those of the AWS SDK', () => {
  const text = readFileSync(new URL(PARTITIONS, import.meta.url), 'utf8');
  const regions = [...text.matchAll(/"([a-z]{2,4}(?:-[a-z]+)+-\d+)": \{/g)].map(([, region]) => region);
  expect(regions.length).toBeGreaterThan(30);
  expect([...AWS_REGIONS].sort()).toEqual(regions.sort());
});
