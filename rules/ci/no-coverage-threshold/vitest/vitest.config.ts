import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    coverage: {
      // pass: no-coverage-threshold
      thresholds: { lines: 90 },
    },
  },
});
