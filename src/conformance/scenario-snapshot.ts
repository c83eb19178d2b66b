import type { JsonObject } from "../model/json.ts";
import type { Provider } from "../model/provider.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { awsScenario } from "./scenario-aws.ts";
import { azureScenario } from "./scenario-azure.ts";
import { gcpScenario } from "./scenario-gcp.ts";
import { ociScenario } from "./scenario-oci.ts";

/** The pages that a collection of a scenario's world would have recorded. */
export const scenarioSnapshot: Readonly<Record<Provider, (scenario: JsonObject) => Snapshot>> = {
  aws: awsScenario,
  azure: azureScenario,
  gcp: gcpScenario,
  oci: ociScenario,
};
