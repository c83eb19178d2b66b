import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Gate, Peer, Rule } from "../../src/model/network.ts";
import { covers } from "../../src/net/prefix-set.ts";
import { at, items, number, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import type { OciNetwork } from "./network.ts";
import { elements, gapIn } from "./pages.ts";
import { kindOf } from "./route-tables.ts";
import { everyPort } from "./rule-sets.ts";

const prefix = "networkfirewall";

/** A network firewall is judged by its policy; what a foreign appliance filters cannot be read. */
export function firewallGate(
  network: OciNetwork,
  machine: string,
  targets: readonly string[],
  near: Node,
): Gate {
  const firewall = firewallAt(network, machine);
  const id = (firewall && text(firewall, "id")) ?? machine;
  const common = { code: "MIDDLEBOX_DENY", id, source: sourceOf(firewall ?? near) } as const;
  const policy = firewall && text(firewall, "networkFirewallPolicyId");
  const call = firewall ? unreadPart(network, policy ?? "") : unreadList(network, near);
  if (call !== undefined) {
    const because = `${call} was not read: what ${id} filters is unknown`;
    return { ...common, kind: "unread", limit: false, because };
  }
  if (policy === undefined) {
    const shut = closedMachine(network, machine, near);
    if (shut) return { ...common, ...shut, kind: "state", open: false };
    const because = `${id} is taken to let the traffic pass: what it filters cannot be read`;
    return { ...common, kind: "unread", limit: true, because };
  }
  const set = `${policy}@${targets.join(",")}`;
  if (!network.sets.has(set))
    network.sets.set(set, { ...common, id: set, rules: rulesOf(network, policy, targets) });
  return {
    ...common,
    kind: "rules",
    match: "first",
    ruleSets: [set],
    peer: "from",
    port: "dialled",
  };
}

/** A machine that is gone, or that must not forward. */
function closedMachine(
  { snapshot, privateIps, endpoints }: OciNetwork,
  machine: string,
  near: Node,
): { code: "ROUTE_BLACKHOLE" | "MIDDLEBOX_DENY"; because: string } | undefined {
  const address = privateIps.get(machine);
  const call = kindOf(machine) === "ipv6" ? "core:ListIpv6s" : "core:ListPrivateIps";
  const lists = [call, "core:ListSubnets", "identity:ListCompartments"];
  if (!address && !lists.some((each) => gapIn(snapshot, each, {}, near.page.region)))
    return { code: "ROUTE_BLACKHOLE", because: `${machine} is gone, and routes still lead to it` };
  const vnic = address && text(address, "vnicId");
  return vnic !== undefined && endpoints.has(vnic)
    ? { code: "MIDDLEBOX_DENY", because: `${vnic} drops what is not addressed to it` }
    : undefined;
}

/** The network firewall that has a private address, given by its id. */
export function firewallAt(
  { snapshot, privateIps }: OciNetwork,
  machine: string,
): Node | undefined {
  const address = privateIps.get(machine);
  const ip = address && text(address, "ipAddress");
  return elements(snapshot, `${prefix}:ListNetworkFirewalls`).find(
    (node) =>
      ip !== undefined &&
      !["DELETED", "DELETING"].includes(text(node, "lifecycleState") ?? "") &&
      [text(node, "ipv4Address"), text(node, "ipv6Address")].includes(ip) &&
      text(node, "subnetId") === (address && text(address, "subnetId")),
  );
}

export function unreadList({ snapshot }: OciNetwork, near: Node): string | undefined {
  const call = `${prefix}:ListNetworkFirewalls`;
  return gapIn(snapshot, call, {}, near.page.region) ? call : undefined;
}

const parts = ["SecurityRule", "ServiceList", "Service", "AddressList"] as const;

function unreadPart({ snapshot }: OciNetwork, policy: string): string | undefined {
  const params = { networkFirewallPolicyId: policy };
  return parts
    .flatMap((part) => [`${prefix}:List${part}s`, `${prefix}:Get${part}`])
    .find((call) => gapIn(snapshot, call, params));
}

/** Rules in the order of their priority; what none of them matches is dropped. */
function rulesOf(network: OciNetwork, policy: string, targets: readonly string[]): Rule[] {
  const order = new Map(
    pagesOf(network.snapshot, `${prefix}:ListSecurityRules`)
      .filter(({ page }) => page.params["networkFirewallPolicyId"] === policy)
      .flatMap((page) => items(page, "items"))
      .map((rule) => [text(rule, "name") ?? "", number(rule, "priorityOrder") ?? 0]),
  );
  return named(network, "SecurityRule", policy)
    .toSorted(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .flatMap(([name, rule]) => toRules(network, policy, name, rule, targets));
}

function named(network: OciNetwork, part: string, policy: string): [string, Node][] {
  return pagesOf(network.snapshot, `${prefix}:Get${part}`)
    .filter(({ page }) => page.params["networkFirewallPolicyId"] === policy)
    .map((node) => [text(node, "name") ?? "", node]);
}

/** https://docs.oracle.com/en-us/iaas/Content/network-firewall/policies-reqs.htm: an empty list matches everything. */
function toRules(
  network: OciNetwork,
  policy: string,
  name: string,
  rule: Node,
  targets: readonly string[],
): Rule[] {
  const condition = at(rule, "condition") ?? rule;
  const receivers = addressesOf(network, policy, texts(condition, "destinationAddress"));
  if (receivers && !targets.some((address) => covers(receivers, address))) return [];
  const senders = addressesOf(network, policy, texts(condition, "sourceAddress"));
  const services = texts(condition, "service");
  const applications = texts(condition, "application");
  // Applications are kinds of ICMP messages: https://docs.oracle.com/en-us/iaas/Content/network-firewall/application-create.htm
  if (applications.length > 0 && services.length === 0) return [];
  const deep = [...applications, ...texts(condition, "url")];
  const because = `${name} of ${policy} looks at ${deep.join(", ")}`;
  const peers: Peer[] =
    deep.length > 0
      ? [{ kind: "unknown", because }]
      : (senders ?? ["0.0.0.0/0", "::/0"]).map((cidr): Peer => ({ kind: "prefix", cidr }));
  const action = ["ALLOW", "INSPECT"].includes(text(rule, "action") ?? "") ? "allow" : "deny";
  return servicesOf(network, policy, services).map((service): Rule =>
    Object.assign(
      { id: `${policy}#${name}`, action, peers, source: sourceOf(rule) } as const,
      service,
    ),
  );
}

/** Undefined when any address matches. */
function addressesOf(
  network: OciNetwork,
  policy: string,
  lists: readonly string[],
): string[] | undefined {
  if (lists.length === 0) return undefined;
  return named(network, "AddressList", policy)
    .filter(([name]) => lists.includes(name))
    .flatMap(([, list]) => texts(list, "addresses"));
}

interface Service {
  readonly protocol: TransportProtocol | "any";
  readonly ports: PortRange;
}

function servicesOf(network: OciNetwork, policy: string, lists: readonly string[]): Service[] {
  if (lists.length === 0) return [{ protocol: "any", ports: everyPort }];
  const wanted = new Set(
    named(network, "ServiceList", policy)
      .filter(([name]) => lists.includes(name))
      .flatMap(([, list]) => texts(list, "services")),
  );
  return named(network, "Service", policy)
    .filter(([name]) => wanted.has(name))
    .flatMap(([, service]) =>
      items(service, "portRanges").flatMap((range): Service[] => {
        const from = number(range, "minimumPort");
        if (from === undefined) return [];
        const protocol = text(service, "type") === "UDP_SERVICE" ? "udp" : "tcp";
        return [{ protocol, ports: { from, to: number(range, "maximumPort") ?? from } }];
      }),
    );
}
