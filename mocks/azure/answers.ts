import type { Json, JsonObject } from "../../src/model/json.ts";
import type { AzureWorld } from "./world.ts";

export type Answer =
  | { readonly kind: "list"; readonly items: readonly Json[] }
  | { readonly kind: "object"; readonly body: Json }
  | { readonly kind: "missing" };

/** Record sets have a type a kind of record. */
const recordKinds = ["a", "aaaa", "cname", "mx", "txt"].map(
  (kind) => `microsoft.network/dnszones/${kind}`,
);

/** Lists whose path does not end in the type of what they give. */
const aliases: readonly { readonly path: RegExp; readonly types: readonly string[] }[] = [
  {
    path: /\/virtualmachinescalesets\/[^/]+\/networkinterfaces$/,
    types: ["microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces"],
  },
  {
    path: /\/virtualmachinescalesets\/[^/]+\/publicipaddresses$/,
    types: [
      "microsoft.compute/virtualmachinescalesets/publicipaddresses",
      "microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces/ipconfigurations/publicipaddresses",
    ],
  },
  { path: /\/dnszones\/[^/]+\/recordsets$/, types: recordKinds },
];

const adminRules = "microsoft.network/virtualnetworks/effectivesecurityadminrules";

/** What Azure Resource Manager gives for a path: every list is the resources of its type at or below the path. */
export function answerOf(world: AzureWorld, path: string, filter?: string): Answer {
  const { subscription, resources } = world;
  const wanted = path.toLowerCase().replace(/^\/+|\/+$/g, "");
  if (wanted === "subscriptions") return { kind: "list", items: [subscriptionOf(subscription)] };
  if (/\/providers\/microsoft\.network\/locations\/[^/]+\/servicetags$/.test(wanted))
    return {
      kind: "object",
      body: reply(resources, "microsoft.network/servicetags", "") ?? { values: [] },
    };
  if (wanted.endsWith("/listnetworkmanagereffectivesecurityadminrules"))
    return { kind: "object", body: reply(resources, adminRules, wanted) ?? { value: [] } };
  const held = /\/providers\/(microsoft\.authorization\/\w+)$/.exec(wanted)?.[1];
  if (held !== undefined) return { kind: "list", items: authorized(world, held, filter) };
  if (/^subscriptions\/[^/]+\/resources$/.test(wanted))
    return {
      kind: "list",
      items: resources.filter((each) => named(each, filter ?? "")).map(genericOf),
    };
  return listOrResource(resources, wanted);
}

/** What the list of everything tells of a resource: whatever its type is, never its properties. */
function genericOf(each: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(each).filter(([key]) => key !== "properties"));
}

/** `resourceType eq 'A/b' or resourceType eq 'C/d'`; without a filter everything that the list of resources holds. */
function named(each: JsonObject, filter: string): boolean {
  if (typeOf(each).startsWith("microsoft.authorization/")) return false;
  const types = [...filter.toLowerCase().matchAll(/resourcetype eq '([^']+)'/g)];
  return types.length === 0 || types.some(([, type]) => type === typeOf(each));
}

function listOrResource(resources: readonly JsonObject[], wanted: string): Answer {
  const listed = (types: readonly string[], below: string): Answer => ({
    kind: "list",
    items: resources.filter((each) => types.includes(typeOf(each)) && idOf(each).startsWith(below)),
  });
  const exact = resources.find((each) => idOf(each) === wanted);
  if (exact) return { kind: "object", body: exact };
  const alias = aliases.find((each) => each.path.test(`/${wanted}`));
  if (alias) return listed(alias.types, parent(wanted));
  const whole = /^subscriptions\/[^/]+\/providers\/([^/]+\/[^/]+)$/.exec(wanted)?.[1];
  if (whole !== undefined) return listed([whole], `subscriptions/`);
  const type = typeAt(wanted);
  // An even number of segments below the provider names a list of children, an odd one a single resource.
  return type === undefined ? { kind: "missing" } : listed([type], `${parent(wanted)}/`);
}

/**
 * What Microsoft.Authorization lists for a subscription: what it inherits too, with ids that lie outside of it.
 * https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription
 */
function authorized(
  { resources, groups = {} }: AzureWorld,
  type: string,
  filter: string | undefined,
): readonly Json[] {
  const all = resources.filter((each) => typeOf(each) === type);
  const asked = /^assignedTo\('([^']+)'\)$/.exec(filter ?? "")?.[1];
  if (asked === undefined) return all;
  const holders = [asked, ...(groups[asked] ?? [])];
  return all.filter(({ properties }) =>
    holders.some((holder) => JSON.stringify(properties ?? null).includes(`"${holder}"`)),
  );
}

/** `…/providers/NS/a/x/b` is the list of type `NS/a/b`. */
function typeAt(path: string): string | undefined {
  const tail = path.slice(path.lastIndexOf("/providers/") + "/providers/".length).split("/");
  const [namespace, ...rest] = tail;
  if (namespace === undefined || rest.length % 2 === 0) return undefined;
  return [namespace, ...rest.filter((_, i) => i % 2 === 0)].join("/");
}

/** A reply that rides among the resources: its properties are the reply. */
function reply(resources: readonly JsonObject[], type: string, path: string): Json | undefined {
  const found = resources.find(
    (each) => typeOf(each) === type && (path === "" || idOf(each) === path),
  );
  const body = found?.["properties"];
  if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== "virtualNetwork"));
}

function subscriptionOf(id: string): Json {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    displayName: `Subscription ${id}`,
    state: "Enabled",
    tenantId: "00000000-0000-0000-0000-000000000001",
  };
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function typeOf(resource: JsonObject): string {
  const type = resource["type"];
  return typeof type === "string" ? type.toLowerCase() : "";
}

function idOf(resource: JsonObject): string {
  const id = resource["id"];
  return typeof id === "string" ? id.toLowerCase().replace(/^\//, "") : "";
}
