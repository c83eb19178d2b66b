import { buildEstate } from "../../src/estate.ts";
import type { EstateIndex } from "../../src/model/estate.ts";
import type {
  Identity,
  PolicyAttachment,
  PolicyDocument,
  PolicyLayer,
} from "../../src/model/identity.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

export const account = "111122223333";
export const now = "2026-11-22T00:00:00Z";
const source = { kind: "rule", id: "test" } as const;

export interface Given {
  readonly kind?: "role" | "user";
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: readonly Json[];
  readonly boundary?: Json;
  readonly session?: Json;
  /** Levels of the organisation, root first; without it they are unread. */
  readonly scps?: readonly Json[];
  /** Attachments whose document is missing. */
  readonly missing?: readonly PolicyLayer[];
}

const everything: Json = statement({ Effect: "Allow", Action: "*", Resource: "*" });

/** A policy of one statement. */
export function statement(body: JsonObject, version = "2012-10-17"): Json {
  return { Version: version, Statement: [body] };
}

export function allow(
  action: string | readonly string[],
  resource = "*",
  condition?: JsonObject,
): Json {
  return statement({
    Effect: "Allow",
    Action: action,
    Resource: resource,
    ...(condition && { Condition: condition }),
  });
}

export function deny(action: string, resource = "*", condition?: JsonObject): Json {
  return statement({
    Effect: "Deny",
    Action: action,
    Resource: resource,
    ...(condition && { Condition: condition }),
  });
}

/** An identity with these documents and the estate that holds them. Organisation levels are read and open by default. */
export function estateOf(given: Given): { identity: Identity; estate: EstateIndex } {
  const policies: PolicyDocument[] = [];
  const attachments: PolicyAttachment[] = [];
  const add = (layer: PolicyLayer, body: Json, via = layer as string): void => {
    const policy = `${layer}-${policies.length}`;
    policies.push({ id: policy, name: policy, body, source });
    attachments.push({ policy, layer, via });
  };
  for (const body of given.identity ?? []) add("grant", body);
  if (given.boundary !== undefined) add("boundary", given.boundary);
  if (given.session !== undefined) add("session", given.session);
  for (const [level, body] of (given.scps ?? [everything]).entries())
    add("organization", body, `level ${level}`);
  for (const layer of given.missing ?? [])
    attachments.push({ policy: `missing-${layer}`, layer, via: layer });
  const kind = given.kind ?? "role";
  const name = kind === "role" ? "mcp-server" : "mcp-svc";
  const identity: Identity = {
    id: `arn:aws:iam::${account}:${kind}/${name}`,
    provider: "aws",
    scope: account,
    kind,
    name,
    tags: given.tags ?? {},
    policies: attachments,
    source,
  };
  return { identity, estate: buildEstate([inventoryOf([identity], policies)], now) };
}

/** An inventory as far as identities need it. */
export function inventoryOf(
  identities: readonly Identity[],
  policies: readonly PolicyDocument[],
): Pick<Inventory, "provider" | "scope" | "identities" | "policies" | "gaps"> {
  return { provider: "aws", scope: account, identities, policies, gaps: [] };
}
