import { defineConfig } from 'vitest/config';

/** `npm test`: everything that Node and npm alone can run. Browsers, monitors and the kill harness are in vitest.extra.config.ts. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/survival/**'],
    // No test changes a module; evaluating each once per worker instead of once per file saves most of the run.
    isolate: false,
    // By itself it leaves one core free, of two; a test waits for its database as long as it works.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { TZ: 'UTC', LOG_LEVEL: 'silent' },
  },
});
