import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/oci/normalise.ts";
import { ociScenario } from "../../../src/conformance/scenario-oci.ts";
import type { Workload } from "../../../src/model/inventory.ts";
import { configOf, first, type Loose } from "./world.ts";

function workloadsOf(id: string, change: (config: Loose) => void): readonly Workload[] {
  const config = configOf(id);
  change(config);
  return normalise(ociScenario({ config })).workloads;
}

describe("an instance", () => {
  test("holds its own identity through the metadata service", () => {
    const [found] = workloadsOf("oci-001", () => {});
    expect(found?.identities).toMatchObject([
      { id: "ocid1.instance.oc1.iad.mcp", how: "metadata", verdict: "yes" },
    ]);
  });

  test.each([
    [true, "refused"],
    [false, "answered"],
  ])("with legacy endpoints disabled %s, a plain request is %s", (disabled, legacy) => {
    const [found] = workloadsOf("oci-001", (config) => {
      first(config, "instances")["instanceOptions"] = { areLegacyImdsEndpointsDisabled: disabled };
    });
    expect(found?.metadataService).toMatchObject({ state: "on", legacy });
  });

  test("says nothing of its metadata service where the options are not shown", () => {
    const [found] = workloadsOf("oci-001", () => {});
    expect(found).not.toHaveProperty("metadataService");
  });

  test("tells user data, metadata and both kinds of tags", () => {
    const [found] = workloadsOf("oci-001", (config) => {
      Object.assign(first(config, "instances"), {
        metadata: { user_data: "#!/bin/sh\nnpx mcp", role: "mcp" },
        freeformTags: { team: "ml" },
        definedTags: { ops: { stage: "prod" } },
      });
    });
    expect(found?.tags).toEqual({ team: "ml", "ops.stage": "prod" });
    expect(found?.texts.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "user-data #!/bin/sh\nnpx mcp",
      "metadata role: mcp",
      "tag team=ml",
      "tag ops.stage=prod",
    ]);
  });

  test.each([
    ["RUNNING", "running"],
    ["STARTING", "running"],
    ["STOPPING", "stopped"],
    ["TERMINATED", "stopped"],
  ])("that is %s counts as %s", (lifecycleState, state) => {
    const [found] = workloadsOf("oci-001", (config) => {
      Object.assign(first(config, "instances"), { lifecycleState });
    });
    expect(found?.state).toBe(state);
  });

  test("that could not be listed is still seen by its attachment", () => {
    const config = configOf("oci-001");
    const { workloads } = normalise(ociScenario({ config, gaps: ["core:ListInstances"] }));
    expect(workloads).toMatchObject([{ id: "ocid1.instance.oc1.iad.mcp", state: "unknown" }]);
  });
});

test("a container instance tells image, command and environment, and is a resource principal", () => {
  const [found] = workloadsOf("oci-053", (config) => {
    config.containerInstances.getContainer = {
      "ocid1.computecontainer.oc1.iad.1": {
        id: "ocid1.computecontainer.oc1.iad.1",
        containerInstanceId: "ocid1.computecontainerinstance.oc1.iad.1",
        imageUrl: "iad.ocir.io/acme/mcp:1",
        command: ["mcp"],
        arguments: ["--port", "8080"],
        environmentVariables: { MODE: "http" },
      },
    };
  });
  expect(found).toMatchObject({ kind: "task", identities: [{ how: "platform" }] });
  expect(found?.texts.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    "image iad.ocir.io/acme/mcp:1",
    "command mcp --port 8080",
    "environment MODE=http",
  ]);
});
