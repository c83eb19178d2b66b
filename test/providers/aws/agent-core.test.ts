import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/aws/normalise.ts";
import { awsScenario } from "../../../src/conformance/scenario-aws.ts";
import { hintsOf, suspicious } from "../../../src/hints/passive.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";
import { gateway, gatewayArn, gatewayId, roleArn, runtime, runtimeArn } from "./agent-words.ts";
import { ListFunctions, fn, verdicts } from "./edge-words.ts";

const allow = (more: JsonObject): Json => ({
  Effect: "Allow",
  Principal: "*",
  Action: "bedrock-agentcore:InvokeGateway",
  Resource: gatewayArn,
  ...more,
});

function policy(statement: Json, resource = gatewayArn) {
  return {
    GetResourcePolicy: { [resource]: { policy: JSON.stringify({ Statement: statement }) } },
  };
}

const office = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
const inVpc = { StringEquals: { "aws:SourceVpc": "vpc-1" } };
const way = "443->443 ipv4";
const front = `reachable agentcore-gateway ${way}`;
const engine = (mode: string) => ({ policyEngineConfiguration: { arn: "arn", mode } });
const interceptors = { interceptorConfigurations: [{ interceptionPoints: ["REQUEST"] }] };

describe("a gateway of AgentCore", () => {
  test.each<[string, JsonObject, string[]]>([
    ["without authorization is open", gateway("NONE"), [`${front} internet none`]],
    ["asks for a token", gateway("CUSTOM_JWT"), [`${front} internet jwt`]],
    ["asks for a signature", gateway("AWS_IAM"), [`${front} internet iam`]],
    [
      "may leave all but the signature to others",
      gateway("AUTHENTICATE_ONLY"),
      [`${front} internet iam`],
    ],
    [
      "that is being changed goes on",
      gateway("NONE", { status: "UPDATING" }),
      [`${front} internet none`],
    ],
    [
      "that failed to change goes on",
      gateway("NONE", { status: "UPDATE_UNSUCCESSFUL" }),
      [`${front} internet none`],
    ],
    [
      "in a state of a later day may answer",
      gateway("NONE", { status: "RESTING" }),
      [`${front} internet none`],
    ],
    [
      "that is being deleted is gone",
      gateway("NONE", { status: "DELETING" }),
      [`${front} internet none`, "INSTANCE_NOT_RUNNING agentcore-gateway ipv4"],
    ],
    [
      "is narrowed by its policy",
      gateway("NONE", {}, policy([allow({ Condition: office })])),
      [`${front} 203.0.113.0/24 none`],
    ],
    [
      "is narrowed by a policy of one statement that is no list",
      gateway("CUSTOM_JWT", {}, policy(allow({ Condition: office }))),
      [`${front} 203.0.113.0/24 jwt`],
    ],
    [
      "with tokens needs an allow once it has a policy",
      gateway("CUSTOM_JWT", {}, policy([allow({ Condition: inVpc })])),
      ["RESOURCE_POLICY_NOT_PUBLIC agentcore-gateway ipv4"],
    ],
    [
      "does not take an allow of another action for one",
      gateway("NONE", {}, policy([allow({ Action: "bedrock-agentcore:InvokeAgentRuntime" })])),
      ["RESOURCE_POLICY_NOT_PUBLIC agentcore-gateway ipv4"],
    ],
    [
      "with signatures needs none, since the caller may have its own",
      gateway("AWS_IAM", {}, policy([allow({ Condition: inVpc })])),
      [`${front} internet iam`],
    ],
    [
      "with signatures is closed by a deny for everyone",
      gateway("AWS_IAM", {}, policy([allow({ Effect: "Deny" })])),
      ["RESOURCE_POLICY_NOT_PUBLIC agentcore-gateway ipv4"],
    ],
  ])("%s", (_, config, wanted) => {
    expect(verdicts(config)).toEqual(wanted);
  });

  test.each<[string, JsonObject, string[]]>([
    [
      "nothing where it decides itself",
      gateway("AWS_IAM", { ...engine("ENFORCE"), ...interceptors }),
      [],
    ],
    ["nothing of a policy engine that only logs", gateway("NONE", engine("LOG_ONLY")), []],
    [
      "its policy engine",
      gateway("NONE", engine("ENFORCE")),
      ["the policy engine of tools is taken to let requests pass"],
    ],
    [
      "its interceptor",
      gateway("AUTHENTICATE_ONLY", interceptors),
      ["the interceptor of tools is taken to let requests pass"],
    ],
    [
      "an authorizer of a later day",
      gateway("PALM_READER"),
      ["the authorizer PALM_READER of tools is not known"],
    ],
  ])("assumes about %s", (_, config, wanted) => {
    const { exposures } = reach(normalise(awsScenario({ config })));
    expect(exposures.flatMap(({ assumptions }) => assumptions)).toEqual(wanted);
  });

  test("is dialled under its own name and path, and has its role", () => {
    const inventory = normalise(awsScenario({ config: gateway("NONE") }));
    const [server] = inventory.workloads;
    expect(server).toMatchObject({
      id: gatewayArn,
      kind: "app",
      identities: [{ id: roleArn, how: "platform", verdict: "yes" }],
    });
    expect(reach(inventory).exposures[0]?.entry).toMatchObject({
      address: `${gatewayId}.gateway.bedrock-agentcore.us-east-1.amazonaws.com`,
      paths: ["/mcp"],
      tls: "https",
    });
    expect(suspicious(hintsOf(server!))).toBe(true);
  });

  test("is known by the list alone where it may not be read itself", () => {
    const { "bedrock-agentcore": answers } = gateway("NONE");
    const { GetGateway: _, ...rest } = answers;
    const scenario = {
      config: { "bedrock-agentcore": rest },
      gaps: [
        { call: "bedrock-agentcore:GetGateway" },
        { call: "bedrock-agentcore:GetResourcePolicy" },
      ],
    };
    const inventory = normalise(awsScenario(scenario));
    expect(inventory.workloads).toMatchObject([{ id: gatewayArn, name: "tools", identities: [] }]);
    const [exposure] = reach(inventory).exposures;
    expect(exposure).toMatchObject({ authGate: "none", certainty: "maybe" });
    expect(exposure?.assumptions).toEqual([
      "bedrock-agentcore:GetGateway was not read: what else tools asks is taken to let requests pass",
      "bedrock-agentcore:GetResourcePolicy was not read: the resource policy of tools is taken to admit everyone",
    ]);
  });

  test.each([
    ["NONE", "maybe"],
    ["AUTHENTICATE_ONLY", "maybe"],
    ["AWS_IAM", "certain"],
  ])("that may not be read itself and has the authorizer %s is %s", (authorizer, certainty) => {
    const { GetGateway: _, ...rest } = gateway(authorizer)["bedrock-agentcore"];
    const gaps = [{ call: "bedrock-agentcore:GetGateway" }];
    const { exposures } = reach(
      normalise(awsScenario({ config: { "bedrock-agentcore": rest }, gaps })),
    );
    expect(exposures.map((each) => each.certainty)).toEqual([certainty]);
  });

  test("is taken to be open to everyone by a policy that is no document", () => {
    const garbled = { GetResourcePolicy: { [gatewayArn]: { policy: "{" } } };
    const { exposures } = reach(normalise(awsScenario({ config: gateway("NONE", {}, garbled) })));
    expect(exposures.map((each) => each.certainty)).toEqual(["maybe"]);
  });

  test("calls a function for whoever asks", () => {
    const target = (configuration: JsonObject) => ({
      GetGatewayTarget: { t1: { gatewayArn, targetId: "t1", targetConfiguration: configuration } },
    });
    const lambda = (lambdaArn: string) => target({ mcp: { lambda: { lambdaArn } } });
    const behind = (others: JsonObject) =>
      verdicts({ lambda: { ListFunctions }, ...gateway("NONE", {}, others) }).filter((line) =>
        line.includes(" > "),
      );
    const open = `reachable agentcore-gateway > tools ${way} internet none`;
    expect(behind(lambda(fn))).toEqual([open]);
    expect(behind(lambda(`${fn}:live`))).toEqual([open]);
    expect(behind(lambda("arn:aws:lambda:us-east-1:444455556666:function:theirs"))).toEqual([]);
    expect(behind(target({ mcp: { mcpServer: { endpoint: "https://x.example/mcp" } } }))).toEqual(
      [],
    );
    const both = verdicts({
      "bedrock-agentcore": {
        ...gateway("NONE", {}, target({ http: { agentcoreRuntime: { arn: runtimeArn } } }))[
          "bedrock-agentcore"
        ],
        ...runtime()["bedrock-agentcore"],
      },
    });
    expect(both).toContain(open);
  });
});

