import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // No test keeps anything in a module, so files may share what they import: it halves the time.
    isolate: false,
    // By itself vitest leaves one core free, which on a machine with two is half of it.
    maxWorkers: 2,
    // A net for what never ends; a machine that is slow, or has other work, must not fall into it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
