import { ipFamilies, type IpFamily, type PortRange } from "../../src/model/exposure.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, listed, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { itemsIn } from "./api-targets.ts";
import { originSenders } from "./door-links.ts";
import { doorLeg, shut, toWorkload, type Door } from "./front-doors.ts";
import { admitsDistribution, urlEffect, type FunctionUrl } from "./function-urls.ts";
import { originApproaches, type OriginLand } from "./origins.ts";
import { gapIn } from "./pages.ts";
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
  const front = frontOf(node, host, id, land);
  const behaviours = [...listIn(node, "CacheBehaviors"), ...(fallback ? [fallback] : [])];
  return behaviours.flatMap((behaviour) => {
    const target = text(behaviour, "TargetOriginId") ?? "";
    return (groups.get(target) ?? [target])
      .flatMap((name) => origins.get(name) ?? [])
      .flatMap((origin) =>
        entriesOf(behaviour).flatMap((entry) =>
          familiesOf(node).flatMap((family) =>
            ontoOrigin(doorOf(node, host, id, behaviour, entry, family, front), origin, node, land),
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
  { names, gates }: Front,
): Door {
  const path = text(behaviour, "PathPattern");
  const acl = text(node, "WebACLId") ?? "";
  const ports: PortRange = { from: entry, to: entry };
  return {
    family,
    protocol: ["tcp"],
    via: [host],
    legs: [doorLeg(family, host, node, gates, `${id} serves ${host}`)],
    entry: {
      ...names,
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
      ...viewerFunctions(behaviour, id),
    ],
  };
}

/** Names that viewers dial, and what keeps them from being served. */
interface Front {
  readonly names: Pick<Door["entry"], "address" | "hosts">;
  readonly gates: readonly Gate[];
}

function frontOf(node: Node, host: string, id: string, land: OriginLand): Front {
  const off = flag(node, "Enabled") === false;
  const gates: Gate[] = off ? [shut("FRONTEND_DISABLED", id, `${id} is disabled`, node)] : [];
  if (text(node, "ConnectionMode") === "tenant-only") return tenantsOf(node, id, land, gates);
  const aliases = at(node, "Aliases");
  return { names: { address: host, hosts: aliases ? texts(aliases, "Items") : [] }, gates };
}

/**
 * A distribution for tenants has no name of its own that viewers can use, but those of its tenants.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-config-options.html
 */
function tenantsOf(node: Node, id: string, { network }: OriginLand, own: readonly Gate[]): Front {
  const { snapshot } = network;
  const call = "cloudfront:ListDistributionTenants";
  const code = "FRONTEND_DISABLED";
  const hosts = listed(snapshot, call, "DistributionTenantList")
    .filter((each) => text(each, "DistributionId") === id && flag(each, "Enabled") !== false)
    .flatMap((each) => items(each, "Domains"))
    .flatMap((each) => text(each, "Domain") ?? []);
  const names = { hosts };
  if (hosts.length > 0) return { names, gates: own };
  if (!gapIn(snapshot, call)) {
    const because = `${id} has no tenant that is enabled`;
    return { names, gates: [...own, shut(code, id, because, node)] };
  }
  const because = `${call} was not read: the names of ${id} are unknown`;
  const source = sourceOf(node);
  return { names, gates: [...own, { kind: "unread", limit: false, code, id, because, source }] };
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

/** Code that sees a request first may refuse it. */
function viewerFunctions(behaviour: Node, id: string): string[] {
  const all = [
    ...listIn(behaviour, "FunctionAssociations"),
    ...listIn(behaviour, "LambdaFunctionAssociations"),
  ];
  return all.some((each) => text(each, "EventType") === "viewer-request")
    ? [`the function that ${id} asks about each request is taken to let it pass`]
    : [];
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
