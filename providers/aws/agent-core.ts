import type { AuthGate } from "../../src/model/exposure.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import {
  at,
  grouped,
  items,
  listed,
  pagesOf,
  sourceOf,
  text,
  texts,
  type Node,
} from "../reader.ts";
import { environmentOf, roleOf } from "./functions.ts";
import { gapIn, pagesBy } from "./pages.ts";

/** A gateway or a runtime of Bedrock AgentCore: a managed front door and what answers behind it, in one. */
export interface AgentServer {
  readonly kind: "gateway" | "runtime";
  readonly workload: Workload;
  readonly host: string;
  readonly path: string;
  readonly authGate: AuthGate;
  readonly assumptions: readonly string[];
  /** ARNs of functions and runtimes that it calls for whoever asks. */
  readonly targets: readonly string[];
  readonly node: Node;
}

export function agentServers(snapshot: Snapshot): AgentServer[] {
  return [...gatewaysOf(snapshot), ...runtimesOf(snapshot)];
}

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html */
const authorizers: Readonly<Record<string, AuthGate>> = {
  NONE: "none",
  CUSTOM_JWT: "jwt",
  AWS_IAM: "iam",
  AUTHENTICATE_ONLY: "iam",
};

const gatewayCall = "bedrock-agentcore:GetGateway";

function gatewaysOf(snapshot: Snapshot): AgentServer[] {
  const details = pagesBy(snapshot, gatewayCall, "gatewayIdentifier");
  const targets = listedTargets(snapshot);
  return listed(snapshot, "bedrock-agentcore:ListGateways", "items").flatMap((summary) => {
    const id = text(summary, "gatewayId");
    if (id === undefined) return [];
    const node = details.get(id)?.[0] ?? summary;
    const { region } = summary.page;
    const unread = gapIn(snapshot, gatewayCall, { gatewayIdentifier: id }, region) !== undefined;
    const arn =
      text(node, "gatewayArn") ??
      `arn:aws:bedrock-agentcore:${region}:${snapshot.scope.id}:gateway/${id}`;
    const name = text(node, "name") ?? id;
    const url =
      text(node, "gatewayUrl") ??
      `https://${id}.gateway.bedrock-agentcore.${region}.amazonaws.com/mcp`;
    const type = text(node, "authorizerType") ?? "";
    return [
      {
        kind: "gateway",
        workload: workloadOf(snapshot, node, {
          id: arn,
          name,
          because: "the gateway calls its targets with the role",
          told: told(node, "protocolType"),
        }),
        ...placeOf(url),
        authGate: authorizers[type] ?? "none",
        assumptions: gatewayAssumptions(node, name, type, unread),
        targets: targets.get(arn) ?? [],
        node,
      },
    ];
  });
}

/** What a gateway lets something else decide: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html */
function gatewayAssumptions(node: Node, name: string, type: string, unread: boolean): string[] {
  const engine = at(node, "policyEngineConfiguration");
  const enforced = engine !== undefined && text(engine, "mode") === "ENFORCE";
  const open = type === "NONE" || type === "AUTHENTICATE_ONLY";
  return [
    ...(authorizers[type] === undefined ? [`the authorizer ${type} of ${name} is not known`] : []),
    ...(open && items(node, "interceptorConfigurations").length > 0
      ? [`the interceptor of ${name} is taken to let requests pass`]
      : []),
    ...(open && enforced ? [`the policy engine of ${name} is taken to let requests pass`] : []),
    ...(open && unread
      ? [`${gatewayCall} was not read: what else ${name} asks is taken to let requests pass`]
      : []),
  ];
}

/** Functions and runtimes by the gateway that calls them. */
function listedTargets(snapshot: Snapshot): Map<string, string[]> {
  return grouped(
    pagesOf(snapshot, "bedrock-agentcore:GetGatewayTarget").flatMap((node): [string, string][] => {
      const gateway = text(node, "gatewayArn");
      const arn = targetOf(at(node, "targetConfiguration"));
      return gateway === undefined || arn === undefined ? [] : [[gateway, arn]];
    }),
  );
}

