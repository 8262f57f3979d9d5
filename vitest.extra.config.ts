import { defineConfig } from 'vitest/config';

/** `npm run test:extra`: a real browser, a real Alertmanager, and processes that are killed. One file at a time. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts', 'test/survival/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    env: { TZ: 'UTC', LOG_LEVEL: 'silent' },
  },
});
