import type { IdentityLink, IdentityReport, Power } from "../model/identity.ts";
import type { Consequence } from "../model/server.ts";
import type { Tool } from "../model/tool.ts";
import { powerRank, strongest, weaker } from "./power-order.ts";
import { changesCloud, hostReach, ownReach } from "./tool-reach.ts";

/** An identity a workload holds; the report is absent when the identity itself was not read. */
export interface HeldIdentity {
  readonly link: IdentityLink;
  readonly report?: IdentityReport;
}

export interface ConsequenceFacts {
  readonly consequence: Consequence;
  readonly worst: Power;
  readonly best: Power;
  /** The consequence rests on a `maybe`. */
  readonly maybe: boolean;
}

interface Contribution {
  readonly known: Power | "unknown";
  readonly worst: Power;
  readonly best: Power;
  readonly maybe: boolean;
}

/**
 * What reaching a server is worth: the strongest of what its identities may do and what its tools reach by themselves.
 *
 * @param linksUnread Which identities the workload holds could not be read.
 */
export function consequenceOf(
  held: readonly HeldIdentity[],
  tools: readonly Tool[],
  linksUnread: boolean,
): ConsequenceFacts {
  const parts = [
    ...held.filter(({ link }) => link.verdict !== "no").map(fromIdentity),
    ...tools.map((tool) => fromTool(tool, held, linksUnread)),
    ...(linksUnread ? [nothingKnown] : []),
  ];
  const known = parts.flatMap(({ known: power, best }) => (power === "unknown" ? [best] : [power]));
  const top = strongest(known);
  const open = parts.some((part) => part.known === "unknown");
  return {
    consequence: open && powerRank(top) <= powerRank("manages") ? "unknown" : top,
    worst: strongest([...known, ...parts.map(({ worst }) => worst)]),
    best: strongest(parts.map(({ best }) => best)),
    maybe: !parts.some((part) => (part.known === top && !part.maybe) || part.best === top),
  };
}

const nothingKnown: Contribution = { known: "unknown", worst: "admin", best: "none", maybe: true };

function fromIdentity({ link, report }: HeldIdentity): Contribution {
  if (!report) return nothingKnown;
  const { power, worst, best, verdict } = report;
  const sure = link.verdict === "yes";
  return {
    known: sure && power !== "unknown" && powerRank(worst) <= powerRank(power) ? power : "unknown",
    worst,
    best: sure ? best : "none",
    maybe: !sure || verdict !== "yes",
  };
}

function fromTool(tool: Tool, held: readonly HeldIdentity[], linksUnread: boolean): Contribution {
  const power = tool.manages
    ? strongest([managed(tool, held, linksUnread), hostReach(tool)])
    : strongest(ownReach(tool));
  return { known: power, worst: power, best: power, maybe: false };
}

/** Managing a cloud is worth `broad`, but never more than the identity behind it when all of that was read. */
function managed(tool: Tool, held: readonly HeldIdentity[], linksUnread: boolean): Power {
  const worth = changesCloud(tool) ? "broad" : "reads-sensitive";
  const used = held.filter(
    ({ link, report }) => link.verdict !== "no" && report?.provider === tool.manages?.cloud,
  );
  const unread = linksUnread || held.some(({ link, report }) => !fullyKnown(link, report));
  if (unread || used.length === 0) return worth;
  return weaker(worth, strongest(used.flatMap(({ report }) => (report ? [report.worst] : []))));
}

function fullyKnown(link: IdentityLink, report: IdentityReport | undefined): boolean {
  return (
    link.verdict === "no" ||
    (link.verdict === "yes" && report?.verdict === "yes" && report.power !== "unknown")
  );
}