function targetOf(config: Node | undefined): string | undefined {
  const of = (kind: string, member: string, key: string): string | undefined => {
    const own = config && at(config, kind);
    const inner = own && at(own, member);
    return inner && text(inner, key);
  };
  return of("mcp", "lambda", "lambdaArn") ?? of("http", "agentcoreRuntime", "arn");
}

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp.html */
function runtimesOf(snapshot: Snapshot): AgentServer[] {
  const call = "bedrock-agentcore:GetAgentRuntime";
  const details = pagesBy(snapshot, call, "agentRuntimeId");
  return listed(snapshot, "bedrock-agentcore:ListAgentRuntimes", "agentRuntimes").flatMap(
    (summary) => {
      const [id, arn] = [text(summary, "agentRuntimeId"), text(summary, "agentRuntimeArn")];
      if (id === undefined || arn === undefined) return [];
      const { region } = summary.page;
      const node = details.get(id)?.[0] ?? summary;
      const unread = gapIn(snapshot, call, { agentRuntimeId: id }, region);
      const name = text(node, "agentRuntimeName") ?? id;
      const config = at(node, "authorizerConfiguration");
      const jwt = config !== undefined && at(config, "customJWTAuthorizer") !== undefined;
      const protocol = at(node, "protocolConfiguration");
      return [
        {
          kind: "runtime",
          workload: workloadOf(snapshot, node, {
            id: arn,
            name,
            because: "the runtime runs with the role",
            told: [...told(protocol, "serverProtocol"), ...artifactTexts(node)],
          }),
          host: `bedrock-agentcore.${region}.amazonaws.com`,
          path: `/runtimes/${encodeURIComponent(arn)}/invocations`,
          // Without an authorizer of its own a runtime asks for a signature.
          authGate: jwt ? "jwt" : "iam",
          assumptions: unread
            ? [`${call} was not read: ${name} is taken to ask for a signature`]
            : [],
          targets: [],
          node,
        },
      ];
    },
  );
}

function workloadOf(
  snapshot: Snapshot,
  node: Node,
  own: {
    readonly id: string;
    readonly name: string;
    readonly because: string;
    readonly told: readonly WorkloadText[];
  },
): Workload {
  return {
    id: own.id,
    name: own.name,
    kind: "app",
    tags: {},
    provider: "aws",
    scope: snapshot.scope.id,
    region: node.page.region,
    state: stateOf(text(node, "status")),
    identities: roleOf(node, "roleArn", own.because),
    texts: own.told,
    source: sourceOf(node),
  };
}

/** https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_GetGateway.html */
const gone: ReadonlySet<string> = new Set(["CREATE_FAILED", "DELETING", "FAILED"]);

/** A change that failed leaves what was there before. */
function stateOf(status: string | undefined): Workload["state"] {
  if (status === undefined || status === "READY" || status.startsWith("UPDAT")) return "running";
  return gone.has(status) ? "stopped" : "unknown";
}

/** The platform itself is told which protocol is spoken. */
function told(node: Node | undefined, key: string): WorkloadText[] {
  const protocol = node && text(node, key);
  return node && protocol !== undefined
    ? [{ kind: "metadata", text: `${key}=${protocol}`, source: sourceOf(node) }]
    : [];
}

function artifactTexts(node: Node): WorkloadText[] {
  const artifact = at(node, "agentRuntimeArtifact");
  const container = artifact && at(artifact, "containerConfiguration");
  const image = container && text(container, "containerUri");
  const code = artifact && at(artifact, "codeConfiguration");
  const command = code ? texts(code, "entryPoint") : [];
  const variables = at(node, "environmentVariables");
  return [
    ...(image !== undefined && container
      ? [{ kind: "image", text: image, source: sourceOf(container) } as const]
      : []),
    ...(code && command.length > 0
      ? [{ kind: "command", text: command.join(" "), source: sourceOf(code) } as const]
      : []),
    ...(variables ? environmentOf(variables) : []),
  ];
}

function placeOf(url: string): { host: string; path: string } {
  const [, host = "", path = ""] = /^https:\/\/([^/]+)(\/.*)?$/.exec(url) ?? [];
  return { host, path };
}
