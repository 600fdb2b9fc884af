import { defineConfig } from 'vitest/config';

export default defineConfig({
  // In the package the subpath import leads to dist/.
  resolve: { alias: { '#sha256': new URL('src/model/sha256-node.ts', import.meta.url).pathname } },
  test: {
    include: ['test/**/*.test.ts'],
    // Type tests (*.test-d.ts) are checked by `tsc` in `npm run check`, with everything else that has types.
    // Property tests do real work; nothing here waits for a clock.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One line for machines beside the report for people: `N passed, N failed`.
    reporters: ['default', './test/support/summary-reporter.ts'],
    env: { TZ: 'UTC', NO_COLOR: '' },
  },
});
