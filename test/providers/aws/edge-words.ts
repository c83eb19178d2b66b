import { normalise } from "../../../providers/aws/normalise.ts";
import { awsScenario } from "../../../src/conformance/scenario-aws.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

export const account = "111122223333";
export const fn = `arn:aws:lambda:us-east-1:${account}:function:mcp-fn`;
export const ListFunctions = { Functions: [{ FunctionName: "mcp-fn", FunctionArn: fn }] };

/** One line a verdict: what, over which families, from whom, behind which gate. */
export function verdicts(config: JsonObject): string[] {
  const { exposures, blocked } = reach(normalise(awsScenario({ config })), undefined, {
    everyPort: true,
  });
  return [
    ...exposures.map(({ verdict, via, families, sources, authGate, portRange, entry }) =>
      [
        verdict,
        via,
        `${entry.port.from}->${portRange.from}`,
        families.join("+"),
        sources === "internet" ? sources : sources.join(","),
        authGate,
      ].join(" "),
    ),
    ...blocked.map(({ firstGate, via, family }) => `${firstGate} ${via} ${family}`),
  ];
}

export function statement(action: string, more: JsonObject = {}): JsonObject {
  return { Effect: "Allow", Principal: "*", Action: `lambda:${action}`, Resource: fn, ...more };
}

export const condition = { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } };
export const both = [
  statement("InvokeFunctionUrl", { Condition: condition }),
  statement("InvokeFunction", { Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } } }),
];
export const office = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };

export function url(
  policy: readonly Json[] | undefined,
  AuthType = "NONE",
  CreationTime = "2026-02-01T00:00:00Z",
) {
  const GetPolicy = policy && { "mcp-fn": { Policy: JSON.stringify({ Statement: policy }) } };
  const own = { FunctionUrl: "https://u1.lambda-url.us-east-1.on.aws/", FunctionArn: fn };
  return {
    lambda: {
      ListFunctions,
      GetFunctionUrlConfig: { "mcp-fn": { ...own, AuthType, CreationTime } },
      ...(GetPolicy && { GetPolicy }),
    },
  };
}

export const open = "reachable lambda-url 443->443 ipv4+ipv6 internet";
export const shut = [
  "RESOURCE_POLICY_NOT_PUBLIC lambda-url ipv4",
  "RESOURCE_POLICY_NOT_PUBLIC lambda-url ipv6",
];
