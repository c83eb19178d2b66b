import type { NeedsEvaluator, ProductNeeds, ServiceNeeds } from "../../../src/model/needed.ts";
import { namespaceRows } from "./needed-namespaces.ts";
import { proposalOf } from "./needed-role.ts";
import { matches } from "./pattern.ts";
import { piecesOf } from "./pieces.ts";

const source =
  "https://github.com/microsoft/mcp/blob/main/servers/Azure.Mcp.Server/docs/azmcp-commands.md";

const services: readonly ServiceNeeds[] = namespaceRows.map(({ name, words, namespaces, data }) => {
  const of = (verbs: readonly string[]): readonly string[] =>
    namespaces.flatMap((namespace) => verbs.map((verb) => `${namespace}/*/${verb}`));
  return {
    name,
    words: words?.split(" ") ?? [name],
    verbs: {
      list: [...of(["read"]), ...(data?.reads ?? [])],
      create: [...of(["write"]), ...(data?.writes ?? [])],
      modify: [...of(["write"]), ...(data?.writes ?? [])],
      delete: [...of(["delete"]), ...(data?.deletes ?? [])],
    },
  };
});

const products: Readonly<Record<string, ProductNeeds>> = {
  "azure-mcp": {
    source,
    any: ["azure"],
    tools: {
      azureterraformbestpractices: [],
      bicepschema: [],
      bicepschema_get: [],
      cloudarchitect: [],
      documentation: [],
      extension_cli_generate: [],
      extension_cli_install: [],
      get_bestpractices: [],
      pricing: [],
      wellarchitectedframework: [],
      group_list: ["Microsoft.Resources/subscriptions/resourceGroups/read"],
      subscription_list: ["Microsoft.Resources/subscriptions/read"],
      keyvault_secret_get: [
        "data:Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "data:Microsoft.KeyVault/vaults/secrets/readMetadata/action",
      ],
      "appservice_webapp_settings_get-appsettings": [
        "Microsoft.Web/sites/config/list/action",
        "Microsoft.Web/sites/config/read",
      ],
    },
  },
};

/** Marks a data action; control actions stand as they are written. */
const data = "data:";

/** What tools need of Azure. */
export const azureNeeds: NeedsEvaluator = {
  table: {
    products,
    services,
    categories: {
      "cloud-data": ["data:Microsoft.Storage/storageAccounts/*/read"],
      database: [
        "Microsoft.DocumentDB/*/read",
        "Microsoft.Sql/*/read",
        "data:Microsoft.DocumentDB/databaseAccounts/*/read",
      ],
      secrets: [
        "data:Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "data:Microsoft.KeyVault/vaults/secrets/readMetadata/action",
      ],
      kubernetes: ["Microsoft.ContainerService/managedClusters/read"],
      monitoring: ["Microsoft.Insights/*/read", "Microsoft.OperationalInsights/*/read"],
    },
  },
  kinds: (action) =>
    action.startsWith(data)
      ? piecesOf(action.slice(data.length), "data")
      : piecesOf(action, "control"),
  touches: (granted, needed) => {
    const action = needed.startsWith(data) ? needed.slice(data.length) : needed;
    return matches(granted, action) || matches(action, granted) || meet(granted, action);
  },
  propose: proposalOf,
};

/** Patterns of which neither holds the other, by their definite beginnings and ends. */
function meet(a: string, b: string): boolean {
  const [startA = "", startB = ""] = [a.split("*")[0], b.split("*")[0]].map((each) =>
    each?.toLowerCase(),
  );
  const [endA = "", endB = ""] = [a.split("*").at(-1), b.split("*").at(-1)].map((each) =>
    each?.toLowerCase(),
  );
  return (
    a.includes("*") &&
    b.includes("*") &&
    (startA.startsWith(startB) || startB.startsWith(startA)) &&
    (endA.endsWith(endB) || endB.endsWith(endA))
  );
}
