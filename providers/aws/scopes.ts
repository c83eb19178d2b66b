import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Scope } from "../../src/model/provider.ts";
import type { AwsClients, AwsOutput, AwsService } from "./connect.ts";
import { classify, codeOf } from "./errors.ts";
import { explained, regionUnknown } from "./way-out.ts";

/** The account of the credential, with the regions that are enabled in it. */
export async function findScopes(
  context: CollectContext,
  clients: AwsClients,
): Promise<readonly Scope[]> {
  const identity = await ask(context, clients, "sts", "GetCallerIdentity");
  const id = identity["Account"];
  const { regions, scopes } = context.settings;
  if (typeof id !== "string" || (scopes.length > 0 && !scopes.includes(id))) return [];
  const enabled = await enabledRegions(context, clients);
  const unknown = enabled && regions.find((region) => !enabled.includes(region));
  if (unknown !== undefined) throw regionUnknown(unknown);
  const chosen = regions.length > 0 ? regions : (enabled ?? [await clients.homeRegion()]);
  return [{ provider: "aws", id, regions: chosen.toSorted(byText) }];
}

/** Undefined when the list may not be read: collection records that as a gap of its own. */
async function enabledRegions(
  context: CollectContext,
  clients: AwsClients,
): Promise<readonly string[] | undefined> {
  try {
    const { Regions: found } = await ask(context, clients, "ec2", "DescribeRegions");
    const list: readonly unknown[] = Array.isArray(found) ? found : [];
    return list.flatMap((region) => {
      const name: unknown =
        typeof region === "object" && region ? Reflect.get(region, "RegionName") : "";
      return typeof name === "string" && name !== "" ? [name] : [];
    });
  } catch (error) {
    if (
      error instanceof PosternError &&
      error.cause &&
      classify(error.cause)?.reason === "denied"
    ) {
      return undefined;
    }
    throw error;
  }
}

async function ask(
  context: CollectContext,
  clients: AwsClients,
  service: AwsService,
  action: string,
): Promise<AwsOutput> {
  const { attempts, attemptTimeout } = context.settings;
  const region = await clients.homeRegion();
  for (let attempt = 1; ; attempt += 1) {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(attemptTimeout)]);
    context.onAttempt({ operation: `${service}:${action}`, region: "global" });
    try {
      return await clients.send({ service, action, region, input: {}, signal });
    } catch (error) {
      context.signal.throwIfAborted();
      const facts = classify(error);
      if (attempt >= attempts || !facts?.retry || refused(error)) throw explained(error, region);
      const backoff = context.random() * 500 * 2 ** attempt;
      await context.sleep(facts.retryAfterMs ?? backoff, context.signal);
    }
  }
}

/** Nothing listens there: waiting does not change that. */
function refused(error: unknown): boolean {
  return ["ECONNREFUSED", "ENOTFOUND"].includes(codeOf(error));
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
