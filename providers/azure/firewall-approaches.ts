import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg, Peer } from "../../src/model/network.ts";
import { clientSpace } from "../../src/net/client-space.ts";
import {
  covers,
  intersect,
  isEmpty,
  subtract,
  toCidrs,
  type PrefixSet,
} from "../../src/net/prefix-set.ts";
import { grouped, sourceOf } from "../reader.ts";
import type { Firewall, NetworkRule, Translation } from "./firewalls.ts";
import type { InnerDoors } from "./gateway-approaches.ts";
import { listGate, unserved, type Landscape } from "./landscape.ts";
import { client, closed, nobody, stateAssumptions } from "./legs.ts";
import { keyOf } from "./pages.ts";
import { familyOf, joined, setFrom } from "./prefixes.ts";
import { receiversAt, senderIn, type Onward, type Sender } from "./receivers.ts";
import { connected } from "./virtual-networks.ts";
import { throughInside, throughWeb } from "./web-targets.ts";

interface Door {
  /** Absent = not known. */
  readonly address?: string;
  readonly name?: string;
  readonly unread?: string;
}

/** Ways that a firewall's destination translations open. */
export function firewallApproaches(
  firewall: Firewall,
  land: Landscape,
  inner: InnerDoors,
): Approach[] {
  const doors = doorsOf(firewall, land);
  const { name, subnet, privateAddresses, node } = firewall;
  const unread = doors.find((door) => door.unread !== undefined)?.unread;
  const sender: Sender = {
    ...senderIn(name, subnet, privateAddresses, node, land),
    publicAddresses: doors.flatMap(({ address }) => address ?? []),
    ...(unread !== undefined && { publicUnread: unread }),
  };
  const found = doors.flatMap((door) =>
    firewall.translations.flatMap((rule, i) =>
      throughRule({ firewall, door, sender, land, inner }, rule, firewall.translations.slice(0, i)),
    ),
  );
  return [...found.map(({ approach }) => approach), ...missed(firewall, found, land)];
}

interface Place {
  readonly firewall: Firewall;
  readonly door: Door;
  readonly sender: Sender;
  readonly land: Landscape;
  readonly inner: InnerDoors;
}

interface Found {
  readonly approach: Approach;
  readonly onward: Onward;
}

function doorsOf({ publicIds, publicAddresses }: Firewall, { addresses }: Landscape): Door[] {
  const own = publicIds.map(addresses);
  const unread = own.find(
    (each) => each.address === undefined && each.unread !== undefined,
  )?.unread;
  return [
    ...own.flatMap(({ address, name }): Door[] =>
      address === undefined ? [] : [{ address, ...(name !== undefined && { name }) }],
    ),
    ...publicAddresses.map((address) => ({ address })),
    ...(unread === undefined ? [] : [{ unread }]),
  ];
}

/** Translations are written for the firewall's own addresses: one that is not listed is taken to be what a rule names. */
function throughRule(place: Place, rule: Translation, before: readonly Translation[]): Found[] {
  const { door, sender, land, inner } = place;
  if (door.address !== undefined && !holds(rule, door.address)) return [];
  return rule.protocols.flatMap((protocol) =>
    rule.entries.flatMap((entry) => {
      const port = rule.port ?? (entry.from === entry.to ? entry.from : undefined);
      const onwards = [
        ...(rule.address === undefined
          ? []
          : receiversAt(rule.address, port, protocol, sender, land)),
        ...(rule.address === undefined || protocol !== "tcp"
          ? []
          : [
              ...inner(rule.address, port, sender),
              ...(isWeb(port) ? throughInside(rule.address, undefined, sender, land) : []),
            ]),
        ...(rule.host === undefined ? [] : throughWeb(rule.host, sender, land)),
      ];
      return onwards.map((onward) => ({
        onward,
        approach: approachOf(place, rule, before, { protocol, entry }, onward),
      }));
    }),
  );
}

/** Ports on which platforms answer inside of networks. */
function isWeb(port: number | undefined): boolean {
  return port === 443 || port === 80;
}

function approachOf(
  { firewall, door, land }: Place,
  rule: Translation,
  before: readonly Translation[],
  { protocol, entry }: { readonly protocol: TransportProtocol; readonly entry: PortRange },
  onward: Onward,
): Approach {
  const [named] = rule.destinations;
  const address = door.address ?? (rule.destinations.length === 1 ? hostIn(named) : undefined);
  const family = familyOf(address ?? "");
  const taken = before.filter(
    (each) =>
      each.protocols.includes(protocol) &&
      sameDoor(each, rule, address) &&
      each.entries.some(({ from, to }) => from <= entry.from && entry.to <= to),
  );
  const sources = setFrom(family, rule.unread === undefined ? rule.sources : ["0.0.0.0/0", "::/0"]);
  const left = subtract(
    sources,
    joined(
      family,
      taken.map((each) => setFrom(family, each.sources)),
    ),
  );
  const front: Leg = {
    family,
    from: client,
    to: nobody,
    own: [
      ...nobodyLeft(firewall, rule, left),
      ...denials(firewall, rule, protocol, onward, land),
      ...unreadGate(firewall, rule),
      ...hiddenDenials(firewall),
    ],
    stop: {
      kind: "balancer",
      id: firewall.name,
      because: `${rule.name} of ${firewall.name} translates ${address ?? "its address"} to ${rule.address ?? rule.host ?? "?"}`,
      source: sourceOf(rule.node),
    },
  };
  return {
    workload: onward.workload.id,
    protocol: [protocol],
    via: [firewall.name, ...onward.via],
    family,
    entryPorts: entry,
    legs: [front, ...onward.legs],
    entry: {
      ...(address !== undefined && { address }),
      hosts: door.name === undefined ? [] : [door.name],
      paths: [],
      tls: "unknown",
    },
    backendTls: "unknown",
    authGate: onward.authGate ?? "none",
    clients: toCidrs(left),
    assumptions: assumptionsOf(firewall, door, rule, onward),
  };
}

