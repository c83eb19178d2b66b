import type { Finding, Severity, Unknown } from "../model/finding.ts";
import { matrixRows } from "../model/server.ts";
import type { MatrixCell, MatrixRow, Server } from "../model/server.ts";
import { compare } from "./order.ts";
import type { RuleFacts } from "./rule.ts";
import { severityRank } from "./severity.ts";
import { hostAccess } from "./tool-facts.ts";

/** The study's table for one server: how severe each risk is now, and would be with delegated tokens. */
export function matrixOf(
  server: Server,
  findings: readonly Finding[],
  unknowns: readonly Unknown[],
  facts: ReadonlyMap<string, RuleFacts>,
): Server["matrix"] {
  const stays = ({ rule }: { rule: string }): boolean => !cured(facts.get(rule), server);
  const cell = (row: MatrixRow): MatrixCell => {
    const touches = ({ rule }: { rule: string }): boolean =>
      facts.get(rule)?.rows.includes(row) === true;
    const failing = findings.filter(touches);
    const open = unknowns.filter(touches).filter(({ worst }) => worst !== "pass");
    return {
      now: worstOf(failing, open),
      withOAuth: worstOf(failing.filter(stays), open.filter(stays)),
      because: [
        ...failing.map(({ rule, severity }) => `${rule}: ${severity}`),
        ...open.map(({ rule, worst }) => `${rule}: unknown, at worst ${worst}`),
      ].toSorted(compare),
    };
  };
  const [credentialExposure, privilegeEscalation, networkSurface, audit] = matrixRows;
  return {
    credentialExposure: cell(credentialExposure),
    privilegeEscalation: cell(privilegeEscalation),
    networkSurface: cell(networkSurface),
    audit: cell(audit),
  };
}

/** What fails counts first; a row where only unknowns are left is unknown, never none. */
function worstOf(failing: readonly Finding[], open: readonly Unknown[]): MatrixCell["now"] {
  const worst = failing.reduce<Severity | undefined>(
    (a, { severity }) =>
      a === undefined || severityRank(severity) > severityRank(a) ? severity : a,
    undefined,
  );
  return worst ?? (open.length > 0 ? "unknown" : "none");
}

/** A user's token replaces the server's identity only where every tool is known and none gets at the host. */
function cured(facts: RuleFacts | undefined, { endpoints }: Server): boolean {
  if (!facts || facts.curedByDelegation !== "without-host-tools") {
    return facts?.curedByDelegation === "yes";
  }
  return endpoints.every(
    ({ toolsListed, tools }) =>
      toolsListed && !tools.some((tool) => hostAccess(tool) !== undefined),
  );
}
