import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { asked, closeMocks, collect, one, useExampleCredentials } from "../aws-harness.ts";
import { dates, gateway, gatewayId, roleArn, runtime } from "./agent-words.ts";

beforeAll(useExampleCredentials);
afterEach(closeMocks);

describe("asking AgentCore", () => {
  const trusting = (service: string) => ({
    iam: {
      GetAccountAuthorizationDetails: {
        RoleDetailList: [
          {
            RoleName: "agent",
            Arn: roleArn,
            AssumeRolePolicyDocument: encodeURIComponent(
              JSON.stringify({ Statement: { Principal: { Service: service } } }),
            ),
          },
        ],
      },
    },
  });
  const calls = (names: readonly string[]) =>
    names.filter((name) => name.startsWith("bedrock-agentcore:"));

  test("asks each gateway for its targets, and only those of the account for more", async () => {
    const item = (targetId: string, targetType?: string) => ({
      targetId,
      name: targetId,
      status: "READY",
      ...dates,
      ...(targetType !== undefined && { targetType }),
    });
    const world = gateway(
      "NONE",
      {},
      {
        ListGatewayTargets: {
          [gatewayId]: {
            items: [
              item("t1", "LAMBDA"),
              item("t2", "OPEN_API_SCHEMA"),
              item("t3"),
              item("t4", "AGENTCORE_RUNTIME"),
            ],
          },
        },
      },
    );
    const trusted = trusting("bedrock-agentcore.amazonaws.com");
    const { mock, gaps } = await collect(one({ ...world, ...trusted }));
    expect(gaps).toEqual([]);
    const targets = mock.calls.filter(({ action }) => action === "GetGatewayTarget");
    expect(targets.map(({ params }) => params)).toEqual(
      ["t1", "t3", "t4"].map((targetId) => ({ gatewayIdentifier: gatewayId, targetId })),
    );
  });

  test("asks for gateways and runtimes where a role trusts AgentCore, and stores no secret of their variables", async () => {
    const world = runtime({
      environmentVariables: { API_TOKEN: "ghp_Pl4ntedPl4ntedPl4ntedPl4ntedPl4nted12" },
    });
    const none = await collect(one({ ...world, ...trusting("ec2.amazonaws.com") }));
    expect(calls(asked(none.mock))).toEqual([]);
    const some = await collect(one({ ...world, ...trusting("bedrock-agentcore.amazonaws.com") }));
    expect(calls(asked(some.mock))).toEqual([
      "bedrock-agentcore:ListGateways",
      "bedrock-agentcore:ListAgentRuntimes",
      "bedrock-agentcore:GetAgentRuntime",
      "bedrock-agentcore:GetResourcePolicy",
    ]);
    expect(JSON.stringify(some.pages)).toContain("API_TOKEN");
    expect(JSON.stringify(some.pages)).not.toContain("Pl4nted");
  });

  test("asks for both where the roles may not be read", async () => {
    const { mock } = await collect(one({}), [
      { kind: "deny", action: "GetAccountAuthorizationDetails" },
    ]);
    expect(calls(asked(mock))).toEqual([
      "bedrock-agentcore:ListGateways",
      "bedrock-agentcore:ListAgentRuntimes",
    ]);
  });

  test("asks for both where no role was listed at all, which no account is without", async () => {
    const iam = { GetAccountAuthorizationDetails: { RoleDetailList: [] } };
    const { mock } = await collect(one({ iam }));
    expect(calls(asked(mock))).toEqual([
      "bedrock-agentcore:ListGateways",
      "bedrock-agentcore:ListAgentRuntimes",
    ]);
  });

  test("takes a resource without a policy for one", async () => {
    const trusted = trusting("bedrock-agentcore.amazonaws.com");
    const { gaps, mock } = await collect(one({ ...gateway("NONE"), ...trusted }), [
      {
        kind: "error",
        action: "GetResourcePolicy",
        code: "ResourceNotFoundException",
        status: 404,
      },
    ]);
    expect(gaps).toEqual([]);
    expect(calls(asked(mock))).toContain("bedrock-agentcore:GetResourcePolicy");
  });
});
