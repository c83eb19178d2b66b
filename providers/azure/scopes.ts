import type { CollectContext } from "../../src/model/adapter.ts";
import { PosternError } from "../../src/errors.ts";
import type { Scope } from "../../src/model/provider.ts";
import type { RawPage } from "../call.ts";
import type { AzureClients } from "./connect.ts";
import { classify, codeOf } from "./errors.ts";

export const subscriptionOperation = "Microsoft.Resources/subscriptions/read";

/** The subscriptions that the credential can read; those that are switched off have nothing that answers. */
export async function findScopes(
  context: CollectContext,
  clients: AzureClients,
): Promise<readonly Scope[]> {
  const { scopes, regions } = context.settings;
  const found: Scope[] = [];
  let token: string | undefined;
  do {
    const page = await ask(context, clients, token);
    found.push(...subscriptionsIn(page.body).map((each) => Object.assign({ regions }, each)));
    token = page.next;
  } while (token !== undefined);
  return found
    .filter(({ id }) => scopes.length === 0 || scopes.includes(id))
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function subscriptionsIn(body: unknown): Omit<Scope, "regions">[] {
  const value = member(body, "value");
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((each) => {
    const [id, name] = [member(each, "subscriptionId"), member(each, "displayName")];
    const off = ["Disabled", "Deleted"].some((state) => state === member(each, "state"));
    if (typeof id !== "string" || off) return [];
    return [{ provider: "azure", id, ...(typeof name === "string" && { name }) } as const];
  });
}

async function ask(
  context: CollectContext,
  clients: AzureClients,
  token: string | undefined,
): Promise<RawPage> {
  const { attempts, attemptTimeout } = context.settings;
  for (let attempt = 1; ; attempt += 1) {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(attemptTimeout)]);
    context.onAttempt({ operation: subscriptionOperation, region: "global" });
    try {
      const group = "subscriptions";
      return await clients.list({ sdk: group, group, method: "list", args: [], token, signal });
    } catch (error) {
      context.signal.throwIfAborted();
      const facts = classify(error);
      if (attempt >= attempts || !facts?.retry || refused(error)) throw explained(error);
      const backoff = context.random() * 500 * 2 ** attempt;
      await context.sleep(facts.retryAfterMs ?? backoff, context.signal);
    }
  }
}

/** Nothing listens there: waiting does not change that. */
function refused(error: unknown): boolean {
  return ["ECONNREFUSED", "ENOTFOUND"].includes(codeOf(error));
}

/** Failures before the audit has begun, with a way out of each. */
function explained(cause: unknown): unknown {
  if (cause instanceof PosternError) return cause;
  const facts = classify(cause);
  if (facts?.reason === "denied")
    return new PosternError(
      "CREDENTIALS_MISSING",
      `Azure refused the credentials: ${facts.detail.split("\n")[0] ?? ""}`,
      {
        hint: "Log in with `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate.",
        cause,
      },
    );
  const detail = facts?.detail ?? (cause instanceof Error ? cause.message : String(cause));
  return new PosternError(
    "ENDPOINT_UNREACHABLE",
    `Azure Resource Manager did not answer: ${detail}`,
    {
      hint: "Check the network, the proxy and --azure-endpoint.",
      cause,
    },
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
