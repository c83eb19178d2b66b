import { readFileSync } from "node:fs";
import { normalise } from "../../../providers/oci/normalise.ts";
import { ociScenario } from "../../../src/conformance/scenario-oci.ts";
import type { Blocked, Exposure } from "../../../src/model/exposure.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { reach } from "../../../src/reach/reach.ts";

type Item = Record<string, Json>;

/** A labelled case's configuration, open to be changed. */
export type Config = Record<string, Record<string, Json>> & {
  core: Record<string, Item[]>;
};

const scenarios = ["oci", "postern-oci"].flatMap((name) => {
  const path = new URL(`../../conformance/net/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")).scenarios;
});

/** JSON of any shape. */
export type Loose = ReturnType<typeof JSON.parse>;

export function configOf(id: string): Config {
  const found = scenarios.find((scenario: JsonObject) => scenario["id"] === id);
  return structuredClone(found.config);
}

/** The only item of a collection that is changed in place. */
export function first(config: Config, collection: string): Item {
  return config.core[collection]![0]!;
}

export function judge(snapshot: Snapshot): {
  exposures: readonly Exposure[];
  blocked: readonly Blocked[];
} {
  return reach(normalise(snapshot), undefined, { everyPort: true });
}

export function judgeConfig(config: Config, gaps: Json[] = []) {
  return judge(ociScenario({ config, gaps }));
}

/** `tcp/8080 ipv4 reachable none from internet`: enough to compare. */
export function linesOf({ exposures }: { exposures: readonly Exposure[] }): string[] {
  return exposures.map(
    ({ protocol, portRange: { from, to }, families, verdict, authGate, sources, via, latent }) =>
      [
        `${protocol}/${from}${to === from ? "" : `-${to}`}`,
        families.join("+"),
        latent ?? verdict,
        authGate,
        via,
        String(sources),
      ].join(" "),
  );
}
