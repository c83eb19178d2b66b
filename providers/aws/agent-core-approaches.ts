import type { Workload } from "../../src/model/inventory.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { text, type Node } from "../reader.ts";
import type { AgentServer } from "./agent-core.ts";
import { functionNamed } from "./functions.ts";
import { doorLeg, https, toWorkload, type Door } from "./front-doors.ts";
import { gapIn, pagesBy } from "./pages.ts";
import { policyEffect, unreadPolicy, type PolicyEffect } from "./policy-gate.ts";
import { admitted, forSigned, parsePolicy } from "./public-policy.ts";

const call = "bedrock-agentcore:GetResourcePolicy";

interface Place {
  readonly snapshot: Snapshot;
  readonly policies: ReadonlyMap<string, readonly Node[]>;
  readonly workloads: ReadonlyMap<string, Workload>;
}

export function agentApproaches(
  servers: readonly AgentServer[],
  snapshot: Snapshot,
  workloads: ReadonlyMap<string, Workload>,
): Approach[] {
  const place = { snapshot, workloads, policies: pagesBy(snapshot, call, "resourceArn") };
  return servers.flatMap((server) => through(server, place));
}

/**
 * Both kinds answer on the internet whatever network they call out into; a VPC only adds a way.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/vpc-interface-endpoints.html
 */
function through(server: AgentServer, place: Place): Approach[] {
  const { kind, workload, host, path, authGate, assumptions, targets, node } = server;
  const { gates, clients } = effectOf(server, place);
  const via = `agentcore-${kind}`;
  const because = `${workload.name} has an address of its own`;
  const door: Door = {
    family: "ipv4",
    protocol: ["tcp"],
    via: [via],
    legs: [doorLeg("ipv4", via, node, gates, because)],
    entry: { address: host, hosts: [], paths: path === "" ? [] : [path], tls: "https" },
    entryPorts: https,
    authGate,
    ...(clients && { clients }),
    assumptions,
  };
  const behind = targets.flatMap((arn) => {
    const target = functionNamed(arn, place);
    return target ? [toWorkload({ ...door, via: [via, workload.name] }, target, 443)] : [];
  });
  return [toWorkload(door, workload, 443), ...behind];
}

/**
 * Tokens and open gateways need an allow for everyone once there is a policy; a signed caller may have its own, so that
 * only a deny closes. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
function effectOf(
  { kind, workload, authGate, node }: AgentServer,
  { snapshot, policies }: Place,
): PolicyEffect {
  const { id, name, region } = workload;
  const words = policies.get(id)?.flatMap((page) => text(page, "policy") ?? [])[0];
  const policy = parsePolicy(words);
  if (!policy) {
    // What is there and cannot be understood is as good as unread.
    const unread = words !== undefined || gapIn(snapshot, call, { resourceArn: id }, region);
    return unread ? unreadPolicy(call, name, node) : { gates: [] };
  }
  const answer = admitted(authGate === "iam" ? forSigned(policy) : policy, {
    action: `bedrock-agentcore:${kind === "gateway" ? "InvokeGateway" : "InvokeAgentRuntime"}`,
    principal: "*",
    keys: { "aws:securetransport": "true" },
  });
  return policyEffect([answer], "ipv4", name, node);
}
