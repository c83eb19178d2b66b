import type { Exposure } from "../model/exposure.ts";
import type { AuthenticationFact, AuthenticationVerdict, Confidence } from "../model/server.ts";

/** A row of the severity table. */
export type AuthenticationRow = "open" | "shared" | "delegated";

const rowOf: Readonly<Record<Exclude<AuthenticationVerdict, "unknown">, AuthenticationRow>> = {
  open: "open",
  "static-secret": "shared",
  "host-check": "shared",
  oauth: "delegated",
  "front-door": "delegated",
  mtls: "delegated",
};

/** An unread scheme counts as the weakest that fits: a refusal proves some secret, anything less proves nothing. */
export function authenticationRow(
  verdict: AuthenticationVerdict,
  confidence: Confidence,
): AuthenticationRow {
  if (verdict !== "unknown") return rowOf[verdict];
  return confidence === "auth-required" ? "shared" : "open";
}

/** What the wire showed, completed by the identity check that a front door demands on every path to the endpoint. */
export function withFrontDoor(
  fact: AuthenticationFact,
  exposures: readonly Exposure[],
): AuthenticationFact {
  const gates = [...new Set(exposures.map(({ authGate }) => authGate))];
  if (fact.verdict !== "unknown" || gates.length === 0 || gates.includes("none")) return fact;
  return {
    ...fact,
    verdict: gates.every((gate) => gate === "mtls") ? "mtls" : "front-door",
    scheme: fact.scheme ?? gates.join(", "),
    evidence: [...fact.evidence, `The front door demands ${gates.join(" or ")}.`],
  };
}
