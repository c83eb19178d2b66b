import {
  breadths,
  powers,
  type Grant,
  type IdentityReport,
  type PermissionVerdict,
} from "../model/identity.ts";
import type { Report } from "../model/report.ts";
import { fits } from "./glob.ts";

/** An identity of a workload that may do more than it did. */
export interface Widening {
  readonly identity: string;
  readonly change: "power" | "grants" | "breadth" | "new" | "held";
  readonly because: string;
  /** `maybe`: it was not fully read before, so that it may have had this then. */
  readonly certainty: "certain" | "maybe";
}

/** Grants that a sentence names; the rest is counted. */
const shownGrants = 5;

export function widenedPermissions(before: Report, after: Report): readonly Widening[] {
  const old = new Map(before.identities.map((identity) => [identity.id, identity]));
  return [
    ...after.identities.flatMap((now) => {
      const was = old.get(now.id);
      return was ? wideningsOf(was, now) : newIdentity(now);
    }),
    ...newlyHeld(before, after),
  ];
}

function newIdentity({ id, power, workloads }: IdentityReport): Widening[] {
  if (workloads.length === 0 || power === "none") return [];
  const because = `${power} for ${workloads.join(", ")}, which no workload held before`;
  return [{ identity: id, change: "new", because, certainty: "certain" }];
}

function wideningsOf(was: IdentityReport, now: IdentityReport): Widening[] {
  const certainty = was.power === "unknown" ? "maybe" : "certain";
  const common = { identity: now.id, certainty } as const;
  const [old, fresh] = [powers.findIndex((word) => word === was.power), rankOf(now)];
  if (fresh >= 0 && (old < 0 || fresh < old)) {
    return [{ ...common, change: "power", because: `power ${was.power} is now ${now.power}` }];
  }
  const added = now.grants.filter((grant) => !was.grants.some((held) => covers(held, grant)));
  if (added.length > 0) return [{ ...common, change: "grants", because: sentenceOf(added) }];
  if (fresh === old && breadths.indexOf(now.breadth) > breadths.indexOf(was.breadth)) {
    const because = `breadth ${was.breadth} is now ${now.breadth}`;
    return [{ ...common, change: "breadth", because }];
  }
  return [];
}

function rankOf({ power }: IdentityReport): number {
  return powers.findIndex((word) => word === power);
}

const certainty = { no: 0, maybe: 1, yes: 2 } as const satisfies Record<PermissionVerdict, number>;

/** A grant that was held already, as such or inside a wider one, is no widening. */
function covers(held: Grant, grant: Grant): boolean {
  return (
    held.plane === grant.plane &&
    certainty[held.verdict] >= certainty[grant.verdict] &&
    breadths.indexOf(held.breadth) >= breadths.indexOf(grant.breadth) &&
    (held.condition === "none" || held.condition === grant.condition) &&
    fits(held.action, grant.action) &&
    fits(held.resource, grant.resource)
  );
}

function sentenceOf(grants: readonly Grant[]): string {
  const named = grants.slice(0, shownGrants).map(({ action, resource, verdict }) => {
    const doubt = verdict === "maybe" ? " (maybe)" : "";
    return `${action} on ${resource}${doubt}`;
  });
  const more = grants.length - named.length;
  return `may now ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A server that got an identity it did not hold; one that is new altogether is a finding of its own. */
function newlyHeld(before: Report, after: Report): Widening[] {
  const known = new Set(before.identities.map(({ id }) => id));
  const old = new Map(before.servers.map((server) => [server.id, server]));
  return after.servers.flatMap(({ id, identities }) => {
    const was = old.get(id);
    if (!was) return [];
    return identities
      .filter((link) => known.has(link.id) && !was.identities.some((held) => held.id === link.id))
      .map((link): Widening => ({
        identity: link.id,
        change: "held",
        because: `server ${id} holds it now and did not before`,
        certainty: link.verdict === "yes" ? "certain" : "maybe",
      }));
  });
}
