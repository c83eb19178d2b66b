import { createRequire } from "node:module";
import { expect, test } from "vitest";

test("loading the table of calls and the finder of scopes loads no SDK", async () => {
  await import("../../providers/aws/calls.ts");
  await import("../../providers/aws/connect.ts");
  await import("../../providers/aws/scopes.ts");
  await import("../../providers/index.ts");
  const { cache } = createRequire(import.meta.url);
  expect(Object.keys(cache).filter((file) => /@aws-sdk|@smithy/.test(file))).toEqual([]);
});
