import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/servers/node_modules/**"],
    globalSetup: ["test/setup/build-page.ts"],
    setupFiles: ["test/setup/loopback-only.ts"],
    testTimeout: 30_000,
  },
});
