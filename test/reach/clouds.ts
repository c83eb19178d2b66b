import { readFileSync } from "node:fs";
import { normalise as aws } from "../../providers/aws/normalise.ts";
import { normalise as azure } from "../../providers/azure/normalise.ts";
import { normalise as gcp } from "../../providers/gcp/normalise.ts";
import { normalise as oci } from "../../providers/oci/normalise.ts";
import { scenarioSnapshot } from "../../src/conformance/scenario-snapshot.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Provider } from "../../src/model/provider.ts";
import type { Reading } from "./reading-properties.ts";

const normalise = { aws, azure, gcp, oci } as const;
const files: Readonly<Record<Provider, readonly string[]>> = {
  aws: ["aws", "postern-aws"],
  azure: ["azure", "postern-azure"],
  gcp: ["gcp"],
  oci: ["oci", "postern-oci"],
};

/** The labelled cases of a cloud with its adapter. */
export function readingOf(provider: Provider): Reading {
  const scenarios = files[provider].flatMap(
    (name): { id: string; config: JsonObject }[] =>
      JSON.parse(readFileSync(new URL(`../conformance/net/${name}.json`, import.meta.url), "utf8"))
        .scenarios,
  );
  return {
    scenarios,
    normalise: normalise[provider],
    snapshotOf: (config) => scenarioSnapshot[provider]({ config }),
  };
}
