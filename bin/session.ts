import { homedir } from "node:os";
import process from "node:process";
import type { AuditPlan } from "./audit-plan.ts";
import {
  openReport,
  PosternError,
  providers,
  type Provider,
  type ProviderAdapter,
} from "../src/index.ts";
import type { OptionValues } from "../src/options.ts";
import { parseConnectTo, parseUserAgent, parseVantage } from "../src/options/parse.ts";
import { adapters } from "../providers/index.ts";
import { fingerprintKey } from "./context.ts";
import { credentialsPresent } from "./credentials.ts";
import { signKeyOf } from "./keys.ts";

/** The adapters asked for; without a choice, every provider that this build knows. */
export async function adaptersOf(values: OptionValues): Promise<readonly ProviderAdapter[]> {
  const names = values.provider ?? Object.keys(adapters);
  return Promise.all(names.map(async (name) => adapterOf(name)));
}

/**
 * The adapters that `--provider` names; without it, those of every cloud whose credentials are found. `say` is told of
 * each before anything is asked.
 *
 * @throws {PosternError} CREDENTIALS_MISSING when none are found.
 */
export async function chosenAdapters(
  values: OptionValues,
  say: (line: string) => void,
): Promise<readonly ProviderAdapter[]> {
  if (values.provider) {
    for (const name of values.provider) say(`Will read ${name}: named by --provider`);
    return adaptersOf(values);
  }
  const found = providers.flatMap((provider) => {
    const because =
      values[`${provider}-endpoint`] === undefined
        ? credentialsPresent(provider, process.env, homedir())
        : `--${provider}-endpoint`;
    return because === undefined ? [] : [{ provider, because }];
  });
  if (found.length === 0) {
    throw new PosternError("CREDENTIALS_MISSING", "No credentials of any cloud were found", {
      hint: "Log in with the cloud's own tool, set AWS_PROFILE or the like, or name the cloud with --provider, which also asks for the identity of this machine.",
    });
  }
  for (const { provider, because } of found)
    say(`Will read ${provider}: credentials found (${because})`);
  return adaptersOf({ provider: found.map(({ provider }) => provider) });
}

async function adapterOf(name: string): Promise<ProviderAdapter> {
  const known: Readonly<Partial<Record<string, () => Promise<ProviderAdapter>>>> = adapters;
  const load = known[name];
  if (load) return load();
  throw new PosternError("OPTION_INVALID", `Postern cannot read ${name} yet`, {
    hint: `Use --provider with: ${Object.keys(adapters).join(", ")}.`,
  });
}

/** Every adapter, for deciding over recorded runs; none of them loads an SDK for that. */
export async function allAdapters(): Promise<readonly ProviderAdapter[]> {
  return Promise.all(Object.values(adapters).map(async (load) => load()));
}

function tagKeysOf(values: OptionValues): Pick<AuditPlan, "tagKeys"> {
  const [owner = [], cost = []] = [values["owner-tag"], values["cost-tag"]];
  return owner.length + cost.length > 0 ? { tagKeys: { owner, cost } } : {};
}

function endpointsOf(values: OptionValues): Partial<Record<Provider, string>> {
  const given = providers.map((provider) => [provider, values[`${provider}-endpoint`]]);
  return Object.fromEntries(given.filter(([, endpoint]) => endpoint !== undefined));
}

export async function planOf(values: OptionValues): Promise<AuditPlan> {
  return {
    connectTo: (values["connect-to"] ?? []).map(parseConnectTo),
    includeInternal: values["include-internal"] ?? false,
    vantage: parseVantage(values.vantage ?? "internet"),
    userAgent:
      values["user-agent"] === undefined ? undefined : parseUserAgent(values["user-agent"]),
    out: values.out ?? "postern-runs",
    fingerprintKey: await fingerprintKey(values["fingerprint-key"]),
    signKey: await signKeyOf(values.sign),
    ...(values.plan && { plan: true }),
    ...tagKeysOf(values),
    ...(values["key-days"] !== undefined && { keyDays: values["key-days"] }),
    ...(values.baseline !== undefined && { baseline: await openReport(values.baseline) }),
    selection: { include: values.include ?? [], exclude: values.exclude ?? [] },
    settings: settingsOf(values),
  };
}

function settingsOf(values: OptionValues): AuditPlan["settings"] {
  return {
    regions: values.region ?? [],
    scopes: values.scope ?? [],
    ...(values.profile !== undefined && { profile: values.profile }),
    endpoints: endpointsOf(values),
    attemptTimeout: values["attempt-timeout"] ?? 20_000,
    attempts: 5,
    maxDetailCalls: values["max-detail-calls"] ?? 500,
  };
}
