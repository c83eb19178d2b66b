import { objectOf } from "../../src/conformance/read-json.ts";
import { ociRegionOf } from "../../src/conformance/scenario-oci.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { collectFrom as collect, toldGaps } from "../collect-from.ts";
import { withEnvironment } from "../with-environment.ts";
import type { Fault } from "./faults.ts";
import { startOciMock } from "./index.ts";

/** How the mock makes a call unreadable for the reason that a scenario gives. */
const faultFor: Readonly<Record<string, Pick<Fault, "kind" | "code" | "status">>> = {
  denied: { kind: "deny" },
  throttled: { kind: "throttle" },
  timeout: { kind: "hang" },
  unavailable: { kind: "error", code: "IncorrectState", status: 409 },
  unsupported: { kind: "error", code: "NotImplemented", status: 501 },
};

/** Serves a labelled case in OCI's wire format and reads it with the real SDK, as an audit would. */
export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  const config = objectOf(scenario["config"]);
  const faults = toldGaps(scenario).map(({ call, reason, params }): Fault =>
    Object.assign({ call, params }, faultFor[reason] ?? { kind: "deny" as const }),
  );
  const mock = await startOciMock({ regions: { [ociRegionOf(config)]: config } }, { faults });
  const restore = withoutConfiguration();
  try {
    return await collectFrom(mock.endpoint);
  } finally {
    restore();
    await mock.close();
  }
}

/** Everything that an audit of the tenancy at this endpoint reads. */
export async function collectFrom(
  endpoint: string,
  settings: Partial<CollectContext["settings"]> = {},
): Promise<Snapshot> {
  return collect("oci", endpoint, settings);
}

/** The environment's own credentials never reach a mock, and are back afterwards. */
export function withoutConfiguration(): () => void {
  return withEnvironment({
    OCI_CLI_CONFIG_FILE: "/nonexistent/oci/config",
    OCI_RESOURCE_PRINCIPAL_VERSION: undefined,
  });
}
