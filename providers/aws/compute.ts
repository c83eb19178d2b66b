import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg, Party } from "../../src/model/network.ts";
import type { IdentityLink } from "../../src/model/identity.ts";
import type { Source } from "../../src/model/finding.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import {
  at,
  items,
  listed,
  number,
  pagesOf,
  sourceOf,
  tagsOf,
  text,
  type Node,
} from "../reader.ts";
import { directApproach } from "../direct-approach.ts";
import type { Interface, InterfaceAddress, Interfaces } from "./interfaces.ts";
import { internetGates, type AwsNetwork } from "./network.ts";
import { gapIn } from "./pages.ts";

export type LinksOf = (
  instanceProfileArn: string | undefined,
  source: Source,
) => readonly IdentityLink[];

const stoppedStates: ReadonlySet<string> = new Set([
  "stopped",
  "stopping",
  "shutting-down",
  "terminated",
]);

/** Instances, with what their descriptions say about what runs on them. */
export function instances(snapshot: Snapshot, known: Interfaces, linksOf: LinksOf): Workload[] {
  const data = userData(snapshot);
  const seen = listed(snapshot, "ec2:DescribeInstances", "Reservations")
    .flatMap((reservation) => items(reservation, "Instances"))
    .flatMap((node) => toWorkload(node, snapshot, data, linksOf));
  return [...seen, ...unlisted(snapshot, known, new Set(seen.map(({ id }) => id)))];
}

function toWorkload(
  node: Node,
  snapshot: Snapshot,
  data: Map<string, Node>,
  linksOf: LinksOf,
): Workload[] {
  const id = text(node, "InstanceId");
  if (id === undefined) return [];
  const state = at(node, "State");
  const profile = at(node, "IamInstanceProfile");
  const script = data.get(id);
  const value = script && text(script, "Value");
  const tags = tagsOf(node);
  const source = sourceOf(node);
  return [
    {
      id,
      name: tags["Name"] ?? id,
      kind: "instance",
      tags,
      provider: "aws",
      scope: snapshot.scope.id,
      region: node.page.region,
      state: stoppedStates.has((state && text(state, "Name")) ?? "") ? "stopped" : "running",
      identities: linksOf(profile && text(profile, "Arn"), sourceOf(profile ?? node)),
      texts:
        script && value !== undefined
          ? [{ kind: "user-data", text: value, source: sourceOf(script) }]
          : [],
      ...metadataOf(node),
      source,
    },
  ];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsResponse.html */
function metadataOf(node: Node): Pick<Workload, "metadataService"> {
  const options = at(node, "MetadataOptions");
  const tokens = options && text(options, "HttpTokens");
  if (!options || (tokens !== "optional" && tokens !== "required")) return {};
  const hopLimit = number(options, "HttpPutResponseHopLimit");
  return {
    metadataService: {
      state: text(options, "HttpEndpoint") === "disabled" ? "off" : "on",
      legacy: tokens === "optional" ? "answered" : "refused",
      ...(hopLimit !== undefined && { hopLimit }),
      source: sourceOf(options),
    },
  };
}

/** When instances could not be listed, their interfaces still tell that they exist. */
function unlisted(
  snapshot: Snapshot,
  { byInstance }: Interfaces,
  seen: ReadonlySet<string>,
): Workload[] {
  return [...byInstance].flatMap(([id, [first]]): Workload[] => {
    const node = first?.node;
    if (seen.has(id) || !node || !gapIn(snapshot, "ec2:DescribeInstances", {}, node.page.region))
      return [];
    return [
      {
        id,
        name: id,
        kind: "instance",
        tags: {},
        provider: "aws",
        scope: snapshot.scope.id,
        region: node.page.region,
        state: "unknown",
        identities: [],
        texts: [],
        source: sourceOf(node),
      },
    ];
  });
}

function userData(snapshot: Snapshot): Map<string, Node> {
  return new Map(
    pagesOf(snapshot, "ec2:DescribeInstanceAttribute").flatMap((page): [string, Node][] => {
      const id = page.page.params["InstanceId"];
      const data = at(page, "UserData");
      return typeof id === "string" && data ? [[id, data]] : [];
    }),
  );
}

const nobody: Party = { addresses: [], groups: [] };

/** The ways from the internet straight to an interface: one an address that can be dialled. */
export function directApproaches(
  workload: Workload,
  own: readonly Interface[],
  network: AwsNetwork,
): Approach[] {
  return own.flatMap((each) =>
    (["ipv4", "ipv6"] as const).flatMap((family) => {
      const addresses = each.addresses.filter((address) => address.family === family);
      const open = addresses.filter((address) => address.public !== undefined);
      return (open.length > 0 ? open : addresses.slice(0, 1)).map((address) =>
        direct(workload, each, address, network),
      );
    }),
  );
}

function direct(
  workload: Workload,
  each: Interface,
  address: InterfaceAddress,
  network: AwsNetwork,
): Approach {
  const { family } = address;
  const stop: Leg["stop"] = {
    kind: "workload",
    id: workload.id,
    because: `${each.id} delivers to ${workload.id}`,
    source: workload.source,
  };
  const chain = network.chain(`internet|${each.subnet}|${each.groups.join(",")}`, () =>
    internetGates(network, each.subnet, { ids: each.groups, code: "SG_NO_MATCH", node: each.node }),
  );
  const request: Leg = {
    family,
    from: { addresses: "client", groups: [] },
    to: nobody,
    own: [addressGate(each, address)],
    chain,
    stop,
  };
  return directApproach({
    workload: workload.id,
    family,
    legs: [request, ...stateLegs(workload, request)],
    address: address.public,
    assumptions:
      workload.state === "unknown"
        ? ["ec2:DescribeInstances was not read: the instance is taken to run"]
        : [],
  });
}

function addressGate({ id, node }: Interface, address: InterfaceAddress): Gate {
  const open = address.public !== undefined;
  return {
    kind: "state",
    code: "NO_PUBLIC_ADDRESS",
    id,
    open,
    because: open
      ? `${address.public} is an address of ${id}`
      : `${id} has no public ${address.family === "ipv4" ? "IPv4" : "IPv6"} address`,
    source: sourceOf(node),
  };
}

/** A stopped instance keeps its exposure latent; the state comes last, since everything before it still passes. */
export function stateGate({ id, state, source }: Workload): Gate[] {
  if (state !== "stopped") return [];
  return [
    {
      kind: "state",
      code: "INSTANCE_NOT_RUNNING",
      id,
      open: false,
      latent: true,
      because: `${id} is not running`,
      source,
    },
  ];
}

function stateLegs(workload: Workload, request: Leg): Leg[] {
  const own = stateGate(workload);
  if (own.length === 0) return [];
  const { family, from, to, stop } = request;
  return [{ family, from, to, stop, own }];
}
