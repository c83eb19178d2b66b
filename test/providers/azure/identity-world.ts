import { collectFrom } from "../../../mocks/azure/collect-scenario.ts";
import { startAzureMock, type AzureWorld, type Fault } from "../../../mocks/azure/index.ts";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azurePolicy } from "../../../providers/azure/policy/index.ts";
import { buildEstate } from "../../../src/estate.ts";
import type { Decision, IdentityReport } from "../../../src/model/identity.ts";
import type { Inventory } from "../../../src/model/inventory.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { judge } from "../../../src/permissions/power.ts";

export const sub = "/subscriptions/s1";
export const group = `${sub}/resourceGroups/app/providers`;
export const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
export const custom = "c0000000-0000-4000-8000-000000000001";

export interface NamedResource extends JsonObject {
  readonly id: string;
}

export function resource(type: string, name: string, more: JsonObject = {}): NamedResource {
  return { id: `${group}/${type}/${name}`, name, type, location: "eastus", ...more };
}

export function definition(
  id: string,
  actions: readonly string[],
  dataActions: readonly string[] = [],
): JsonObject {
  const type = "Microsoft.Authorization/roleDefinitions";
  const permissions = [{ actions, notActions: [], dataActions, notDataActions: [] }];
  const properties = { roleName: id, type: "BuiltInRole", permissions, assignableScopes: ["/"] };
  return { id: `/providers/${type}/${id}`, name: id, type, properties };
}

export function assignment(
  principalId: string,
  role: string,
  { scope = sub, principalType = "ServicePrincipal" } = {},
): JsonObject {
  const type = "Microsoft.Authorization/roleAssignments";
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const properties = { roleDefinitionId, principalId, principalType, scope };
  return { id: `${scope}/providers/${type}/${principalId}-${role}`, type, properties };
}

export const system = (principalId: string): JsonObject => ({
  identity: { type: "SystemAssigned", principalId },
});

/** The machine whose identity, `p-caller`, is asked about. */
const caller = resource("Microsoft.Compute/virtualMachines", "mcp", system("p-caller"));

export interface ReadWorld {
  readonly inventory: Inventory;
  readonly report: (id: string) => IdentityReport;
  readonly decide: (id: string, action: string, resource: string) => Decision;
  /** Paths below the subscription, or of the directory. */
  readonly asked: readonly string[];
}

/** What an audit of a subscription with these resources finds, read over the wire. */
export async function readWorld(
  resources: readonly JsonObject[],
  faults: readonly Fault[] = [],
  more: Partial<AzureWorld> = {},
): Promise<ReadWorld> {
  const mock = await startAzureMock(
    { subscription: "s1", ...more, resources: [caller, definition(owner, ["*"]), ...resources] },
    { faults },
  );
  try {
    const inventory = normalise(await collectFrom(mock.url));
    const estate = buildEstate([inventory], "2026-11-22T00:00:00Z");
    return {
      inventory,
      report: (id) => judge(estate.identities.get(id)!, [], azurePolicy, estate),
      decide: (id, action, target) =>
        azurePolicy.decide(estate.identities.get(id)!, action, target, estate),
      asked: mock.calls.map(({ path }) => path.replace(`${sub}/`, "")),
    };
  } finally {
    await mock.close();
  }
}
