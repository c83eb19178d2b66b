import type { Reporter } from "./reporter.ts";
import { safeJson } from "./safe-json.ts";

/** One object a line, `type` first, each with the id of its run so that lines of many runs can be kept together. */
export const jsonl: Reporter = {
  render: (report) => {
    const { schemaVersion, tool, run, scopes, exposures, blocked, servers, identities } = report;
    const { findings, unknowns, coverage, summary } = report;
    const records: readonly (readonly [type: string, records: readonly object[]])[] = [
      ["run", [{ schemaVersion, tool, ...run }]],
      ["scope", scopes],
      ["exposure", exposures],
      ["blocked", blocked],
      ["server", servers],
      ["identity", identities],
      ["finding", findings],
      ["unknown", unknowns],
      ["coverage", [coverage]],
      ["summary", [summary]],
    ];
    return records
      .flatMap(([type, list]) =>
        list.map((record) => `${safeJson({ type, run: run.id, record })}\n`),
      )
      .join("");
  },
};
