import { defineConfig } from "vitest/config";
import { textFiles } from "./text-files.mjs";

const project = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
    expect: { poll: { timeout: testTimeout / 2 } },
  },
});

export default defineConfig({
  plugins: [textFiles],
  root: new URL("..", import.meta.url).pathname,
  define: { TQ_VERSION: JSON.stringify("0.0.0-test") },
  test: {
    globalSetup: "test/support/suite/global-setup.ts",
    setupFiles: "test/support/suite/no-leaks.ts",
    reporters: ["default", new URL("../test/support/suite/summary-reporter.ts", import.meta.url).pathname],
    pool: "forks",
    maxConcurrency: 3,
    projects: [
      project("unit", 20_000),
      project("contract", 60_000),
      project("course", 60_000),
      project("e2e", 60_000),
      project("package", 180_000),
      project("variants", 60_000),
      project("faults", 60_000),
    ],
  },
});
