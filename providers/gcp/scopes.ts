import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Scope } from "../../src/model/provider.ts";
import type { GcpClients } from "./connect.ts";
import type { GcpRequest } from "./request.ts";
import type { GcpOutput } from "./wire-answer.ts";
import { classify, codeOf } from "./errors.ts";
import { explained, projectUnknown } from "./way-out.ts";

/** The projects that are asked about, with their regions: those of the settings, else the credential's own. */
export async function findScopes(
  context: CollectContext,
  clients: GcpClients,
): Promise<readonly Scope[]> {
  const ids = await projectsOf(context, clients);
  const found: Scope[] = [];
  for (const id of [...new Set(ids)].toSorted()) {
    found.push({ provider: "gcp", id, regions: await regionsOf(id, context, clients) });
  }
  return found;
}

async function projectsOf(
  context: CollectContext,
  clients: GcpClients,
): Promise<readonly string[]> {
  const { scopes } = context.settings;
  if (scopes.length > 0) return scopes;
  try {
    const home = await clients.homeProject();
    if (home !== undefined) return [home];
  } catch (error) {
    throw explained(error);
  }
  throw projectUnknown();
}

/** None when the list may not be read or compute is off there: collection records that as gaps of its own. */
async function regionsOf(
  project: string,
  context: CollectContext,
  clients: GcpClients,
): Promise<readonly string[]> {
  const wanted = context.settings.regions;
  if (wanted.length > 0) return wanted.toSorted();
  const names: string[] = [];
  let pageToken = "";
  do {
    const query = { maxResults: 500, ...(pageToken !== "" && { pageToken }) };
    const path = `/compute/v1/projects/${project}/regions`;
    const answer = await ask(context, clients, { service: "compute", path, query });
    if (!answer) return names.toSorted();
    names.push(...namesIn(answer.body));
    pageToken = textIn(answer.body, "nextPageToken");
  } while (pageToken !== "");
  return names.toSorted();
}

function namesIn(body: unknown): string[] {
  const list: unknown = typeof body === "object" && body ? Reflect.get(body, "items") : [];
  return Array.isArray(list) ? list.map((item) => textIn(item, "name")).filter(Boolean) : [];
}

function textIn(value: unknown, name: string): string {
  const found: unknown = typeof value === "object" && value ? Reflect.get(value, name) : "";
  return typeof found === "string" ? found : "";
}

async function ask(
  context: CollectContext,
  clients: GcpClients,
  request: Omit<GcpRequest, "signal">,
): Promise<GcpOutput | undefined> {
  const { attempts, attemptTimeout } = context.settings;
  for (let attempt = 1; ; attempt += 1) {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(attemptTimeout)]);
    context.onAttempt({ operation: "compute.regions.list", region: "global" });
    try {
      return await clients.send({ ...request, signal });
    } catch (error) {
      context.signal.throwIfAborted();
      if (error instanceof PosternError) throw error;
      const facts = classify(error);
      if (attempt >= attempts || !facts?.retry || refused(error)) {
        const told = explained(error);
        // What one project refuses or switches off is found again, and recorded, when it is collected.
        if (told === error && facts) return undefined;
        throw told;
      }
      const backoff = context.random() * 500 * 2 ** attempt;
      await context.sleep(facts.retryAfterMs ?? backoff, context.signal);
    }
  }
}

/** Nothing listens there: waiting does not change that. */
function refused(error: unknown): boolean {
  return ["ECONNREFUSED", "ENOTFOUND"].includes(codeOf(error));
}
