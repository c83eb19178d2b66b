import { defineConfig } from "vitest/config";

/** Tests of pure functions leave nothing behind: they share processes and what these have loaded, in half the time. */
const pure = [
  ...[
    "correlate",
    "cost",
    "net",
    "permissions",
    "plan",
    "reach",
    "rules",
    "signatures",
    "tools",
  ].map((folder) => `test/${folder}/**/*.test.ts`),
  "test/conformance/identity-*.test.ts",
  "test/providers/{aws-policy-{conditions,decide,grants,random},oci-policy-*}.test.ts",
  "test/providers/*-policy/**/*.test.ts",
  "test/providers/*/policy-*.test.ts",
];
const foreign = "test/servers/node_modules/**";

export default defineConfig({
  test: {
    globalSetup: ["test/setup/build-page.ts"],
    setupFiles: ["test/setup/loopback-only.ts"],
    testTimeout: 60_000,
    // One worker a core: the default leaves one of two idle.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: { name: "pure", include: pure, exclude: [foreign], pool: "threads", isolate: false },
      },
      {
        extends: true,
        test: { name: "whole", include: ["test/**/*.test.ts"], exclude: [foreign, ...pure] },
      },
    ],
  },
});
