import { numberOf, objectOf, textOf, textsOf } from "../../src/conformance/read-json.ts";
import type { JsonObject } from "../../src/model/json.ts";
import {
  aclAllows,
  groupAllows,
  interestingPorts,
  running,
  throughGateway,
} from "./brute-gates.ts";
import { call, groupsOf, list, rows, within, type Packet, type World } from "./brute-raw.ts";

/** Through a listener of a balancer to one of its targets. */
export function balanced(world: World, packet: Packet, clientPort: number): boolean {
  const balancer = list(world, "elbv2", "DescribeLoadBalancers", "LoadBalancers").find(
    (each) => each["LoadBalancerName"] === packet.via,
  );
  if (!balancer || !running(world, packet.workload)) return false;
  const arn = textOf(balancer["LoadBalancerArn"]) ?? "";
  const dual = balancer["IpAddressType"] === "dualstack";
  if (balancer["Scheme"] !== "internet-facing" || (packet.family === "ipv6" && !dual)) return false;
  const enis = list(world, "ec2", "DescribeNetworkInterfaces", "NetworkInterfaces");
  const nodes = enis.filter((eni) => eni["Description"] === `ELB ${arn.split("loadbalancer/")[1]}`);
  const groups = textsOf(balancer["SecurityGroups"]);
  const listener = rows(call(world, "elbv2", "DescribeListeners", arn), "Listeners").find(
    (each) =>
      each["Port"] === packet.entryPort && carries(textOf(each["Protocol"]), packet.protocol),
  );
  if (!listener) return false;
  const usable = nodes.filter(
    (node) =>
      throughGateway(world, packet, textOf(node["SubnetId"]) ?? "", packet.entryPort, clientPort) &&
      (groups.length === 0 ||
        groups.some((id) =>
          groupAllows(world, id, "IpPermissions", packet.client, [], {
            protocol: packet.protocol,
            port: packet.entryPort,
          }),
        )),
  );
  return chosenGroups(world, listener, packet.client).some((group) =>
    usable.some((node) => reachesTarget(world, { balancer, node, group, packet, clientPort })),
  );
}

function carries(listener: string | undefined, protocol: string): boolean {
  if (listener === "TCP_UDP") return true;
  return listener === "UDP" ? protocol === "udp" : protocol === "tcp";
}

/** Groups that some request of this client is forwarded to: every host and path is tried. */
function chosenGroups(world: World, listener: JsonObject, client: string): string[] {
  const out = new Set<string>();
  const answer = call(world, "elbv2", "DescribeRules", textOf(listener["ListenerArn"]) ?? "");
  const rules = rows(answer, "Rules").filter((rule) => rule["Priority"] !== "default");
  const sorted = rules.toSorted((a, b) => Number(a["Priority"]) - Number(b["Priority"]));
  for (const host of ["a.example.com", "b.example.com", "other.example.com"])
    for (const path of ["/mcp", "/admin", "/other"]) {
      const rule = sorted.find((each) =>
        rows(each, "Conditions").every((condition) => holds(condition, { client, host, path })),
      );
      const actions = rule ? rows(rule, "Actions") : rows(listener, "DefaultActions");
      for (const group of actions.flatMap(groupsOfAction)) out.add(group);
    }
  return [...out];
}

function groupsOfAction(action: JsonObject): string[] {
  if (action["Type"] !== "forward") return [];
  const weighted = rows(objectOf(action["ForwardConfig"]), "TargetGroups");
  const single = textOf(action["TargetGroupArn"]);
  if (weighted.length === 0) return single === undefined ? [] : [single];
  return weighted
    .filter((each) => (numberOf(each["Weight"]) ?? 1) > 0)
    .flatMap((each) => textOf(each["TargetGroupArn"]) ?? []);
}

function holds(
  condition: JsonObject,
  request: { readonly client: string; readonly host: string; readonly path: string },
): boolean {
  const config = (key: string): string[] => textsOf(objectOf(condition[key])["Values"]);
  if (condition["Field"] === "source-ip")
    return config("SourceIpConfig").some((cidr) => within(request.client, cidr));
  if (condition["Field"] === "host-header")
    return config("HostHeaderConfig").some((each) => each === "*" || each === request.host);
  return config("PathPatternConfig").some((each) => each === "/*" || each === request.path);
}

interface Hop {
  readonly balancer: JsonObject;
  readonly node: JsonObject;
  readonly group: string;
  readonly packet: Packet;
  readonly clientPort: number;
}

