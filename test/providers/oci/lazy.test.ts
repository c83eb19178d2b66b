import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { contextOf } from "../../../mocks/collect-from.ts";
import { connect } from "../../../providers/oci/connect.ts";
import { ociAdapter } from "../../../providers/oci/index.ts";
import { configOf, judgeConfig } from "./world.ts";

test("judging what was recorded, and making the clients, load no SDK", () => {
  expect(judgeConfig(configOf("oci-001")).exposures).toHaveLength(1);
  connect(contextOf("http://127.0.0.1:1"));
  expect(ociAdapter.calls.length).toBeGreaterThan(0);
  const { cache } = createRequire(import.meta.url);
  expect(Object.keys(cache).filter((file) => /node_modules.oci-/.test(file))).toEqual([]);
});
