import type { GcpClients } from "./connect.ts";
import type { GcpOutput } from "./wire-answer.ts";

/**
 * Nothing, where an API is switched off in the project that is asked about. What pays for the question may be another
 * project, that of the credential: its switches tell nothing of what the asked one holds, and the error stays.
 * https://cloud.google.com/service-usage/docs/enable-disable, https://cloud.google.com/docs/quotas/quota-project
 */
export async function emptyWhereOff(
  error: unknown,
  project: string,
  { send }: Pick<GcpClients, "send">,
  signal: AbortSignal,
): Promise<GcpOutput> {
  const consumer: unknown = error instanceof Error ? Reflect.get(error, "offIn") : undefined;
  if (typeof consumer !== "string") throw error;
  const own = `projects/${project}`;
  if (consumer === own) return { body: {} };
  const number = await numberOf(own, send, signal);
  if (number === consumer) return { body: {} };
  throw error;
}

async function numberOf(
  project: string,
  send: GcpClients["send"],
  signal: AbortSignal,
): Promise<unknown> {
  try {
    const { body } = await send({ service: "resourceManager", path: `/v3/${project}`, signal });
    return typeof body === "object" && body ? Reflect.get(body, "name") : undefined;
  } catch {
    return undefined;
  }
}