function assumptionsOf(
  firewall: Firewall,
  { unread }: Door,
  { name }: Translation,
  onward: Onward,
): string[] {
  const spoke = `the network of ${onward.workload.name} is taken to be connected to the hub of ${firewall.name}`;
  return [
    ...stateAssumptions(onward.workload),
    ...(onward.assumptions ?? []),
    ...(firewall.subnet === undefined ? [spoke] : []),
    ...(unread === undefined ? [] : [`${unread}, and taken to be what ${name} names`]),
  ];
}

/** Destinations that could not be read may be any. */
function holds(
  { destinations, unread }: Pick<Translation, "destinations" | "unread">,
  address: string,
): boolean {
  return covers(destinations, address) || (destinations.length === 0 && unread !== undefined);
}

/** Whether a translation before it takes what is dialled. */
function sameDoor(before: Translation, rule: Translation, address: string | undefined): boolean {
  return address === undefined
    ? rule.destinations.length > 0 &&
        rule.destinations.every((each) => covers(before.destinations, each))
    : covers(before.destinations, address);
}

function hostIn(cidr: string | undefined): string | undefined {
  return cidr?.replace(/\/32$/, "").match(/^[\d.]+$/)?.[0];
}

/** Every client is taken by a translation before it, or is none that the rule lists. */
function nobodyLeft(firewall: Firewall, rule: Translation, left: PrefixSet): Gate[] {
  if (!isEmpty(intersect(left, clientSpace("azure", left.family)))) return [];
  const because = `${rule.name} of ${firewall.name} takes nothing from the internet`;
  return [closed("MIDDLEBOX_DENY", firewall.name, because, rule.node)];
}

/** Senders that are not known may be anyone: whether they are is not said. */
function unreadGate({ node }: Firewall, { unread, name }: Translation): Gate[] {
  if (unread === undefined) return [];
  const code = "MIDDLEBOX_DENY";
  return [
    { kind: "unread", limit: false, code, id: name, source: sourceOf(node), because: unread },
  ];
}

/** Rules that were not read could deny what a translation lets in. */
function hiddenDenials({ name, unread, node }: Firewall): Gate[] {
  if (unread === undefined) return [];
  const code = "MIDDLEBOX_DENY";
  return [{ kind: "unread", limit: true, code, id: name, source: sourceOf(node), because: unread }];
}

/** A translation brings its own allow; only a network rule that denies the translated packet is before it. */
function denials(
  { name, networkRules, node }: Firewall,
  { address }: Translation,
  protocol: TransportProtocol,
  { port }: Onward,
  { network }: Landscape,
): Gate[] {
  const fitting = networkRules.filter(
    (rule: NetworkRule) =>
      address !== undefined &&
      rule.protocols.includes(protocol) &&
      holds(rule, address) &&
      rule.entries.some(({ from, to }) => port !== undefined && from <= port && port <= to),
  );
  if (!fitting.some(({ action }) => action === "deny")) return [];
  const code = "MIDDLEBOX_DENY";
  const facts = { id: name, code, denied: code, otherwise: "allow", node } as const;
  return [
    listGate(
      network,
      facts,
      fitting.map((rule) => ({
        id: `${name}/${rule.name}`,
        action: rule.action,
        peers: peersOf(rule),
        source: sourceOf(rule.node),
      })),
    ),
  ];
}

function peersOf({ sources, unread }: NetworkRule): Peer[] {
  const known = sources.map((cidr): Peer => ({ kind: "prefix", cidr }));
  return unread === undefined ? known : [...known, { kind: "unknown", because: unread }];
}

/** Machines that the firewall could lead to, and has no translation for. */
function missed(firewall: Firewall, found: readonly Found[], land: Landscape): Approach[] {
  const home = land.network.subnets.get(keyOf(firewall.subnet ?? ""));
  if (!home || firewall.publicIds.length === 0) return [];
  const { name, node, unread } = firewall;
  const near = land.interfaces.all.filter((each) => {
    const own = land.network.subnets.get(keyOf(each.subnet));
    return own && connected(home.network, own.network);
  });
  const ports = grouped(
    found.map(({ onward, approach }) => [
      onward.workload.id,
      onward.port === undefined ? approach.entryPorts : { from: onward.port, to: onward.port },
    ]),
  );
  const machines = new Set(near.map(({ machine }) => keyOf(machine)));
  return [...machines].flatMap((key) => {
    const workload = land.workloads.get(key);
    if (!workload) return [];
    const used = ports.get(workload.id) ?? [];
    return unserved(workload, { name, node, ...(unread !== undefined && { unread }) }, used);
  });
}
