import type { JsonObject } from "../../src/model/json.ts";
import { objectOf, textOf } from "../../src/conformance/read-json.ts";
import { balanced } from "./brute-balancer.ts";
import { groupAllows, interestingPorts, running, throughGateway } from "./brute-gates.ts";
import { groupsOf, list, rows, type Packet, type World } from "./brute-raw.ts";

/**
 * Decides single packets by walking the raw answers of the AWS API, the slow and obvious way: no sets, no ranges, no code
 * of the engine. Written from the user guides of VPC, EC2 and Elastic Load Balancing.
 *
 * Whether some client port lets the packet arrive and its answer return.
 */
export function arrives(world: World, packet: Packet): boolean {
  const ports = interestingPorts(world);
  return ports.some((port) =>
    packet.via === "direct" ? directly(world, packet, port) : balanced(world, packet, port),
  );
}

function directly(world: World, packet: Packet, clientPort: number): boolean {
  if (!running(world, packet.workload)) return false;
  return list(world, "ec2", "DescribeNetworkInterfaces", "NetworkInterfaces").some(
    (eni) =>
      textOf(objectOf(eni["Attachment"])["InstanceId"]) === packet.workload &&
      publicly(eni, packet.family) &&
      throughGateway(world, packet, textOf(eni["SubnetId"]) ?? "", packet.port, clientPort) &&
      groupsOf(eni).some((id) =>
        groupAllows(world, id, "IpPermissions", packet.client, [], {
          protocol: packet.protocol,
          port: packet.port,
        }),
      ),
  );
}

function publicly(eni: JsonObject, family: Packet["family"]): boolean {
  return family === "ipv6"
    ? rows(eni, "Ipv6Addresses").length > 0
    : rows(eni, "PrivateIpAddresses").some((each) =>
        textOf(objectOf(each["Association"])["PublicIp"]),
      );
}
