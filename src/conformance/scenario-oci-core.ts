import type { Json, JsonObject } from "../model/json.ts";
import { byCompartment, ociZone } from "./oci-answer.ts";
import type { ScenarioAnswer } from "./scenario-page.ts";
import { listOf, objectOf, textOf, textsOf } from "./read-json.ts";

/** Collections that a list call shows by compartment as they are. */
const lists: Readonly<Record<string, string>> = {
  vcns: "ListVcns",
  subnets: "ListSubnets",
  routeTables: "ListRouteTables",
  internetGateways: "ListInternetGateways",
  securityLists: "ListSecurityLists",
  networkSecurityGroups: "ListNetworkSecurityGroups",
  instances: "ListInstances",
  vnicAttachments: "ListVnicAttachments",
};

/**
 * A case shows VNICs as GetVnic does, with their addresses and groups; the lists that hold the same facts in a real
 * tenancy are made from them.
 */
export function ociCoreAnswers(config: JsonObject): ScenarioAnswer[] {
  const vnics = listOf(config["vnics"]).map(objectOf);
  const privates = privateIps(config, vnics);
  return [
    ...Object.entries(lists).flatMap(([collection, call]) =>
      byCompartment(listOf(config[collection])).map(([compartmentId, items]) =>
        answer(call, { compartmentId }, items),
      ),
    ),
    ...Object.entries(objectOf(config["networkSecurityGroupSecurityRules"])).map(([id, rules]) =>
      answer(
        "ListNetworkSecurityGroupSecurityRules",
        { networkSecurityGroupId: id },
        listOf(rules),
      ),
    ),
    ...grouped(
      vnics.flatMap((vnic) =>
        textsOf(vnic["nsgIds"]).map((id): [string, Json] => [
          id,
          { vnicId: vnic["id"] ?? null, resourceId: vnic["id"] ?? null },
        ]),
      ),
    ).map(([id, members]) =>
      answer("ListNetworkSecurityGroupVnics", { networkSecurityGroupId: id }, members),
    ),
    ...bySubnet(privates).map(([id, items]) => answer("ListPrivateIps", { subnetId: id }, items)),
    ...bySubnet(ipv6s(config, vnics)).map(([id, items]) =>
      answer("ListIpv6s", { subnetId: id }, items),
    ),
    ...publicIps(config, vnics, privates),
    ...vnics.map((vnic) => answer("GetVnic", { vnicId: vnic["id"] ?? "" }, vnic)),
  ];
}

function answer(name: string, params: JsonObject, body: Json): ScenarioAnswer {
  return { call: `core:${name}`, params, body };
}

function privateIps(config: JsonObject, vnics: readonly JsonObject[]): JsonObject[] {
  const given = listOf(config["privateIps"]).map(objectOf);
  const derived = vnics.flatMap((vnic): JsonObject[] => {
    const [id, address, subnet, label] = ["id", "privateIp", "subnetId", "hostnameLabel"].map(
      (key) => textOf(vnic[key]),
    );
    const known = given.some((each) => each["vnicId"] === id && each["ipAddress"] === address);
    if (id === undefined || address === undefined || subnet === undefined || known) return [];
    return [
      {
        id: id.replace(".vnic.", ".privateip."),
        vnicId: id,
        subnetId: subnet,
        ipAddress: address,
        isPrimary: true,
        ...(label !== undefined && { hostnameLabel: label }),
      },
    ];
  });
  return [...given, ...derived];
}

function ipv6s(config: JsonObject, vnics: readonly JsonObject[]): JsonObject[] {
  const given = listOf(config["ipv6s"]).map(objectOf);
  const derived = vnics.flatMap((vnic) =>
    textsOf(vnic["ipv6Addresses"])
      .filter((ipAddress) => !given.some((each) => each["ipAddress"] === ipAddress))
      .map((ipAddress, i): JsonObject => ({
        id: `${textOf(vnic["id"]) ?? ""}-6-${i}`.replace(".vnic.", ".ipv6."),
        vnicId: vnic["id"] ?? "",
        subnetId: vnic["subnetId"] ?? "",
        ipAddress,
        lifecycleState: "AVAILABLE",
      })),
  );
  return [...given, ...derived];
}

/** Reserved ones are listed for the region, ephemeral ones of machines for their availability domain. */
function publicIps(
  config: JsonObject,
  vnics: readonly JsonObject[],
  privates: readonly JsonObject[],
): ScenarioAnswer[] {
  const given = listOf(config["publicIps"]).map(objectOf);
  const derived = vnics.flatMap((vnic): JsonObject[] => {
    const ipAddress = textOf(vnic["publicIp"]);
    const known = given.some((each) => each["ipAddress"] === ipAddress);
    const own = privates.find(
      (each) => each["vnicId"] === vnic["id"] && each["ipAddress"] === vnic["privateIp"],
    );
    if (ipAddress === undefined || known || !own) return [];
    const assignedEntityId = textOf(own["id"]) ?? "";
    return [
      {
        id: assignedEntityId.replace(".privateip.", ".publicip."),
        ipAddress,
        assignedEntityId,
        assignedEntityType: "PRIVATE_IP",
        lifetime: "EPHEMERAL",
        lifecycleState: "ASSIGNED",
        scope: "AVAILABILITY_DOMAIN",
        availabilityDomain: ociZone,
      },
    ];
  });
  return [...given, ...derived]
    .flatMap((each) => byCompartment([each]).map(([id]): [string, Json] => [id, each]))
    .map(([compartmentId, each]) => {
      const own = objectOf(each);
      const zone = textOf(own["availabilityDomain"]);
      const params: JsonObject =
        own["scope"] === "AVAILABILITY_DOMAIN"
          ? { scope: "AVAILABILITY_DOMAIN", availabilityDomain: zone ?? ociZone, compartmentId }
          : { scope: "REGION", compartmentId };
      return { key: JSON.stringify(params), params, each };
    })
    .reduce<{ key: string; params: JsonObject; items: Json[] }[]>((out, { key, params, each }) => {
      const known = out.find((other) => other.key === key);
      if (known) known.items.push(each);
      else out.push({ key, params, items: [each] });
      return out;
    }, [])
    .map(({ params, items }) => answer("ListPublicIps", params, items));
}

function bySubnet(items: readonly JsonObject[]): [string, Json[]][] {
  return grouped(items.map((item): [string, Json] => [textOf(item["subnetId"]) ?? "", item]));
}

function grouped(entries: readonly (readonly [string, Json])[]): [string, Json[]][] {
  const out = new Map<string, Json[]>();
  for (const [key, value] of entries) {
    const own = out.get(key) ?? [];
    own.push(value);
    out.set(key, own);
  }
  return [...out];
}