function reachesTarget(world: World, hop: Hop): boolean {
  const { balancer, node, packet } = hop;
  const group = list(world, "elbv2", "DescribeTargetGroups", "TargetGroups").find(
    (each) => each["TargetGroupArn"] === hop.group,
  );
  if (!group) return false;
  const attributes = (command: string, arn: string): Map<string, string> =>
    new Map(
      rows(call(world, "elbv2", command, arn), "Attributes").map((each) => [
        textOf(each["Key"]) ?? "",
        textOf(each["Value"]) ?? "",
      ]),
    );
  const own = attributes("DescribeTargetGroupAttributes", hop.group);
  const lbArn = textOf(balancer["LoadBalancerArn"]) ?? "";
  const network = balancer["Type"] === "network";
  const cross = "load_balancing.cross_zone.enabled";
  const lbCross =
    attributes("DescribeLoadBalancerAttributes", lbArn).get(cross) ?? String(!network);
  const groupCross = own.get(cross) ?? "use_load_balancer_configuration";
  const crosses = (groupCross.startsWith("use_") ? lbCross : groupCross) === "true";
  const udp = /UDP/.test(textOf(group["Protocol"]) ?? "");
  const preserve =
    network &&
    packet.family === "ipv4" &&
    (udp ||
      (own.get("preserve_client_ip.enabled") ?? String(group["TargetType"] !== "ip")) === "true");
  const health = rows(
    call(world, "elbv2", "DescribeTargetHealth", hop.group),
    "TargetHealthDescriptions",
  );
  const stateOf = (each: JsonObject): string =>
    textOf(objectOf(each["TargetHealth"])["State"]) ?? "";
  const someHealthy = health.some((each) => stateOf(each) === "healthy");
  const zones = new Set(rows(balancer, "AvailabilityZones").map((each) => each["ZoneName"]));
  return health.some((each) => {
    const target = objectOf(each["Target"]);
    const eni = targetInterface(world, textOf(group["TargetType"]), textOf(target["Id"]) ?? "");
    if (!eni || objectOf(eni["Attachment"])["InstanceId"] !== packet.workload) return false;
    const port = numberOf(target["Port"]) ?? numberOf(group["Port"]);
    const zone = eni["AvailabilityZone"];
    const inZone = zones.has(zone) && (crosses || node["AvailabilityZone"] === zone);
    if (port !== packet.port || !inZone || !inService(stateOf(each), someHealthy)) return false;
    const address = group["TargetType"] === "ip" ? target["Id"] : eni["PrivateIpAddress"];
    return lastLeg(world, hop, eni, textOf(address) ?? "", port, preserve);
  });
}

/** Unhealthy targets serve only while none is healthy. */
function inService(state: string, someHealthy: boolean): boolean {
  return state === "healthy" || (state === "unhealthy" && !someHealthy);
}

function targetInterface(world: World, type: string | undefined, id: string) {
  const enis = list(world, "ec2", "DescribeNetworkInterfaces", "NetworkInterfaces");
  return enis.find((eni) =>
    type === "ip"
      ? rows(eni, "PrivateIpAddresses").some((each) => each["PrivateIpAddress"] === id)
      : objectOf(eni["Attachment"])["InstanceId"] === id &&
        objectOf(eni["Attachment"])["DeviceIndex"] === 0,
  );
}

/** From the node to the target and back. With the client's address kept, the answer's port is the client's own. */
function lastLeg(
  world: World,
  { balancer, node, packet, clientPort }: Hop,
  eni: JsonObject,
  address: string,
  port: number,
  preserve: boolean,
): boolean {
  const { protocol } = packet;
  const from = preserve ? packet.client : (textOf(node["PrivateIpAddress"]) ?? "");
  const groups = textsOf(balancer["SecurityGroups"]);
  const answerPorts = preserve ? [clientPort] : interestingPorts(world).filter((p) => p >= 1024);
  const [near, far] = [textOf(node["SubnetId"]) ?? "", textOf(eni["SubnetId"]) ?? ""];
  const wanted = { protocol, port };
  const out = (id: string): boolean =>
    groupAllows(world, id, "IpPermissionsEgress", address, groupsOf(eni), wanted);
  if (groups.length > 0 && !groups.some(out)) return false;
  if (!groupsOf(eni).some((id) => groupAllows(world, id, "IpPermissions", from, groups, wanted)))
    return false;
  if (near === far) return true;
  const acl = (subnet: string, egress: boolean, to: string, at: number): boolean =>
    aclAllows(world, subnet, egress, { far: to, protocol, port: at });
  return answerPorts.some(
    (answer) =>
      acl(near, true, address, port) &&
      acl(far, false, from, port) &&
      acl(far, true, from, answer) &&
      acl(near, false, address, answer),
  );
}
