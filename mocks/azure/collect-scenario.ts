import { listOf, objectOf } from "../../src/conformance/read-json.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { collectFrom as collect, toldGaps, type ToldGap } from "../collect-from.ts";
import type { Fault } from "./faults.ts";
import { startAzureMock } from "./index.ts";

const subscription = "s1";

/** How the mock makes a call unreadable for the reason that a scenario gives. */
const faultFor: Readonly<Record<string, Pick<Fault, "kind" | "code">>> = {
  denied: { kind: "deny" },
  throttled: { kind: "throttle" },
  timeout: { kind: "hang" },
  unavailable: { kind: "error", code: "ServiceUnavailable" },
  unsupported: { kind: "error", code: "NoRegisteredProviderFound" },
};

/** Serves a labelled case in ARM's wire format and reads it with the real SDK, as an audit would. */
export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  const resources = listOf(objectOf(scenario["config"])["resources"]).map(objectOf);
  const faults = toldGaps(scenario).map(faultOf);
  const mock = await startAzureMock({ subscription, resources }, { faults });
  try {
    return await collectFrom(mock.url);
  } finally {
    await mock.close();
  }
}

/** Everything that an audit of the subscription at this endpoint reads. */
export async function collectFrom(
  endpoint: string,
  settings: Partial<CollectContext["settings"]> = {},
): Promise<Snapshot> {
  return collect("azure", endpoint, settings);
}

/** The path of `Microsoft.Network/networkSecurityGroups/read` holds the type's last word. */
function faultOf({ call, reason }: ToldGap): Fault {
  const type = call.replace(/\/(?:read|action)$/, "");
  return { kind: "deny", ...faultFor[reason], path: `/${type.split("/").at(-1) ?? call}` };
}
