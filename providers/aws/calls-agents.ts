import type { JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { idsOf, isObject } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

const gateways = "bedrock-agentcore:ListGateways";
const runtimes = "bedrock-agentcore:ListAgentRuntimes";

/** https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_Operations.html */
export const agentCalls: readonly CallRow[] = [
  {
    action: "ListGateways",
    affects: ["workloads", "edges", "identity-links"],
    pageSize: 100,
    always: true,
    skip,
  },
  {
    action: "GetGateway",
    affects: ["workloads", "edges", "identity-links"],
    always: true,
    params: gatewayIds,
  },
  {
    action: "ListGatewayTargets",
    affects: ["edges"],
    pageSize: 100,
    always: true,
    params: gatewayIds,
  },
  {
    action: "GetGatewayTarget",
    affects: ["edges"],
    always: true,
    params: targetsOf,
  },
  {
    action: "ListAgentRuntimes",
    affects: ["workloads", "edges", "identity-links"],
    pageSize: 100,
    always: true,
    skip,
  },
  {
    action: "GetAgentRuntime",
    affects: ["workloads", "edges", "identity-links"],
    always: true,
    params: (recorded) => idsOf(recorded, runtimes, "agentRuntimes", "agentRuntimeId"),
  },
  {
    action: "GetResourcePolicy",
    affects: ["edges"],
    always: true,
    absent: ["ResourceNotFoundException"],
    params: (recorded) => [
      ...arnsIn(recorded, "bedrock-agentcore:GetGateway", "gatewayArn"),
      ...arnsIn(recorded, "bedrock-agentcore:GetAgentRuntime", "agentRuntimeArn"),
    ],
  },
];

function gatewayIds(recorded: Recorded): readonly JsonObject[] {
  return idsOf(recorded, gateways, "items", "gatewayId", "gatewayIdentifier");
}

/** Kinds of targets that run in the account itself; one without a kind may be any. */
const ownKinds: ReadonlySet<unknown> = new Set([undefined, "LAMBDA", "AGENTCORE_RUNTIME"]);

/** The list of targets does not say whose they are, but the question did. */
function targetsOf(recorded: Recorded): JsonObject[] {
  const pages = recorded.answers?.("bedrock-agentcore:ListGatewayTargets") ?? [];
  return pages.flatMap(({ params, body }) => {
    const { gatewayIdentifier = null } = params;
    const list = isObject(body) && Array.isArray(body["items"]) ? body["items"] : [];
    return list.filter(isObject).flatMap((each: JsonObject) => {
      const { targetId, targetType } = each;
      return typeof targetId === "string" && ownKinds.has(targetType)
        ? [{ gatewayIdentifier, targetId }]
        : [];
    });
  });
}

/** Neither a gateway nor a runtime is made without a role, so that regions need not be asked where the account has none for it. */
function skip(recorded: Recorded): string | undefined {
  const pages = recorded
    .bodies("iam:GetAccountAuthorizationDetails")
    .map((page) => JSON.stringify(page));
  // An account without any role is none that was read: each has at least those that its services made.
  const none =
    pages.some((page) => page.includes('"RoleName"')) &&
    !pages.some((page) => page.includes("agentcore"));
  return none ? "no role of the account trusts AgentCore" : undefined;
}

function arnsIn(recorded: Recorded, call: string, key: string): JsonObject[] {
  return recorded.bodies(call).flatMap((body) => {
    const arn = isObject(body) ? body[key] : undefined;
    return typeof arn === "string" ? [{ resourceArn: arn }] : [];
  });
}
