import type { PolicyDocument } from "../../src/model/identity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, sourceOf, text, texts, type Node } from "../reader.ts";
import { vaultCall } from "./operations-identity.ts";
import { idOf, keyOf, nameIn, props, resourcesOf } from "./pages.ts";

/** What is known of resources beside who may use them. */
export interface ResourceFacts {
  readonly documents: readonly PolicyDocument[];
  /** Per resource, in lower case, the document that tells. */
  readonly resourcePolicies: ReadonlyMap<string, string>;
}

/**
 * Data operations behind the permissions of an access policy, where the last word of the operation is another.
 * https://learn.microsoft.com/azure/key-vault/general/rbac-migration#access-policy-to-azure-role-mapping
 */
const operations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  secrets: { get: "getSecret/action", list: "readMetadata/action", set: "setSecret/action" },
  keys: {
    get: "read",
    list: "read",
    create: "create/action",
    import: "import/action",
    unwrapkey: "unwrap/action",
    wrapkey: "wrap/action",
  },
  certificates: {
    get: "read",
    list: "read",
    create: "create/action",
    import: "import/action",
  },
};

/** The permission model of every vault, and what access policies give where they are what counts. */
export function vaultFacts(snapshot: Snapshot): ResourceFacts {
  const vaults = resourcesOf(snapshot, vaultCall);
  return {
    documents: vaults.flatMap((node) => [factOf(node), ...policiesOf(node)]),
    resourcePolicies: new Map(vaults.map((node) => [keyOf(idOf(node)), factOf(node).id])),
  };
}

function followsRoles(node: Node): boolean {
  return flag(props(node), "enableRbacAuthorization") === true;
}

function factOf(node: Node): PolicyDocument {
  const id = `facts of ${idOf(node)}`;
  const body = { kind: "resource", rbac: followsRoles(node) };
  return { id, name: id, body, source: sourceOf(node) };
}

/** As an assignment at the vault of a role that holds just that. */
function policiesOf(vault: Node): PolicyDocument[] {
  if (followsRoles(vault)) return [];
  return items(props(vault), "accessPolicies").flatMap((node): PolicyDocument[] => {
    const principal = text(node, "objectId")?.toLowerCase();
    if (principal === undefined) return [];
    const name = `${nameIn(idOf(vault))}-${principal}`.toLowerCase();
    const source = sourceOf(node);
    const body = {
      kind: "assignment",
      accessPolicy: true,
      principalId: principal,
      scope: idOf(vault),
      roleDefinitionId: `access-policy-${name}`,
    };
    return [
      { id: `${idOf(vault)}/accessPolicies/${principal}`, name, body, source },
      { id: `definition:access-policy-${name}`, name, body: definitionOf(node), source },
    ];
  });
}

function definitionOf(policy: Node): JsonObject {
  const granted = at(policy, "permissions");
  const dataActions = ["secrets", "keys", "certificates"].flatMap((kind) =>
    (granted ? texts(granted, kind) : []).map(
      (word) => `Microsoft.KeyVault/vaults/${kind}/${operationOf(kind, word.toLowerCase())}`,
    ),
  );
  const permission = { actions: [], notActions: [], dataActions, notDataActions: [] };
  return { kind: "definition", custom: false, permissions: [permission] };
}

function operationOf(kind: string, word: string): string {
  if (word === "all") return "*";
  return operations[kind]?.[word] ?? (word === "delete" ? "delete" : `${word}/action`);
}
