import { normalise as aws } from "../../providers/aws/normalise.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { normalise as azure } from "../../providers/azure/normalise.ts";
import { azurePolicy } from "../../providers/azure/policy/index.ts";
import { normalise as gcp } from "../../providers/gcp/normalise.ts";
import { gcpPolicy } from "../../providers/gcp/policy/index.ts";
import { normalise as oci } from "../../providers/oci/normalise.ts";
import { ociPolicy } from "../../providers/oci/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import { powers, type IdentityReport } from "../../src/model/identity.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Page, Snapshot } from "../../src/model/snapshot.ts";
import type { PolicyEvaluator } from "../../src/permissions/contract.ts";
import { judge } from "../../src/permissions/power.ts";

interface Cloud {
  readonly normalise: (snapshot: Snapshot) => Inventory;
  readonly policy: PolicyEvaluator;
}

const clouds: Readonly<Record<Snapshot["provider"], Cloud>> = {
  aws: { normalise: aws, policy: awsPolicy },
  azure: { normalise: azure, policy: azurePolicy },
  gcp: { normalise: gcp, policy: gcpPolicy },
  oci: { normalise: oci, policy: ociPolicy },
};

export type Reports = ReadonlyMap<string, IdentityReport>;

export function reportsOf(snapshot: Snapshot): Reports {
  const { normalise, policy } = clouds[snapshot.provider];
  const estate = buildEstate([normalise(snapshot)], "2026-11-22T00:00:00Z");
  return new Map(
    [...estate.identities.values()].map((one) => [one.id, judge(one, [], policy, estate)]),
  );
}

/** The snapshot of an audit that was refused one call. */
export function without(snapshot: Snapshot, call: string): Snapshot {
  const { pages, gaps, scope } = snapshot;
  const gap = { call, scope: scope.id, reason: "denied", detail: "no", affects: [] } as const;
  return { ...snapshot, pages: pages.filter((one) => one.call !== call), gaps: [...gaps, gap] };
}

/** The only answer of a call. */
export function page(
  call: string,
  body: JsonObject,
  region = "global",
  params: JsonObject = {},
): Page {
  const at = "2026-11-22T00:00:00Z";
  return { call, region, params, page: 0, at, sha256: "0".repeat(64), body, last: true };
}

export function callsOf({ pages }: Snapshot): readonly string[] {
  return [...new Set(pages.map(({ call }) => call))].toSorted();
}

/** Identities whose word turned by what is no longer read: it may only stay, or give way to one in doubt. */
export function turned(before: Reports, after: Reports): readonly string[] {
  return [...before].flatMap(([id, was]) => {
    const is = after.get(id);
    // One that no list shows any more has no word.
    return !is || isMoreOpen(was, is) ? [] : [`${id}: ${wordOf(was)}, then ${wordOf(is)}`];
  });
}

function isMoreOpen(was: IdentityReport, is: IdentityReport): boolean {
  if (is.power === was.power && is.verdict === was.verdict) return true;
  if (is.power === "unknown" || was.power === "unknown") return is.verdict === "maybe";
  const at = powers.indexOf(was.power);
  return is.verdict === "maybe" && powers.indexOf(is.worst) <= at && at <= powers.indexOf(is.best);
}

function wordOf({ power, verdict, worst, best }: IdentityReport): string {
  return `${power} ${verdict} (${worst} to ${best})`;
}
