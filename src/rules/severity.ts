import type { Severity } from "../model/finding.ts";
import { severities } from "../model/finding.ts";
import type { Consequence } from "../model/server.ts";

type Row = "open" | "shared" | "delegated";
type Column = "full" | "strong" | "some" | "reads" | "none";

/** Rows by authentication, columns by consequence. */
export const severityTable: Readonly<Record<Row, Readonly<Record<Column, Severity>>>> = {
  open: { full: "critical", strong: "critical", some: "high", reads: "high", none: "medium" },
  shared: { full: "critical", strong: "high", some: "high", reads: "medium", none: "low" },
  delegated: { full: "high", strong: "medium", some: "medium", reads: "low", none: "info" },
};

const columnOf: Readonly<Record<Consequence, Column>> = {
  admin: "full",
  escalates: "full",
  broad: "strong",
  "reads-sensitive": "strong",
  manages: "some",
  unknown: "some",
  reads: "reads",
  none: "none",
};

/** Severity of a server endpoint; one step down when no source is the internet. */
export function severityOf(facts: {
  readonly authentication: Row;
  readonly consequence: Consequence;
  /** The consequence rests on a `maybe`. */
  readonly maybe: boolean;
  readonly fromInternet: boolean;
}): Severity {
  const weakened = facts.consequence === "escalates" && facts.maybe;
  const severity =
    severityTable[facts.authentication][weakened ? "strong" : columnOf[facts.consequence]];
  return facts.fromInternet ? severity : lower(severity);
}

export function lower(severity: Severity): Severity {
  return severities[Math.max(0, severities.indexOf(severity) - 1)] ?? "info";
}

export function atMost(severity: Severity, limit: Severity): Severity {
  return severityRank(severity) <= severityRank(limit) ? severity : limit;
}

/** 0 is `info`. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}
