import { describe, expect, test } from "vitest";
import { startAzureMock, type AzureWorld } from "../../mocks/azure/index.ts";
import { startGcpMock, type GcpWorld } from "../../mocks/gcp/index.ts";
import { collectFrom as collectGcp } from "../../mocks/gcp/collect-scenario.ts";
import { collectFrom as collectAzure } from "../../mocks/azure/collect-scenario.ts";
import { azureDemoWorld } from "../../mocks/worlds/azure-demo.ts";
import { gcpDemoWorld } from "../../mocks/worlds/gcp-demo.ts";
import { adapters } from "../../providers/index.ts";
import { buildEstate } from "../../src/estate.ts";
import type { ProviderAdapter } from "../../src/model/adapter.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { judge } from "../../src/permissions/power.ts";

/** Loading an SDK on a busy machine takes its time. */
const patient = { attemptTimeout: 60_000 } as const;

/** Power of each identity by the name it goes by. */
async function powersIn(
  snapshot: Snapshot,
  load: () => Promise<ProviderAdapter>,
): Promise<Record<string, string>> {
  const adapter = await load();
  const inventory = adapter.normalise(snapshot);
  const estate = buildEstate([inventory]);
  return Object.fromEntries(
    inventory.identities.map((identity) => [
      identity.name,
      judge(identity, [], adapter.policy, estate).power,
    ]),
  );
}

async function azurePowers(world: AzureWorld): Promise<Record<string, string>> {
  const mock = await startAzureMock(world);
  try {
    return await powersIn(await collectAzure(mock.url, patient), adapters.azure!);
  } finally {
    await mock.close();
  }
}

async function gcpPowers(world: GcpWorld): Promise<Record<string, string>> {
  const mock = await startGcpMock(world);
  try {
    return await powersIn(await collectGcp(mock.url, world.project, patient), adapters.gcp!);
  } finally {
    await mock.close();
  }
}

describe("the Azure demo, read through the real SDK", () => {
  test("a group's role reaches its member, and an unlisted role leaves its holder unknown", async () => {
    expect(await azurePowers(azureDemoWorld)).toMatchObject({
      "vm-agent": "admin",
      "id-tools": "escalates",
      "vm-reports": "reads",
      "vm-vendor": "unknown",
    });
  }, 60_000);

  test("without its condition or the denial, what they hold back is an admin", async () => {
    const resources = azureDemoWorld.resources
      .filter(({ type }) => type !== "Microsoft.Authorization/denyAssignments")
      .map(unconditional);

    const [limited, open] = [
      await azurePowers(azureDemoWorld),
      await azurePowers({ ...azureDemoWorld, resources }),
    ];

    expect([limited["vm-access"], limited["vm-deploy"]]).toEqual(["manages", "reads"]);
    expect([open["vm-access"], open["vm-deploy"]]).toEqual(["admin", "admin"]);
  }, 60_000);
});

describe("the Google Cloud demo, read through the real SDK", () => {
  test("without its condition or the deny policy, what they hold back is more", async () => {
    const text = JSON.stringify(gcpDemoWorld.config);
    const free = text
      .replace(/,"condition":\{[^}]*\}/, "")
      .replace(/"denyPolicies":\[.*?\]\}\}\]\}\]/, '"denyPolicies":[]');
    const config: JsonObject = JSON.parse(free);

    const [limited, open] = [
      await gcpPowers(gcpDemoWorld),
      await gcpPowers({ ...gcpDemoWorld, config }),
    ];

    expect([limited["uploads"], limited["onboarding"]]).toEqual(["reads-sensitive", "reads"]);
    expect([open["uploads"], open["onboarding"]]).toEqual(["broad", "admin"]);
  }, 60_000);
});

function unconditional(resource: JsonObject): JsonObject {
  const kept: JsonObject = JSON.parse(
    JSON.stringify(resource, (key, value: unknown) => (key === "condition" ? undefined : value)),
  );
  return kept;
}
