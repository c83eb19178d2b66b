import type { Node } from "../../../providers/reader.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Page, Snapshot } from "../../../src/model/snapshot.ts";

export const pageOf = (call: string, body: Json, params: Page["params"] = {}): Page => ({
  call,
  region: "global",
  params,
  page: 0,
  at: "2026-01-01T00:00:00Z",
  sha256: "0".repeat(64),
  body,
  last: true,
});

/** An object of an answer, as the adapter reads it. */
export const nodeOf = (value: Json): Node => ({ value, page: pageOf("x", value), pointer: "" });

export const snapshotOf = (pages: readonly Page[], gaps: Snapshot["gaps"] = []): Snapshot => ({
  provider: "gcp",
  scope: { provider: "gcp", id: "p1", regions: ["us-central1"] },
  pages,
  gaps,
});
