import { beforeAll, describe, expect, test } from "vitest";
import { collectFrom as collectAzure } from "../../mocks/azure/collect-scenario.ts";
import { startAzureMock } from "../../mocks/azure/index.ts";
import { collectFrom as collectGcp } from "../../mocks/gcp/collect-scenario.ts";
import { startGcpMock } from "../../mocks/gcp/index.ts";
import { azureDemoWorld } from "../../mocks/worlds/azure-demo.ts";
import { gcpDemoWorld } from "../../mocks/worlds/gcp-demo.ts";
import { directoryCalls } from "../../providers/azure/calls-directory.ts";
import { identityCalls as azureCalls } from "../../providers/azure/calls-identity.ts";
import { normalise as normaliseAzure } from "../../providers/azure/normalise.ts";
import { azurePolicy } from "../../providers/azure/policy/index.ts";
import { identityCalls as gcpCalls } from "../../providers/gcp/calls-identity.ts";
import { normalise as normaliseGcp } from "../../providers/gcp/normalise.ts";
import { gcpPolicy } from "../../providers/gcp/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import type { IdentityReport } from "../../src/model/identity.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { judge } from "../../src/permissions/power.ts";

const clouds = {
  azure: { normalise: normaliseAzure, policy: azurePolicy },
  gcp: { normalise: normaliseGcp, policy: gcpPolicy },
};

function reportsOf(snapshot: Snapshot): ReadonlyMap<string, IdentityReport> {
  const { normalise, policy } = snapshot.provider === "azure" ? clouds.azure : clouds.gcp;
  const estate = buildEstate([normalise(snapshot)], "2026-11-22T00:00:00Z");
  return new Map(
    [...estate.identities.values()].map((identity) => [
      identity.id,
      judge(identity, [], policy, estate),
    ]),
  );
}

const wordOf = (report: IdentityReport | undefined): string =>
  report ? `${report.power} ${report.verdict}` : "absent";

/** What is no surer and no weaker than it was: the same, in doubt, unknown, or not told of at all. */
function isMoreOpen(before: IdentityReport, after: IdentityReport | undefined): boolean {
  if (!after) return true;
  const same = after.power === before.power && after.verdict === before.verdict;
  return same || after.verdict === "maybe" || after.power === "unknown";
}

function without(snapshot: Snapshot, call: string): Snapshot {
  const lost = snapshot.pages.find((page) => page.call === call);
  const affects = ["grants"] as const;
  const gap = { call, scope: snapshot.scope.id, reason: "denied", detail: "no", affects } as const;
  return {
    ...snapshot,
    pages: snapshot.pages.filter((page) => page.call !== call),
    gaps: lost ? [...snapshot.gaps, gap] : snapshot.gaps,
  };
}

/** Identities whose verdict got surer or weaker by what is no longer read. */
function surerWithout(snapshot: Snapshot, call: string): string[] {
  const less = reportsOf(without(snapshot, call));
  return [...reportsOf(snapshot)].flatMap(([id, before]) =>
    isMoreOpen(before, less.get(id)) ? [] : [`${id}: ${wordOf(before)}, ${wordOf(less.get(id))}`],
  );
}

let azure: Snapshot;
let gcp: Snapshot;
beforeAll(async () => {
  const mocks = [await startAzureMock(azureDemoWorld), await startGcpMock(gcpDemoWorld)];
  try {
    azure = await collectAzure(mocks[0]!.url);
    gcp = await collectGcp(mocks[1]!.url, gcpDemoWorld.project);
  } finally {
    await Promise.all(mocks.map(async (mock) => mock.close()));
  }
}, 60_000);

describe("identities of Azure, read by the SDK", () => {
  test.each([
    [1, "admin yes", "Owner"],
    [2, "escalates yes", "Contributor beside a machine whose identity is Owner"],
    [3, "reads yes", "Reader through a group"],
    [4, "manages yes", "a condition that admits Reader alone"],
    [5, "reads yes", "assignments that are denied"],
    [6, "unknown maybe", "a role whose definition is not listed"],
  ])("principal %i is %s: %s", (index, word) => {
    const id = `0b1ec700-0000-4000-8000-${String(index).padStart(12, "0")}`;
    expect(wordOf(reportsOf(azure).get(id))).toBe(word);
  });

  test("what the directory gives was read, so that nothing of it is assumed", () => {
    for (const { assumptions } of reportsOf(azure).values()) {
      expect(assumptions.join("\n")).not.toMatch(/Microsoft Graph/);
    }
  });

  test.each([...azureCalls, ...directoryCalls].map(({ operation }) => operation))(
    "without %s nothing is surer",
    (call) => {
      expect(surerWithout(azure, call)).toEqual([]);
    },
  );
});

describe("identities of Google Cloud, read by the SDK", () => {
  test.each([
    ["agent-runner", "admin yes"],
    ["gcloud-tools", "escalates yes"],
    ["catalog", "reads yes"],
    ["onboarding", "reads yes"],
    ["vendor-bot", "unknown maybe"],
  ])("%s is %s", (name, word) => {
    const found = [...reportsOf(gcp)].find(([id]) => id.startsWith(`${name}@`));
    expect(wordOf(found?.[1])).toBe(word);
  });

  test.each(gcpCalls.map(({ operation }) => operation))("without %s nothing is surer", (call) => {
    expect(surerWithout(gcp, call)).toEqual([]);
  });
});
