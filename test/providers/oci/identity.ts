import { normalise } from "../../../providers/oci/normalise.ts";
import { ociPolicy } from "../../../providers/oci/policy/index.ts";
import { ociScenario, ociTenancy } from "../../../src/conformance/scenario-oci.ts";
import { buildEstate } from "../../../src/estate.ts";
import type { IdentityReport } from "../../../src/model/identity.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { judge } from "../../../src/permissions/power.ts";

const compartmentOf = (name: string): string => `ocid1.compartment.oc1..${name}`;
export const instanceOf = (name: string): string => `ocid1.instance.oc1.iad.${name}`;

/** One instance a compartment, and the dynamic group of each: `<name>-dg`. */
export interface Tenancy {
  readonly statements: readonly string[];
  readonly compartments?: readonly string[];
  readonly identity?: JsonObject;
  /** Members of the instances beside id and place, by name. */
  readonly instances?: Readonly<Record<string, JsonObject>>;
}

export function configFor({
  statements,
  compartments = ["web", "ops"],
  identity = {},
  instances = {},
}: Tenancy): JsonObject {
  return {
    core: {
      vcns: [{ id: "ocid1.vcn.oc1.iad.one", compartmentId: compartmentOf("web") }],
      instances: compartments.map((name) => ({
        id: instanceOf(name),
        compartmentId: compartmentOf(name),
        displayName: name,
        lifecycleState: "RUNNING",
        definedTags: {},
        ...instances[name],
      })),
    },
    identity: {
      policies: [
        {
          id: "ocid1.policy.oc1..all",
          name: "all",
          compartmentId: ociTenancy,
          statements: [...statements],
          lifecycleState: "ACTIVE",
        },
      ],
      dynamicGroups: compartments.map((name) => ({
        id: `ocid1.dynamicgroup.oc1..${name}`,
        name: `${name}-dg`,
        matchingRule: `ALL {instance.compartment.id = '${compartmentOf(name)}'}`,
        lifecycleState: "ACTIVE",
      })),
      domains: [{ displayName: "Default", type: "DEFAULT", lifecycleState: "ACTIVE" }],
      groups: [{ name: "Administrators", lifecycleState: "ACTIVE" }],
      ...identity,
    },
  };
}

export function reportsOf(snapshot: Snapshot): Map<string, IdentityReport> {
  const inventory = normalise(snapshot);
  const estate = buildEstate([inventory], "2026-11-22T00:00:00Z");
  return new Map(
    [...estate.identities.values()].map((identity) => [
      identity.id,
      judge(identity, [], ociPolicy, estate),
    ]),
  );
}

/** `admin yes account` for each instance, by name. */
export function powersIn(tenancy: Tenancy, gaps: readonly Json[] = []): Record<string, string> {
  const scenario = ociScenario({ config: configFor(tenancy), gaps });
  return Object.fromEntries(
    [...reportsOf(scenario)].map(([id, { power, verdict, breadth }]) => [
      id.split(".").at(-1) ?? id,
      `${power} ${verdict} ${breadth}`,
    ]),
  );
}
