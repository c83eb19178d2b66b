import type { Call, PageRequest, RawPage } from "../call.ts";
import { apiCalls } from "./calls-apis.ts";
import { computeCalls } from "./calls-compute.ts";
import { directoryCalls } from "./calls-directory.ts";
import { doorCalls } from "./calls-doors.ts";
import { identityCalls } from "./calls-identity.ts";
import { networkCalls, tagCalls } from "./calls-network.ts";
import { nameCalls } from "./calls-names.ts";
import type { CallRow } from "./calls-row.ts";
import type { AzureClients } from "./connect.ts";
import { isMissing } from "./errors.ts";

/** Every call of the adapter, in the order in which a subscription is asked: lists that name others' parameters first. */
export const calls: readonly Call<AzureClients>[] = [
  ...networkCalls,
  ...computeCalls,
  ...doorCalls,
  ...apiCalls,
  ...nameCalls,
  ...tagCalls,
  ...identityCalls,
  ...directoryCalls,
].map(callOf);

function callOf(row: CallRow): Call<AzureClients> {
  const {
    operation,
    permission = operation,
    also = [],
    affects,
    family = "arm",
    per,
    params,
    detail,
    skip,
    ask,
  } = row;
  return {
    operation,
    permissions: [permission, ...also],
    where: "scope",
    family,
    affects,
    ...(per && { per }),
    ...(params && { params }),
    ...(detail && { detail }),
    ...(skip && { skip }),
    fetch: async (clients, request) => found(ask, clients, request),
  };
}

/** What does not exist is an empty answer: a site without settings, a resource that went while it was asked for. */
async function found(
  ask: CallRow["ask"],
  clients: AzureClients,
  request: PageRequest,
): Promise<RawPage> {
  try {
    return await ask(clients, request);
  } catch (error) {
    if (isMissing(error)) return { body: null };
    throw error;
  }
}
