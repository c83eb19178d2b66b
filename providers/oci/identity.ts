import type { Identity, PolicyDocument } from "../../src/model/identity.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Holder, PathFacts } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { sha256 } from "../../src/hash.ts";
import { at, flag, isObject, items, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import { tenancyDocument } from "./identity-tenancy.ts";
import { elements } from "./pages.ts";
import { seatId } from "./policy/documents.ts";
import { keyUsers } from "./static-keys.ts";

/** Principals of the tenancy's workloads, and every document that decides what they may do. */
export function readIdentities(snapshot: Snapshot): {
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
  readonly paths: PathFacts;
} {
  const tenancy = snapshot.scope.id;
  const policies = [tenancyDocument(snapshot), ...policyDocuments(snapshot)];
  const words = JSON.stringify(policies.map(({ body }) => body)).toLowerCase();
  const seats = new Map<string, PolicyDocument>();
  const identities = principals(snapshot).map((principal): Identity => {
    const seat = seatOf(principal, tenancy, words);
    if (!seats.has(seat.id)) seats.set(seat.id, seat);
    const { id, kind, name, node } = principal;
    return {
      id,
      provider: "oci",
      scope: tenancy,
      kind,
      name,
      tags: {},
      policies: [{ layer: "grant", policy: seat.id, via: principal.compartment ?? tenancy }],
      source: sourceOf(node),
    };
  });
  return {
    identities: [...identities, ...keyUsers(snapshot)],
    policies: [...policies, ...seats.values()],
    paths: { holders: [...commandRunners(snapshot), ...functionHolders(snapshot)] },
  };
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/Policy/ */
function policyDocuments(snapshot: Snapshot): PolicyDocument[] {
  const tenancy = snapshot.scope.id;
  return elements(snapshot, operations.policies).flatMap((node) => {
    const id = text(node, "id");
    if (id === undefined || !isActive(node)) return [];
    const body: JsonObject = {
      kind: "oci-policy",
      tenancy,
      attachedTo: text(node, "compartmentId") ?? tenancy,
      statements: items(node, "statements").map(({ value }) => value),
    };
    return [{ id, name: text(node, "name") ?? id, body, source: sourceOf(node) }];
  });
}

export function isActive(node: Node): boolean {
  return (text(node, "lifecycleState") ?? "ACTIVE") === "ACTIVE";
}

interface Principal {
  readonly id: string;
  readonly name: string;
  readonly kind: "instance-principal" | "resource-principal";
  /** Value of `request.principal.type` and `resource.type`. */
  readonly type: string;
  readonly compartment: string | undefined;
  /** Undefined = not read. */
  readonly tags: Json | undefined;
  readonly node: Node;
}

/** https://docs.oracle.com/en-us/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm */
function principals(snapshot: Snapshot): Principal[] {
  const instances = elements(snapshot, "core:ListInstances").flatMap((node) =>
    listed(node, "instance-principal", "instance"),
  );
  const containers = [
    ...pagesOf(snapshot, "containerinstances:GetContainerInstance"),
    ...elements(snapshot, "containerinstances:ListContainerInstances"),
  ].flatMap((node) => listed(node, "resource-principal", "computecontainerinstance"));
  const functions = elements(snapshot, operations.functions)
    .filter(isThere)
    .flatMap((node) => listed(node, "resource-principal", "fnfunc"));
  const known = new Set(functions.map(({ id }) => id));
  const named = namedFunctions(snapshot).filter(({ id }) => !known.has(id));
  const all = [...instances, ...containers, ...functions, ...named];
  return [...new Map(all.toReversed().map((each) => [each.id, each])).values()].toReversed();
}

function listed(node: Node, kind: Principal["kind"], type: string): Principal[] {
  const id = text(node, "id");
  if (id === undefined) return [];
  const compartment = text(node, "compartmentId");
  const tags = at(node, "definedTags")?.value ?? {};
  return [{ id, name: text(node, "displayName") ?? id, kind, type, compartment, tags, node }];
}

function isThere(node: Node): boolean {
  return !(text(node, "lifecycleState") ?? "").startsWith("DELET");
}

/** Those behind API gateways that no list showed are known by name alone. */
function namedFunctions(snapshot: Snapshot): Principal[] {
  return pagesOf(snapshot, "apigateway:GetDeployment").flatMap((node) => {
    const named = JSON.stringify(node.value).match(/ocid1\.fnfunc\.[a-z0-9.-]+/g) ?? [];
    return [...new Set(named)].map((id): Principal => ({
      id,
      name: id,
      kind: "resource-principal",
      type: "fnfunc",
      compartment: undefined,
      tags: undefined,
      node,
    }));
  });
}

/** Only tags that a rule or statement speaks of, so that those of creation do not tell every machine from the others. */
function seatOf(
  { type, compartment, tags, node }: Principal,
  tenancy: string,
  words: string,
): PolicyDocument {
  const body: JsonObject = {
    kind: "oci-seat",
    type,
    compartment: compartment ?? null,
    tags: tags === undefined ? null : relevant(tags, words),
  };
  const key = sha256(JSON.stringify(body)).slice(0, 16);
  return { id: seatId(tenancy, key), name: `${type} seat`, body, source: sourceOf(node) };
}

function relevant(tags: Json, words: string): JsonObject {
  const spaces = isObject(tags) ? Object.entries(tags) : [];
  const pairs = spaces.flatMap(([space, inner]) =>
    (isObject(inner) ? Object.entries(inner) : []).map(([key, value]): [string, string] => [
      `${space}.${key}`.toLowerCase(),
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return Object.fromEntries(
    pairs
      .filter(([name]) => words.includes(name))
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

function functionHolders(snapshot: Snapshot): Holder[] {
  return elements(snapshot, operations.functions)
    .filter(isThere)
    .flatMap((node): Holder[] => {
      const id = text(node, "id");
      return id === undefined ? [] : [{ id, kind: "function", identity: id }];
    });
}

/**
 * Instances whose agent may run commands: all unless it is switched off.
 * https://docs.oracle.com/en-us/iaas/Content/Compute/Tasks/runningcommands.htm
 */
function commandRunners(snapshot: Snapshot): Holder[] {
  return elements(snapshot, "core:ListInstances").flatMap((node): Holder[] => {
    const id = text(node, "id");
    const agent = at(node, "agentConfig");
    const off =
      agent &&
      (flag(agent, "areAllPluginsDisabled") === true ||
        flag(agent, "isManagementDisabled") === true ||
        items(agent, "pluginsConfig").some(
          (plugin) =>
            text(plugin, "name") === "Compute Instance Run Command" &&
            text(plugin, "desiredState") === "DISABLED",
        ));
    const gone = (text(node, "lifecycleState") ?? "").startsWith("TERMINAT");
    return id === undefined || off === true || gone
      ? []
      : [{ id, kind: "run-command", identity: id }];
  });
}
