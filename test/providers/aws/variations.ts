import { readFileSync } from "node:fs";
import { normalise } from "../../../providers/aws/normalise.ts";
import { awsScenario } from "../../../src/conformance/scenario-aws.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

export type Config = ReturnType<typeof JSON.parse>;

const scenarios: { id: string; config: Config }[] = ["aws", "postern-aws"].flatMap(
  (name) =>
    JSON.parse(readFileSync(new URL(`../../conformance/net/${name}.json`, import.meta.url), "utf8"))
      .scenarios,
);

/** A labelled scenario with one thing changed, judged. */
export function judged(
  id: string,
  change: (config: Config) => void,
  gaps: readonly JsonObject[] = [],
) {
  const { config } = structuredClone(scenarios.find((scenario) => scenario.id === id)!);
  change(config);
  const { exposures, blocked } = reach(
    normalise(awsScenario({ config, gaps: [...gaps] })),
    undefined,
    {
      everyPort: true,
    },
  );
  const line = (e: (typeof exposures)[number]) =>
    `${e.workload.id} ${e.protocol}/${e.portRange.from}-${e.portRange.to} ${e.via}:${e.entry.port.from} ${String(e.sources)} ${e.families.join("+")}` +
    (e.authGate === "none" ? "" : ` ${e.authGate}`) +
    (e.verdict === "unknown" ? " unknown" : e.certainty === "maybe" ? " maybe" : "") +
    (e.latent ? ` latent ${e.latent}` : "");
  return {
    exposures,
    blocked,
    lines: exposures.map(line),
    gate: (workload: string, port: number, protocol = "tcp") =>
      blocked.find(
        (b) =>
          b.workload.id === workload &&
          b.protocol === protocol &&
          b.port.from <= port &&
          port <= b.port.to,
      )?.firstGate,
    gates: (workload: string, port: number) =>
      blocked
        .find(
          (b) =>
            b.workload.id === workload &&
            b.protocol === "tcp" &&
            b.port.from <= port &&
            port <= b.port.to,
        )
        ?.gates.map(({ code }) => code),
  };
}
