interface NamespaceRow {
  /** Area of the Azure MCP server, and so first word of its tools. */
  readonly name: string;
  /** Words of tool names, when more than the name. */
  readonly words?: string;
  readonly namespaces: readonly string[];
  /** Data actions, marked `data:`. */
  readonly data?: {
    readonly reads?: readonly string[];
    readonly writes?: readonly string[];
    readonly deletes?: readonly string[];
  };
}

const inData = (prefix: string) => ({
  reads: [`data:${prefix}/*/read`],
  writes: [`data:${prefix}/*/write`],
  deletes: [`data:${prefix}/*/delete`],
});

/**
 * The resource providers behind each area of the Azure MCP server, and behind the words of other servers' tools.
 * https://github.com/microsoft/mcp/blob/main/servers/Azure.Mcp.Server/docs/azmcp-commands.md
 */
export const namespaceRows: readonly NamespaceRow[] = [
  { name: "acr", words: "acr registry", namespaces: ["Microsoft.ContainerRegistry"] },
  { name: "advisor", namespaces: ["Microsoft.Advisor"] },
  { name: "aks", namespaces: ["Microsoft.ContainerService"] },
  {
    name: "appconfig",
    namespaces: ["Microsoft.AppConfiguration"],
    data: inData("Microsoft.AppConfiguration/configurationStores"),
  },
  { name: "applens", namespaces: ["Microsoft.ResourceHealth", "Microsoft.Support"] },
  { name: "applicationinsights", namespaces: ["Microsoft.Insights"] },
  { name: "appservice", words: "appservice webapp", namespaces: ["Microsoft.Web"] },
  { name: "communication", namespaces: ["Microsoft.Communication"] },
  { name: "compute", words: "compute vm vmss disk", namespaces: ["Microsoft.Compute"] },
  {
    name: "confidentialledger",
    namespaces: ["Microsoft.ConfidentialLedger"],
  },
  {
    name: "cosmos",
    words: "cosmos cosmosdb",
    namespaces: ["Microsoft.DocumentDB"],
    data: inData("Microsoft.DocumentDB/databaseAccounts"),
  },
  { name: "datadog", namespaces: ["Microsoft.Datadog"] },
  { name: "deploy", words: "deploy deployment", namespaces: ["Microsoft.Resources"] },
  {
    name: "eventgrid",
    namespaces: ["Microsoft.EventGrid"],
    data: { writes: ["data:Microsoft.EventGrid/events/send/action"] },
  },
  { name: "eventhubs", namespaces: ["Microsoft.EventHub"] },
  { name: "fileshares", namespaces: ["Microsoft.FileShares", "Microsoft.Storage"] },
  {
    name: "foundry",
    words: "foundry foundryextensions openai",
    namespaces: ["Microsoft.CognitiveServices", "Microsoft.MachineLearningServices"],
    data: { reads: ["data:Microsoft.CognitiveServices/accounts/*"] },
  },
  { name: "functionapp", namespaces: ["Microsoft.Web"] },
  { name: "grafana", namespaces: ["Microsoft.Dashboard"] },
  { name: "group", words: "group", namespaces: ["Microsoft.Resources"] },
  {
    name: "keyvault",
    namespaces: ["Microsoft.KeyVault"],
    data: {
      reads: [
        "data:Microsoft.KeyVault/vaults/certificates/read",
        "data:Microsoft.KeyVault/vaults/keys/read",
        "data:Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "data:Microsoft.KeyVault/vaults/secrets/readMetadata/action",
      ],
      writes: [
        "data:Microsoft.KeyVault/vaults/certificates/create/action",
        "data:Microsoft.KeyVault/vaults/certificates/import/action",
        "data:Microsoft.KeyVault/vaults/keys/create/action",
        "data:Microsoft.KeyVault/vaults/secrets/setSecret/action",
      ],
    },
  },
  { name: "kusto", namespaces: ["Microsoft.Kusto"] },
  { name: "loadtesting", namespaces: ["Microsoft.LoadTestService"] },
  { name: "managedlustre", namespaces: ["Microsoft.StorageCache"] },
  { name: "marketplace", namespaces: ["Microsoft.Marketplace"] },
  {
    name: "monitor",
    namespaces: ["Microsoft.Insights", "Microsoft.OperationalInsights"],
  },
  { name: "mysql", namespaces: ["Microsoft.DBforMySQL"] },
  { name: "policy", namespaces: ["Microsoft.Authorization"] },
  { name: "postgres", namespaces: ["Microsoft.DBforPostgreSQL"] },
  { name: "quota", namespaces: ["Microsoft.Quota"] },
  { name: "redis", namespaces: ["Microsoft.Cache"] },
  { name: "resourcehealth", namespaces: ["Microsoft.ResourceHealth"] },
  { name: "role", namespaces: ["Microsoft.Authorization"] },
  { name: "search", namespaces: ["Microsoft.Search"] },
  { name: "servicebus", namespaces: ["Microsoft.ServiceBus"] },
  { name: "servicefabric", namespaces: ["Microsoft.ServiceFabric"] },
  { name: "signalr", namespaces: ["Microsoft.SignalRService"] },
  {
    name: "speech",
    namespaces: ["Microsoft.CognitiveServices"],
    data: { reads: ["data:Microsoft.CognitiveServices/accounts/SpeechServices/*"] },
  },
  { name: "sql", namespaces: ["Microsoft.Sql"] },
  {
    name: "storage",
    words: "storage blob",
    namespaces: ["Microsoft.Storage"],
    data: inData("Microsoft.Storage/storageAccounts"),
  },
  { name: "storagesync", namespaces: ["Microsoft.StorageSync"] },
  { name: "subscription", namespaces: ["Microsoft.Resources"] },
  { name: "virtualdesktop", namespaces: ["Microsoft.DesktopVirtualization"] },
  { name: "workbooks", namespaces: ["Microsoft.Insights"] },
];
