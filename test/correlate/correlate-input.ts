import type { CorrelateInput } from "../../src/correlate/correlate.ts";
import { severityOf } from "../../src/rules/severity.ts";
import {
  aFingerprint,
  anExposure,
  anIdentity,
  aTool,
  aWorkload,
  roleArn,
} from "../fixtures/builders.ts";

/** One exposed server that answers and acts as a role. */
export function input(changes: Partial<CorrelateInput> = {}): CorrelateInput {
  return {
    exposures: [anExposure()],
    workloads: [aWorkload()],
    fingerprints: [aFingerprint()],
    targets: [{ target: "target-1", exposures: ["exposure-1"] }],
    identities: new Map([[roleArn, anIdentity()]]),
    vantage: { kind: "internet" },
    classifyTool: ({ name, schemaSha256 }) => aTool({ name, schemaSha256 }),
    identify: () => undefined,
    severityOf,
    ...changes,
  };
}
