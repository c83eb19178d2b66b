import type { Node } from "../../../providers/reader.ts";
import { scenarioPage } from "../../../src/conformance/scenario-page.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Page, Snapshot } from "../../../src/model/snapshot.ts";

export const pageOf = (call: string, body: Json, params: Page["params"] = {}): Page =>
  scenarioPage({ call, params, body });

/** An object of an answer, as the adapter reads it. */
export const nodeOf = (value: Json): Node => ({ value, page: pageOf("x", value), pointer: "" });

export const snapshotOf = (pages: readonly Page[], gaps: Snapshot["gaps"] = []): Snapshot => ({
  provider: "gcp",
  scope: { provider: "gcp", id: "p1", regions: ["us-central1"] },
  pages,
  gaps,
});
