import type { JsonObject } from "../../../src/model/json.ts";
import { account } from "./edge-words.ts";

export const gatewayId = "gw-1";
export const gatewayArn = `arn:aws:bedrock-agentcore:us-east-1:${account}:gateway/${gatewayId}`;
export const runtimeArn = `arn:aws:bedrock-agentcore:us-east-1:${account}:runtime/rt-1`;
export const roleArn = `arn:aws:iam::${account}:role/agent`;
export const at = "2026-09-01T00:00:00Z";
export const dates = { createdAt: at, updatedAt: at };

export function gateway(authorizerType: string, more: JsonObject = {}, others: JsonObject = {}) {
  const summary = { gatewayId, name: "tools", status: "READY", authorizerType, ...dates };
  const whole = { ...summary, gatewayArn, roleArn, protocolType: "MCP", ...more };
  return {
    "bedrock-agentcore": {
      ListGateways: { items: [summary] },
      GetGateway: { [gatewayId]: whole },
      ...others,
    },
  };
}

export function runtime(more: JsonObject = {}, others: JsonObject = {}) {
  const summary = {
    agentRuntimeId: "rt-1",
    agentRuntimeArn: runtimeArn,
    agentRuntimeName: "server",
    agentRuntimeVersion: "1",
    description: "",
    status: "READY",
    lastUpdatedAt: at,
  };
  const whole = { ...summary, createdAt: at, roleArn, lifecycleConfiguration: {}, ...more };
  return {
    "bedrock-agentcore": {
      ListAgentRuntimes: { agentRuntimes: [summary] },
      GetAgentRuntime: { "rt-1": whole },
      ...others,
    },
  };
}
