import type { Access, Family } from "../../../src/model/identity.ts";

/** How an operation counts where its last word misleads. */
export interface Override {
  readonly operation: RegExp;
  readonly access: Access;
  readonly plane?: "data";
  readonly family?: Family;
  readonly reason: string;
}

/** First that fits. Operations in lower case. https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations */
export const overrides: readonly Override[] = [
  {
    operation:
      /^microsoft\.storage\/storageaccounts\/(?:listkeys|listaccountsas|listservicesas)\/action$/,
    access: "read",
    plane: "data",
    family: "storage",
    reason: "the answer is a key that reads every object of the account",
  },
  {
    operation:
      /^microsoft\.documentdb\/databaseaccounts\/(?:listkeys|listconnectionstrings|readonlykeys)\/action$/,
    access: "read",
    plane: "data",
    family: "database",
    reason: "the answer is a key that reads every document of the account",
  },
  {
    operation: /^microsoft\.keyvault\/.*\/(?:read|readmetadata\/action)$/,
    access: "list",
    reason: "properties of keys, secrets and certificates, never their value",
  },
  {
    operation: /^microsoft\.hybridconnectivity\/endpoints\/listcredentials\/action$/,
    access: "list",
    reason: "it opens the way to a machine, on which a login is a right of its own",
  },
  {
    operation:
      /^microsoft\.(?:compute\/virtualmachines|hybridcompute\/machines)\/login(?:asadmin)?\/action$/,
    access: "execute",
    reason: "whoever logs in runs code",
  },
  {
    operation:
      /\/(?:listkeys|listadminkeys|listsecrets|listcredentials?|listconnectionstrings|listcluster\w*credentials?|getaccesstoken|showfullkey|sharedkeys|listwithsecrets|publishxml|listcallbackurl)\/action$/,
    access: "read",
    plane: "data",
    family: "secrets",
    reason: "the answer is a credential",
  },
  {
    operation: /^microsoft\.authorization\/(?:.*\/)?(?:write|delete|action)$/,
    access: "permissions",
    reason: "it changes who may do what",
  },
  {
    operation: /\/federatedidentitycredentials\/(?:write|delete)$/,
    access: "permissions",
    reason: "it says who may become the identity",
  },
  {
    operation: /^microsoft\.keyvault\/vaults\/accesspolicies\/(?:write|delete)$/,
    access: "permissions",
    reason: "it says who reads the vault",
  },
  {
    operation:
      /^microsoft\.(?:support|resourcehealth)\/|\/(?:checknameavailability|validate|whatif|preflight|exporttemplate|usages|connectivitycheck|join)\/action$|\/register\/action$/,
    access: "read",
    reason: "it changes no resource of the customer's data or settings",
  },
  {
    operation: /^microsoft\.insights\/(?:alertrules|metrics|telemetry)\//,
    access: "list",
    reason:
      "classic alert rules are retired, and metrics and telemetry are a workload's own records",
  },
  {
    operation:
      /\/runcommands?\/(?:action|write)$|\/(?:run|invoke|execute|trigger|exec)\/action$|\/jobs\/write$/,
    access: "execute",
    reason: "it runs code",
  },
  {
    operation: /\/secrets\/getsecret\/action$/,
    access: "read",
    plane: "data",
    family: "secrets",
    reason: "the answer is the secret's value",
  },
  {
    operation: /\/keys\/(?:decrypt|unwrap|release)\/action$/,
    access: "read",
    plane: "data",
    family: "kms",
    reason: "it opens what the key protects",
  },
  {
    operation:
      /\/(?:list\w*|get\w*|read\w*|query\w*|check\w*|search\w*|download\w*|show\w*)(?:\/\w+)?\/action$/,
    access: "list",
    reason: "it answers and changes nothing",
  },
];

export interface Level {
  readonly access: Access;
  readonly plane?: "data";
  readonly family?: Family;
}

/** How an operation without wildcards counts. */
export function levelOf(operation: string): Level {
  const lower = operation.toLowerCase();
  const own = overrides.find((override) => override.operation.test(lower));
  if (own) return own;
  const last = lower.slice(lower.lastIndexOf("/") + 1);
  if (last === "read") return { access: "read" };
  return { access: last === "delete" ? "delete" : "write" };
}
