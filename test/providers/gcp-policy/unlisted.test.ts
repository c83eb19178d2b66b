import { expect, test } from "vitest";
import { gcpPolicy } from "../../../providers/gcp/policy/index.ts";
import { escalationOf } from "../../../src/permissions/escalation.ts";
import { estateFrom } from "../../../src/permissions/merge-paths.ts";
import { landOf } from "./estate.ts";

const admin = "projects/prod/roles/admin";
const role = "projects/prod/roles/r";
const strong = "admin@prod.iam.gserviceaccount.com";
const machines = "compute.instances.aggregatedList";
const accounts = "iam.projects.serviceAccounts.list";

/** Of a caller that may set up machines, where an account that only a binding names may do all. */
function wayWithout(calls: readonly string[], others: readonly string[] = []): string {
  const { identity, estate } = landOf({
    others,
    bindings: [
      { role: admin, members: [`serviceAccount:${strong}`] },
      { role, resource: "projects/prod" },
    ],
    roles: {
      [admin]: ["resourcemanager.projects.setIamPolicy"],
      [role]: ["compute.instances.setMetadata", "compute.instances.reset"],
    },
  });
  const gaps = calls.map((call) => ({
    call,
    scope: "prod",
    reason: "denied" as const,
    detail: "",
    affects: [],
  }));
  const view = estateFrom(identity, { ...estate, gaps: new Map([["gcp/prod", gaps]]) });
  const own = { power: "none", breadth: "resource" } as const;
  const found = escalationOf(identity, own, gcpPolicy, view);
  return found ? `${found.verdict} ${found.hops.at(-1)?.to.id ?? ""}` : "no";
}

test("an account that nothing lists may run on a machine that nothing lists", () => {
  expect(wayWithout([machines], [strong])).toBe(`maybe ${strong}`);
  expect(wayWithout([machines, accounts])).toBe(`maybe ${strong}`);
});

test("where machines were listed, none runs as it", () => {
  expect(wayWithout([accounts])).toBe("no");
});
