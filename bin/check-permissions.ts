import process from "node:process";
import { clean, type CallCheck, type ProviderAdapter, type Scope } from "../src/index.ts";
import type { OptionValues } from "../src/options.ts";
import { collectContext, interruptible } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { chosenAdapters, planOf } from "./session.ts";

/**
 * The preflight: every call once with one page, so that missing permissions are known before an audit. Exit code 3 when
 * one of them is denied or not answered: an audit would be incomplete.
 */
export async function checkPermissions(values: OptionValues): Promise<void> {
  const plan = await planOf(values);
  const { signal } = interruptible();
  const settings = { ...plan.settings, attempts: 2 };
  const base = collectContext({ settings, fingerprintKey: plan.fingerprintKey, signal });
  let complete = true;
  for (const adapter of await chosenAdapters(values, noted)) {
    const endpoint = settings.endpoints?.[adapter.provider];
    const context = {
      ...base,
      settings: { ...settings, ...(endpoint !== undefined && { endpoint }) },
      onGap: () => {},
      onAttempt: () => {},
    };
    for (const scope of await adapter.scopes(context)) {
      const checks: CallCheck[] = [];
      for await (const check of adapter.check?.(scope, context) ?? []) checks.push(check);
      process.stdout.write(table(adapter, scope, checks));
      complete &&= checks.every(({ state }) => state === "ok" || state === "not-asked");
    }
  }
  if (signal.aborted) process.exitCode = exitCodes.interrupted;
  else process.exitCode = complete ? exitCodes.clean : exitCodes.incomplete;
}

function noted(line: string): void {
  process.stderr.write(`${line}\n`);
}

function table(
  { provider }: ProviderAdapter,
  { id, name }: Scope,
  checks: readonly CallCheck[],
): string {
  const rows = [
    ["call", "permission", "result"],
    ...checks.map(({ operation, permissions, state, detail }) => [
      operation,
      permissions.join(", "),
      detail === "" ? state : `${state} (${clean(detail)})`,
    ]),
  ];
  const width = (column: number): number =>
    Math.min(60, Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [first, second] = [width(0), width(1)];
  const lines = rows.map(([call = "", permission = "", result = ""]) =>
    `  ${call.padEnd(first)}  ${permission.padEnd(second)}  ${result}`.trimEnd(),
  );
  const counted = (state: CallCheck["state"]): string =>
    `${checks.filter((check) => check.state === state).length} ${state}`;
  const sums = (["ok", "denied", "failed", "not-asked"] as const).map(counted).join(", ");
  return `${provider} ${clean(name ?? id)}\n${lines.join("\n")}\n  ${sums}\n`;
}
