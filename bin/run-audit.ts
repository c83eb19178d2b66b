import { readFileSync } from "node:fs";
import {
  decide,
  probeAll,
  redactFingerprints,
  saveRun,
  sealSnapshots,
  writeDecisions,
  type BegunRun,
  type Decided,
  type DecideInput,
  type ProviderAdapter,
} from "../src/index.ts";
import { optionsOf, type AuditPlan, type Session } from "./audit-plan.ts";
import { newRunId } from "./context.ts";
import { beginReading, keptOnFailure, readInto } from "./read-into.ts";

type Collected = DecideInput["collected"];

/** Reads the clouds, then decides and probes; the run directory is complete, or named as unfinished. */
export async function runAudit(
  adapters: readonly ProviderAdapter[],
  plan: AuditPlan,
  session: Session & { readonly probing: boolean; readonly begun?: BegunRun },
): Promise<Decided & { readonly directory: string }> {
  const providers = adapters.map(({ provider }) => provider);
  const begun = session.begun ?? (await beginReading(plan, undefined, providers));
  return keptOnFailure(begun, async () => {
    const collected = await readInto(begun, adapters, plan, session);
    const decided = await decideOn(adapters, collected, plan, { ...session, ...begun });
    session.onProgress("Writing the run directory");
    await sealSnapshots(begun, collected);
    await writeDecisions(begun.writer, decided);
    return { ...decided, directory: await begun.writer.commit() };
  });
}

/** The second phase alone, over snapshots that are read from a run directory. */
export async function finishAudit(
  adapters: readonly ProviderAdapter[],
  collected: Collected,
  plan: AuditPlan,
  session: Session & { readonly probing: boolean; readonly startedAt: string },
): Promise<Decided & { readonly directory: string }> {
  const id = newRunId(session.startedAt);
  const decided = await decideOn(adapters, collected, plan, { ...session, id });
  session.onProgress("Writing the run directory");
  return { ...decided, directory: await saveRun(plan.out, { collected, decided }, plan) };
}

async function decideOn(
  adapters: readonly ProviderAdapter[],
  collected: Collected,
  plan: AuditPlan,
  session: Session & Pick<BegunRun, "id" | "startedAt"> & { readonly probing: boolean },
): Promise<Decided> {
  const { id, startedAt } = session;
  return decide({
    adapters,
    collected,
    run: { id, startedAt, vantage: plan.vantage, options: optionsOf(plan) },
    version,
    connectTo: plan.connectTo,
    includeInternal: plan.includeInternal,
    ...(plan.keyDays !== undefined && { keyDays: plan.keyDays }),
    ...(plan.plan && { plan: true }),
    ...(plan.tagKeys && { tagKeys: plan.tagKeys }),
    ...(plan.baseline && { baseline: plan.baseline }),
    probe: session.probing ? wire(plan, session) : undefined,
    unprobed: "Probing was switched off",
    finishedAt: () => new Date().toISOString(),
  });
}

function wire(plan: AuditPlan, { signal, onProgress }: Session): DecideInput["probe"] {
  return async (targets) => {
    onProgress(`Probing ${targets.length} endpoints`);
    const answers = await probeAll(targets, {
      signal,
      userAgent: plan.userAgent ?? `postern/${version}`,
      concurrency: 64,
    });
    return redactFingerprints(answers, plan.fingerprintKey);
  };
}

export const version = versionOf(
  readFileSync(
    new URL(
      import.meta.url.includes("/dist/") ? "../../package.json" : "../package.json",
      import.meta.url,
    ),
    "utf8",
  ),
);

function versionOf(packageJson: string): string {
  const { version: found } = /"version":\s*"(?<version>[^"]+)"/.exec(packageJson)?.groups ?? {};
  return found ?? "0.0.0";
}
