import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "web/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // ONNX Runtime and sharp bring their own threads: two test files at a time fill two cores.
    maxWorkers: 2,
    pool: "forks",
  },
});