describe("a runtime of AgentCore", () => {
  const own = "agentcore-runtime";
  const jwt = { authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl: "https://i" } } };
  const invoke = { Action: "bedrock-agentcore:InvokeAgentRuntime" };

  test.each<[string, JsonObject, string[]]>([
    ["asks for a signature by itself", runtime(), [`reachable ${own} ${way} internet iam`]],
    ["asks for a token", runtime(jwt), [`reachable ${own} ${way} internet jwt`]],
    [
      "is as public from within a VPC",
      runtime({ ...jwt, networkConfiguration: { networkMode: "VPC" } }),
      [`reachable ${own} ${way} internet jwt`],
    ],
    [
      "with tokens is narrowed by its policy",
      runtime(jwt, policy([allow({ ...invoke, Condition: office })], runtimeArn)),
      [`reachable ${own} ${way} 203.0.113.0/24 jwt`],
    ],
    [
      "with tokens needs an allow of its own action",
      runtime(jwt, policy([allow({})], runtimeArn)),
      [`RESOURCE_POLICY_NOT_PUBLIC ${own} ipv4`],
    ],
    [
      "that could not be made is gone",
      runtime({ status: "CREATE_FAILED" }),
      [`reachable ${own} ${way} internet iam`, `INSTANCE_NOT_RUNNING ${own} ipv4`],
    ],
    [
      "that is being made may answer soon",
      runtime({ status: "CREATING" }),
      [`reachable ${own} ${way} internet iam`],
    ],
  ])("%s", (_, config, wanted) => {
    expect(verdicts(config)).toEqual(wanted);
  });

  test("is told to speak MCP, and shows its image, command and variables", () => {
    const config = runtime({
      protocolConfiguration: { serverProtocol: "MCP" },
      agentRuntimeArtifact: { containerConfiguration: { containerUri: "repo/server:1" } },
      environmentVariables: { LEVEL: "debug" },
    });
    const [server] = normalise(awsScenario({ config })).workloads;
    expect(server?.texts.map(({ kind, text }) => [kind, text])).toEqual([
      ["metadata", "serverProtocol=MCP"],
      ["image", "repo/server:1"],
      ["environment", "LEVEL=debug"],
    ]);
    expect(suspicious(hintsOf(server!))).toBe(true);
    const code = runtime({
      agentRuntimeArtifact: { codeConfiguration: { entryPoint: ["python", "main.py"] } },
    });
    expect(normalise(awsScenario({ config: code })).workloads[0]?.texts).toMatchObject([
      { kind: "command", text: "python main.py" },
    ]);
  });

  test("that may not be read itself is taken to ask for a signature", () => {
    const { ListAgentRuntimes } = runtime()["bedrock-agentcore"];
    const scenario = {
      config: { "bedrock-agentcore": { ListAgentRuntimes } },
      gaps: [{ call: "bedrock-agentcore:GetAgentRuntime" }],
    };
    const [exposure] = reach(normalise(awsScenario(scenario))).exposures;
    expect(exposure).toMatchObject({ authGate: "iam", certainty: "maybe" });
  });
});
