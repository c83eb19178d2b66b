import { ipFamilies, type IpFamily, type PortRange } from "../../src/model/exposure.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { itemsIn } from "./api-targets.ts";
import { originSenders } from "./door-links.ts";
import { doorLeg, shut, toWorkload, type Door } from "./front-doors.ts";
import { admitsDistribution, urlEffect, type FunctionUrl } from "./function-urls.ts";
import { originApproaches, type OriginLand } from "./origins.ts";
import { ontoVpcOrigin, portOf } from "./vpc-origins.ts";

/** Ways through CloudFront. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html */
export function distributionApproaches(snapshot: Snapshot, land: OriginLand): Approach[] {
  return pagesOf(snapshot, "cloudfront:ListDistributions")
    .flatMap((page) => itemsIn([at(page, "DistributionList") ?? page], "Items"))
    .flatMap((node) => throughDistribution(node, land));
}

function throughDistribution(node: Node, land: OriginLand): Approach[] {
  const host = text(node, "DomainName");
  const id = text(node, "Id");
  if (host === undefined || id === undefined) return [];
  const origins = new Map(
    listIn(node, "Origins").map((each) => [text(each, "Id") ?? "", each] as const),
  );
  const groups = new Map(
    listIn(node, "OriginGroups").map((each) => [
      text(each, "Id") ?? "",
      listIn(each, "Members").flatMap((member) => text(member, "OriginId") ?? []),
    ]),
  );
  const fallback = at(node, "DefaultCacheBehavior");
  const behaviours = [...listIn(node, "CacheBehaviors"), ...(fallback ? [fallback] : [])];
  return behaviours.flatMap((behaviour) => {
    const target = text(behaviour, "TargetOriginId") ?? "";
    return (groups.get(target) ?? [target])
      .flatMap((name) => origins.get(name) ?? [])
      .flatMap((origin) =>
        entriesOf(behaviour).flatMap((entry) =>
          familiesOf(node).flatMap((family) =>
            ontoOrigin(doorOf(node, host, id, behaviour, entry, family), origin, node, land),
          ),
        ),
      );
  });
}

function listIn(node: Node, key: string): Node[] {
  const list = at(node, key);
  return list ? items(list, "Items") : [];
}

function familiesOf(node: Node): readonly IpFamily[] {
  return flag(node, "IsIPV6Enabled") === true ? ipFamilies : ["ipv4"];
}

/** A redirect to HTTPS never reaches the origin. */
function entriesOf(behaviour: Node): number[] {
  return text(behaviour, "ViewerProtocolPolicy") === "allow-all" ? [80, 443] : [443];
}

function doorOf(
  node: Node,
  host: string,
  id: string,
  behaviour: Node,
  entry: number,
  family: IpFamily,
): Door {
  const off = flag(node, "Enabled") === false;
  const own: Gate[] = off ? [shut("FRONTEND_DISABLED", id, `${id} is disabled`, node)] : [];
  const aliases = at(node, "Aliases");
  const path = text(behaviour, "PathPattern");
  const acl = text(node, "WebACLId") ?? "";
  const ports: PortRange = { from: entry, to: entry };
  return {
    family,
    protocol: ["tcp"],
    via: [host],
    legs: [doorLeg(family, host, node, own, `${id} serves ${host}`)],
    entry: {
      address: host,
      hosts: aliases ? texts(aliases, "Items") : [],
      paths: path === undefined || path === "*" ? [] : [path.startsWith("/") ? path : `/${path}`],
      tls: entry === 443 ? "https" : "http",
    },
    entryPorts: ports,
    authGate: gateOf(node, behaviour),
    assumptions: [
      ...(acl === ""
        ? []
        : [`the web ACL of ${id} is not evaluated: it is taken to let requests pass`]),
      ...restrictions(node, id),
    ],
  };
}

function gateOf(node: Node, behaviour: Node): Door["authGate"] {
  const signed = ["TrustedKeyGroups", "TrustedSigners"].some((key) => {
    const list = at(behaviour, key);
    return list !== undefined && flag(list, "Enabled") === true;
  });
  if (signed) return "signed-url";
  const mtls = at(node, "ViewerMtlsConfig");
  return mtls && text(mtls, "Mode") === "required" ? "mtls" : "none";
}

function restrictions(node: Node, id: string): string[] {
  const all = at(node, "Restrictions");
  const geo = all && at(all, "GeoRestriction");
  const type = geo && text(geo, "RestrictionType");
  return type === undefined || type === "none"
    ? []
    : [`${id} admits clients of some countries only`];
}

function ontoOrigin(door: Door, origin: Node, distribution: Node, land: OriginLand): Approach[] {
  const inside = at(origin, "VpcOriginConfig");
  const vpcOrigin = inside && text(inside, "VpcOriginId");
  if (vpcOrigin !== undefined) return ontoVpcOrigin(door, vpcOrigin, land);
  const custom = at(origin, "CustomOriginConfig");
  const host = text(origin, "DomainName");
  if (!custom || host === undefined) return [];
  const signs = (text(origin, "OriginAccessControlId") ?? "") !== "";
  const arn = text(distribution, "ARN") ?? "";
  const sender = originSenders(land.network, "cloudfront");
  const onto = (url: FunctionUrl, from: Door): Approach[] =>
    ontoUrl(url, from, signs ? arn : undefined);
  return originApproaches(door, { host, ...portOf(custom, door.entryPorts), sender, onto }, land);
}

/** With an access control the distribution signs for everyone who asks it, so the function's own gate is passed. */
function ontoUrl(url: FunctionUrl, door: Door, signer: string | undefined): Approach[] {
  const via = [...door.via, "lambda-url"];
  if (url.auth === "NONE" || signer === undefined) {
    const { gates, assumptions = [] } = urlEffect(url, door.family);
    const authGate = url.auth === "NONE" ? door.authGate : "iam";
    const all = { ...door, via, authGate, assumptions: [...door.assumptions, ...assumptions] };
    return [toWorkload(all, url.workload, 443, gates)];
  }
  const admits = admitsDistribution(url, signer);
  const { name } = url.workload;
  const because = `the resource policy of ${name} does not admit ${signer}`;
  const code = "RESOURCE_POLICY_NOT_PUBLIC";
  const gates: Gate[] =
    admits === true
      ? []
      : admits === false
        ? [shut(code, name, because, url.node)]
        : [
            {
              kind: "unread",
              limit: true,
              code,
              id: name,
              because: `whether the resource policy of ${name} admits ${signer} is unknown`,
              source: sourceOf(url.node),
            },
          ];
  return [toWorkload({ ...door, via }, url.workload, 443, gates)];
}
