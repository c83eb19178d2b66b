import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  collectEstate,
  decide,
  probeAll,
  saveRun,
  type Collected,
  type CollectSettings,
  type Decided,
  type DecideInput,
  type ProviderAdapter,
  type Report,
} from "../src/index.ts";
import type { ConnectTo } from "../src/options/parse.ts";
import { collectContext, newRunId } from "./context.ts";

export interface AuditPlan {
  readonly connectTo: readonly ConnectTo[];
  readonly includeInternal: boolean;
  readonly vantage: Report["run"]["vantage"];
  readonly userAgent: string | undefined;
  readonly out: string;
  readonly fingerprintKey: Uint8Array;
  readonly settings: CollectSettings;
  readonly signKey: KeyObject | undefined;
}

export interface Session {
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** Reads the clouds, then decides and probes; the run directory is complete or absent. */
export async function runAudit(
  adapters: readonly ProviderAdapter[],
  plan: AuditPlan,
  session: Session & { readonly probing: boolean },
): Promise<Decided & { readonly directory: string }> {
  const startedAt = new Date().toISOString();
  const collected = await collectEstate({
    adapters,
    context: collectContext({ ...plan, signal: session.signal }),
    onProgress: session.onProgress,
  });
  return finishAudit(adapters, collected, plan, { ...session, startedAt });
}

/** The second phase, over snapshots that were just taken or read from a run directory. */
export async function finishAudit(
  adapters: readonly ProviderAdapter[],
  collected: readonly Collected[],
  plan: AuditPlan,
  session: Session & { readonly probing: boolean; readonly startedAt: string },
): Promise<Decided & { readonly directory: string }> {
  const id = newRunId(session.startedAt);
  const decided = await decide({
    adapters,
    collected,
    run: { id, startedAt: session.startedAt, vantage: plan.vantage, options: optionsOf(plan) },
    version,
    connectTo: plan.connectTo,
    includeInternal: plan.includeInternal,
    probe: session.probing ? wire(plan, session) : undefined,
    unprobed: "Probing was switched off",
    finishedAt: () => new Date().toISOString(),
  });
  session.onProgress("Writing the run directory");
  const directory = await saveRun(plan.out, { collected, decided }, plan);
  return { ...decided, directory };
}

function wire(plan: AuditPlan, { signal, onProgress }: Session): DecideInput["probe"] {
  return async (targets) => {
    onProgress(`Probing ${targets.length} endpoints`);
    return probeAll(targets, {
      signal,
      userAgent: plan.userAgent ?? `postern/${version}`,
      concurrency: 64,
    });
  };
}

function optionsOf({ settings, includeInternal }: AuditPlan): Report["run"]["options"] {
  return {
    regions: settings.regions,
    scopes: settings.scopes,
    attemptTimeout: settings.attemptTimeout,
    maxDetailCalls: settings.maxDetailCalls,
    includeInternal,
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
