import { readFileSync } from "node:fs";
import { normalise } from "../../providers/aws/normalise.ts";
import { awsScenario } from "../../src/conformance/scenario-aws.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { readingProperties } from "./reading-properties.ts";

const scenarios: { id: string; config: JsonObject }[] = ["aws", "postern-aws"].flatMap(
  (name) =>
    JSON.parse(readFileSync(new URL(`../conformance/net/${name}.json`, import.meta.url), "utf8"))
      .scenarios,
);

readingProperties({ scenarios, normalise, snapshotOf: (config) => awsScenario({ config }) });
