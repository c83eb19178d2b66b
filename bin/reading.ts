import process from "node:process";
import { providers, type BegunRun, type ProviderAdapter } from "../src/index.ts";
import type { OptionValues } from "../src/options.ts";
import { asBegun, beginReading, texts } from "./read-into.ts";
import type { AuditPlan } from "./audit-plan.ts";
import { adaptersOf, chosenAdapters, planOf } from "./session.ts";

/** What a command that reads clouds begins with. */
export interface Reading {
  readonly begun: BegunRun;
  readonly adapters: readonly ProviderAdapter[];
  readonly plan: AuditPlan;
}

/** Checks everything that can be checked without a cloud, then makes or finds the run directory. */
export async function readingOf(values: OptionValues): Promise<Reading> {
  const plan = await planOf(values);
  const { resume } = values;
  if (resume === undefined) {
    const adapters = await chosenAdapters(values, (line) => {
      if (!values.quiet) process.stderr.write(`${line}\n`);
    });
    const names = adapters.map(({ provider }) => provider);
    return { begun: await beginReading(plan, undefined, names), adapters, plan };
  }
  const begun = await beginReading(plan, resume, []);
  const named = texts(begun.options["providers"]);
  const asked = providers.filter((name) => named.includes(name));
  const adapters = await adaptersOf({ provider: asked.length > 0 ? asked : begun.providers });
  if (values["fingerprint-key"] === undefined && !values.quiet) {
    process.stderr.write(
      "Secrets read before and after the break can be compared only under a --fingerprint-key.\n",
    );
  }
  return { begun, adapters, plan: asBegun(plan, begun) };
}
