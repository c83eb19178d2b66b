import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, PolicyAttachment, PolicyDocument } from "../../../src/model/identity.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { mergePaths } from "../../../src/permissions/merge-paths.ts";

const source = { kind: "rule", id: "test" } as const;
export const sub = "/subscriptions/s1";
export const run = "Microsoft.Compute/virtualMachines/runCommand/action";
export const vm = `${sub}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v`;

/** One identity, and the policies that bear on it. */
export interface World {
  readonly bodies: Readonly<Record<string, JsonObject>>;
  readonly attached?: readonly (readonly [string, PolicyAttachment["layer"], string?])[];
  readonly groups?: readonly string[] | null;
  readonly startedAt?: string;
}

export function worldOf({
  bodies,
  attached = [],
  groups,
  startedAt,
}: World): [Identity, EstateIndex] {
  const policies = new Map(
    Object.entries(bodies).map(([id, body]): [string, PolicyDocument] => [
      id,
      { id, name: id, body, source },
    ]),
  );
  const identity: Identity = {
    id: "me",
    provider: "azure",
    scope: "s1",
    kind: "managed-identity",
    name: "me",
    tags: {},
    policies: attached.map(([policy, layer, via = "me"]) => ({ policy, layer, via })),
    source,
  };
  const paths = mergePaths(
    groups === undefined ? [] : [{ memberships: new Map([["me", groups]]) }],
  );
  return [
    identity,
    {
      identities: new Map([["me", identity]]),
      policies,
      gaps: new Map(),
      paths,
      ...(startedAt !== undefined && { startedAt }),
    },
  ];
}

export const definition = (permission: JsonObject): JsonObject => ({
  kind: "definition",
  permissions: [permission],
});
export const assignment = (more: JsonObject = {}): JsonObject => ({
  kind: "assignment",
  principalId: "me",
  scope: sub,
  roleDefinitionId: "/x/roleDefinitions/role",
  ...more,
});
export const denial = (more: JsonObject = {}): JsonObject => ({
  kind: "deny",
  scope: sub,
  permissions: [{ actions: ["*"] }],
  principals: ["everyone"],
  excludePrincipals: [],
  groups: [],
  ...more,
});
export const runs = { "definition:role": definition({ actions: [run] }), a: assignment() };
