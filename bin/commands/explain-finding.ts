import process from "node:process";
import { findingText, openReport, PosternError } from "../../src/index.ts";
import type { ExplainRequest } from "./explain.ts";

/** `ID`, or the beginning of one that no other finding shares. */
export async function explain(words: readonly string[], request: ExplainRequest): Promise<void> {
  const [wanted = "", ...rest] = words;
  if (wanted === "" || rest.length > 0)
    throw new PosternError("OPTION_INVALID", "postern explain finding needs one id", {
      hint: "Write: postern explain finding ID, with an id that the report shows.",
    });
  const report = await openReport(request.run);
  const found = report.findings.filter(
    ({ id }) => id.startsWith(wanted) || id.startsWith(`finding-${wanted}`),
  );
  const [finding, second] = found;
  if (!finding || second)
    throw new PosternError(
      "OPTION_INVALID",
      finding
        ? `${found.length} findings begin with ${wanted}`
        : `${request.run} holds no finding ${wanted}`,
      { hint: "Give the id as the report shows it; --run DIR names another run." },
    );
  process.stdout.write(
    request.format === "json"
      ? `${JSON.stringify(finding, null, 2)}\n`
      : findingText(report, finding, Math.max(60, process.stdout.columns ?? 100)),
  );
}
