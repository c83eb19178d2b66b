import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Scope } from "../../src/model/provider.ts";
import type { OciClients } from "./connect.ts";
import { classify, codeOf } from "./errors.ts";

/** The tenancy of the credential, with the regions it is subscribed to. */
export async function findScopes(
  context: CollectContext,
  clients: OciClients,
): Promise<readonly Scope[]> {
  const { regions, scopes } = context.settings;
  const id = await clients.tenancy();
  if (scopes.length > 0 && !scopes.includes(id)) return [];
  const subscribed = await subscribedRegions(context, clients, id);
  const unknown = subscribed && regions.find((region) => !subscribed.includes(region));
  if (unknown !== undefined)
    throw new PosternError("REGION_UNKNOWN", `The tenancy is not subscribed to ${unknown}.`, {
      hint: `It is subscribed to ${subscribed?.join(", ") ?? ""}.`,
    });
  const chosen = regions.length > 0 ? regions : (subscribed ?? [await clients.homeRegion()]);
  return [{ provider: "oci", id, regions: chosen.toSorted(byText) }];
}

/** Undefined when the list may not be read: collection records that as a gap of its own. */
async function subscribedRegions(
  context: CollectContext,
  clients: OciClients,
  tenancyId: string,
): Promise<readonly string[] | undefined> {
  const { attempts, attemptTimeout } = context.settings;
  for (let attempt = 1; ; attempt += 1) {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(attemptTimeout)]);
    context.onAttempt({ operation: "identity:ListRegionSubscriptions", region: "global" });
    try {
      const { body } = await clients.send({
        service: "identity",
        operation: "listRegionSubscriptions",
        region: "global",
        input: { tenancyId },
        signal,
      });
      const list: readonly unknown[] = Array.isArray(body) ? body : [];
      return list.flatMap(readyRegion);
    } catch (error) {
      context.signal.throwIfAborted();
      const facts = classify(error);
      if (facts?.reason === "denied" && !unauthenticated(error)) return undefined;
      if (attempt >= attempts || !facts?.retry || refused(error)) throw explained(error);
      const backoff = context.random() * 500 * 2 ** attempt;
      await context.sleep(facts.retryAfterMs ?? backoff, context.signal);
    }
  }
}

/** A region that is still being added answers nothing. */
function readyRegion(subscription: unknown): string[] {
  if (typeof subscription !== "object" || subscription === null) return [];
  const name: unknown = Reflect.get(subscription, "regionName");
  const status: unknown = Reflect.get(subscription, "status");
  return typeof name === "string" && (status === undefined || status === "READY") ? [name] : [];
}

function unauthenticated(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, "status") === 401;
}

/** Nothing listens there: waiting does not change that. */
function refused(error: unknown): boolean {
  return ["ECONNREFUSED", "ENOTFOUND"].includes(codeOf(error));
}

function explained(cause: unknown): unknown {
  if (cause instanceof PosternError) return cause;
  if (unauthenticated(cause))
    return new PosternError("CREDENTIALS_EXPIRED", "OCI does not accept the credentials.", {
      hint: "Check the key and its fingerprint in the configuration, and the clock; renew a session with `oci session refresh`.",
      cause,
    });
  return new PosternError("ENDPOINT_UNREACHABLE", "OCI's identity service did not answer.", {
    hint: "Check the network, the region of the configuration and --oci-endpoint.",
    cause,
  });
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
