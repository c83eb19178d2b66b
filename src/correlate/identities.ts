import type { IdentityLink, IdentityReport } from "../model/identity.ts";
import type { Origin } from "../model/provider.ts";
import type { Gap } from "../model/snapshot.ts";
import type { HeldIdentity } from "./consequence.ts";

interface Place {
  readonly provider: Origin;
  readonly scope: string;
}

/** Ids are unique per scope only. */
export function workloadKey({ provider, scope }: Place, workload: string): string {
  return JSON.stringify([provider, scope, workload]);
}

export function heldIdentities(
  links: readonly IdentityLink[],
  reports: ReadonlyMap<string, IdentityReport>,
): HeldIdentity[] {
  return links
    .filter(({ verdict }) => verdict !== "no")
    .map((link) => {
      const report = reports.get(link.id);
      return report ? { link, report } : { link };
    });
}

/** The unread call that leaves open which identity a workload without known identities holds. */
export function linksGap(
  gaps: readonly Gap[],
  place: { readonly scope: string; readonly region: string },
  links: readonly IdentityLink[],
): Gap | undefined {
  if (links.length > 0) return undefined;
  return gaps.find(
    ({ affects, scope, region }) =>
      affects.includes("identity-links") &&
      scope === place.scope &&
      (region === undefined || region === place.region),
  );
}
