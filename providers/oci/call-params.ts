import type { Json, JsonObject } from "../../src/model/json.ts";
import { isObject } from "../reader.ts";
import type { Call, Recorded } from "../call.ts";
import type { OciClients } from "./connect.ts";

type Params = NonNullable<Call<OciClients>["params"]>;
type Skip = NonNullable<Call<OciClients>["skip"]>;

/** Items of a recorded list, whether the service wraps them or not. */
export function itemsOf(recorded: Recorded, operation: string): JsonObject[] {
  return recorded.bodies(operation).flatMap((body) => listOf(body).filter(isObject));
}

function listOf(body: Json): readonly Json[] {
  if (isList(body)) return body;
  const inner = isObject(body) ? body["items"] : undefined;
  return inner !== undefined && isList(inner) ? inner : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function textOf(item: JsonObject, key: string): string | undefined {
  const value = item[key];
  return typeof value === "string" ? value : undefined;
}

/** The tenancy itself is the root compartment. */
export function compartmentsOf(recorded: Recorded): string[] {
  const listed = itemsOf(recorded, "identity:ListCompartments").filter(
    (item) => (textOf(item, "lifecycleState") ?? "ACTIVE") === "ACTIVE",
  );
  const parents = listed.map((item) => textOf(item, "compartmentId"));
  const root = parents.find((id) => id?.startsWith("ocid1.tenancy.") === true);
  const own =
    root === undefined
      ? recorded
          .bodies("identity:GetTenancy")
          .flatMap((body) => (isObject(body) ? (textOf(body, "id") ?? []) : []))
      : [root];
  return [...new Set([...own, ...listed.flatMap((item) => textOf(item, "id") ?? [])])];
}

export const perCompartment: Params = (recorded) =>
  compartmentsOf(recorded).map((compartmentId) => ({ compartmentId }));

/** `https://idcs-….identity.oraclecloud.com:443`, or a domain of another realm of Oracle's. */
export function isDomainUrl(url: string): boolean {
  const host = /^https:\/\/(idcs-[a-z0-9.-]+)(?::443)?$/i.exec(url)?.[1] ?? "";
  return /\.identity\./i.test(host) && /\.oracle(?:gov)?cloud\d*\.(?:com|uk|eu)$/i.test(host);
}

/** Domains beside the default one, whose dynamic groups the tenancy's own list shows. */
export const perOtherDomain: Params = (recorded) => {
  const urls = itemsOf(recorded, "identity:ListDomains")
    .filter(
      (item) =>
        (textOf(item, "lifecycleState") ?? "ACTIVE") === "ACTIVE" &&
        textOf(item, "type") !== "DEFAULT",
    )
    .flatMap((item) => textOf(item, "url") ?? []);
  return [...new Set(urls)].filter(isDomainUrl).map((domain) => ({ domain }));
};

/** Reserved addresses belong to the region; ephemeral ones of machines to an availability domain. */
export const perCompartmentZone: Params = (recorded) => {
  const zones = itemsOf(recorded, "identity:ListAvailabilityDomains").flatMap(
    (item) => textOf(item, "name") ?? [],
  );
  const scope = "AVAILABILITY_DOMAIN";
  return compartmentsOf(recorded).flatMap((compartmentId): JsonObject[] =>
    regional(compartmentId).concat(
      zones.map((availabilityDomain) => ({ scope, availabilityDomain, compartmentId })),
    ),
  );
};

const regional = (compartmentId: string): JsonObject[] => [{ scope: "REGION", compartmentId }];

/** One request for each item of a recorded list. */
export function perItem(operation: string, param: string): Params {
  return (recorded) =>
    itemsOf(recorded, operation).flatMap((item) => {
      const id = textOf(item, "id");
      return id === undefined ? [] : [{ [param]: id }];
    });
}

export const perSubnet: Params = perItem("core:ListSubnets", "subnetId");

export const perIpv6Subnet: Params = (recorded) =>
  itemsOf(recorded, "core:ListSubnets").flatMap((item) => {
    const [id, cidr, more] = [item["id"], item["ipv6CidrBlock"], item["ipv6CidrBlocks"]];
    const six = typeof cidr === "string" || (Array.isArray(more) && more.length > 0);
    return six && typeof id === "string" ? [{ subnetId: id }] : [];
  });

export const perGroup: Params = perItem("core:ListNetworkSecurityGroups", "networkSecurityGroupId");

/** Named under each balancer of a list. */
export function perBackendSet(operation: string, param: string): Params {
  return (recorded) =>
    itemsOf(recorded, operation).flatMap((item) => {
      const [id, sets] = [textOf(item, "id"), item["backendSets"]];
      return id === undefined || !isObject(sets)
        ? []
        : Object.keys(sets).map((backendSetName) => ({ [param]: id, backendSetName }));
    });
}

export const perContainer: Params = (recorded) =>
  recorded.bodies("containerinstances:GetContainerInstance").flatMap((body) => {
    const containers = isObject(body) ? body["containers"] : undefined;
    const list: readonly Json[] = Array.isArray(containers) ? containers : [];
    return list.filter(isObject).flatMap((item) => {
      const containerId = textOf(item, "containerId");
      return containerId === undefined ? [] : [{ containerId }];
    });
  });

/** Interfaces with an address of the internet, or one that a balancer or gateway names; and those without any address, which were not read. */
export const perVnicThatMatters: Params = (recorded) => {
  const privates = itemsOf(recorded, "core:ListPrivateIps");
  const open = new Set(
    itemsOf(recorded, "core:ListPublicIps").flatMap(
      (item) => textOf(item, "assignedEntityId") ?? textOf(item, "privateIpId") ?? [],
    ),
  );
  const backends = [
    "loadbalancer:ListLoadBalancers",
    "networkloadbalancer:ListNetworkLoadBalancers",
  ]
    .concat("apigateway:GetDeployment")
    .map((operation) => JSON.stringify(recorded.bodies(operation)))
    .join(" ")
    .toLowerCase();
  const attached = itemsOf(recorded, "core:ListVnicAttachments").filter(
    (item) => (textOf(item, "lifecycleState") ?? "ATTACHED") === "ATTACHED",
  );
  const machines = new Set(attached.map(({ vnicId }) => vnicId));
  const routed = routeTargets(recorded);
  const wanted = privates.filter((item) => {
    const [id, address, label] = ["id", "ipAddress", "hostnameLabel"].map((key) =>
      textOf(item, key),
    );
    const named = [id, address, label === undefined ? label : `${label}.`];
    return (
      open.has(id ?? "") ||
      (routed.has(id) && machines.has(item["vnicId"])) ||
      named.some((word) => word !== undefined && backends.includes(word.toLowerCase()))
    );
  });
  const six = itemsOf(recorded, "core:ListIpv6s");
  const known = new Set(privates.flatMap((item) => textOf(item, "vnicId") ?? []));
  const unseen = attached.filter(({ vnicId }) => typeof vnicId === "string" && !known.has(vnicId));
  const ids = [...wanted, ...ofBackendInstances(attached, backends), ...six, ...unseen].flatMap(
    (item) => textOf(item, "vnicId") ?? [],
  );
  return [...new Set([...ids, ...containerVnics(recorded)])].map((vnicId) => ({ vnicId }));
};

/** Machines that routes lead through. */
function routeTargets(recorded: Recorded): ReadonlySet<string | undefined> {
  return new Set(
    itemsOf(recorded, "core:ListRouteTables").flatMap(({ routeRules: rules }) => {
      const list: readonly Json[] = Array.isArray(rules) ? rules : [];
      return list.filter(isObject).flatMap((rule) => textOf(rule, "networkEntityId") ?? []);
    }),
  );
}

/** Network balancers may name an instance instead of an address. */
function ofBackendInstances(attached: readonly JsonObject[], backends: string): JsonObject[] {
  return attached.filter((item) => {
    const id = textOf(item, "instanceId");
    return id !== undefined && backends.includes(id.toLowerCase());
  });
}

function containerVnics(recorded: Recorded): string[] {
  return recorded.bodies("containerinstances:GetContainerInstance").flatMap((body) => {
    const vnics = isObject(body) ? body["vnics"] : undefined;
    const list: readonly Json[] = Array.isArray(vnics) ? vnics : [];
    return list.filter(isObject).flatMap((item) => textOf(item, "vnicId") ?? []);
  });
}

/** Unread is not empty: only lists that were read and hold no network let the rest be skipped. */
export const withoutNetworks: Skip = (recorded) =>
  recorded.bodies("core:ListVcns").length > 0 && itemsOf(recorded, "core:ListVcns").length === 0
    ? "the region has no network"
    : undefined;

/** Packet routing rules say nothing where nothing carries a security attribute. */
export const withoutAttributes: Skip = (recorded) => {
  const carriers = ["core:ListVcns", "core:GetVnic", "core:ListInstances"].concat(
    "loadbalancer:ListLoadBalancers",
    "networkloadbalancer:ListNetworkLoadBalancers",
    "networkfirewall:ListNetworkFirewalls",
  );
  const marked = carriers.some((operation) =>
    itemsOfAny(recorded, operation).some(
      ({ securityAttributes: own }) => isObject(own) && Object.keys(own).length > 0,
    ),
  );
  return marked ? undefined : "nothing carries a security attribute";
};

function itemsOfAny(recorded: Recorded, operation: string): JsonObject[] {
  return recorded
    .bodies(operation)
    .flatMap((body) => listOf(body).concat(body))
    .filter(isObject);
}

/** Parts of the policies that some firewall uses. */
export const perFirewallPolicy: Params = (recorded) => {
  const ids = itemsOf(recorded, "networkfirewall:ListNetworkFirewalls").flatMap(
    (item) => textOf(item, "networkFirewallPolicyId") ?? [],
  );
  return [...new Set(ids)].map((networkFirewallPolicyId) => ({ networkFirewallPolicyId }));
};

/** One part of a firewall policy by its name. */
export function perPolicyPart(operation: string, param: string): Params {
  return (recorded) =>
    itemsOf(recorded, operation).flatMap((item) => {
      const [policy, name] = [textOf(item, "parentResourceId"), textOf(item, "name")];
      return policy === undefined || name === undefined
        ? []
        : [{ networkFirewallPolicyId: policy, [param]: name }];
    });
}
