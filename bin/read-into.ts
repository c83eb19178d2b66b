import process from "node:process";
import {
  beginRun,
  collectEstate,
  resumeRun,
  selectionOf,
  wantsScope,
  type BegunRun,
  type ProviderAdapter,
  type StoredScope,
} from "../src/index.ts";
import { collectContext, newRunId } from "./context.ts";
import { optionsOf, type AuditPlan, type Session } from "./audit-plan.ts";

/** A run directory to read into: a new one, or that of the run which `--resume` names. */
export async function beginReading(
  plan: AuditPlan,
  resume: string | undefined,
  providers: readonly string[],
): Promise<BegunRun> {
  const now = new Date().toISOString();
  const id = newRunId(now);
  if (resume !== undefined) return resumeRun(resume, { out: plan.out, id }, plan);
  const options = { ...optionsOf(plan), providers };
  return beginRun(plan.out, { id, startedAt: now, options }, plan);
}

/** What a resumed run reads is what it was first asked to read. */
export function asBegun(plan: AuditPlan, { options }: BegunRun): AuditPlan {
  const { maxDetailCalls } = options;
  return {
    ...plan,
    selection: selectionOf(options),
    settings: {
      ...plan.settings,
      regions: texts(options["regions"]),
      scopes: texts(options["scopes"]),
      ...(typeof maxDetailCalls === "number" && { maxDetailCalls }),
    },
  };
}

export async function readInto(
  { store }: BegunRun,
  adapters: readonly ProviderAdapter[],
  plan: AuditPlan,
  { signal, onProgress }: Session,
): Promise<readonly StoredScope[]> {
  return collectEstate({
    adapters,
    context: collectContext({ ...plan, signal }),
    onProgress,
    store,
    wanted: (scope) => wantsScope(plan.selection, scope),
  });
}

/** What was read of a cloud is worth keeping when something goes wrong later; an empty directory is not. */
export async function keptOnFailure<T>(
  { writer, store }: BegunRun,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (store.isEmpty()) await writer.discard().catch(() => {});
    else process.stderr.write(`What was read is kept. Go on with: --resume ${writer.directory}\n`);
    throw error;
  }
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
