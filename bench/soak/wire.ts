import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { collectScenario as collectAws } from "../../mocks/aws/collect-scenario.ts";
import { collectScenario as collectAzure } from "../../mocks/azure/collect-scenario.ts";
import { collectScenario as collectGcp } from "../../mocks/gcp/collect-scenario.ts";
import { collectScenario as collectOci } from "../../mocks/oci/collect-scenario.ts";
import { adapters } from "../../providers/index.ts";
import { runNetworkCases } from "../../src/conformance/network-cases.ts";
import type { Provider } from "../../src/model/provider.ts";

const collectors = { aws: collectAws, azure: collectAzure, gcp: collectGcp, oci: collectOci };
const corpus = new URL("../../test/conformance/net/", import.meta.url);

/** Serves every labelled network case and reads it over the wire; the tests do so with a sample. False on a failure. */
export async function soakWire(provider: Provider): Promise<boolean> {
  const adapter = await adapters[provider]?.();
  if (!adapter) throw new Error(`the registry has no adapter for ${provider}`);
  const names = readdirSync(corpus).filter((name) => name.endsWith(`${provider}.json`));
  let failures = 0;
  for (const name of names) {
    const results = await runNetworkCases(JSON.parse(readFileSync(new URL(name, corpus), "utf8")), {
      normalise: (snapshot) => adapter.normalise(snapshot),
      collect: collectors[provider],
    });
    const failed = results.filter(({ outcome }) => outcome === "failed");
    process.stdout.write(
      `${name}: ${results.length} cases over the wire, ${failed.length} failed\n`,
    );
    for (const result of failed) process.stdout.write(`${JSON.stringify(result)}\n`);
    failures += failed.length;
  }
  return failures === 0;
}
