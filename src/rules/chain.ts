import type { Exposure } from "../model/exposure.ts";
import type { EvidenceStep, Source } from "../model/finding.ts";
import type { ServerEndpoint, WireExchange } from "../model/server.ts";
import type { Tool } from "../model/tool.ts";
import { hostAccess, verbsOf } from "./tool-facts.ts";
import type { Held, Hint } from "./rule.ts";

/** Permissions of one identity that a chain shows. */
const shownPermissions = 3;
/** Tools of one server that a chain shows. */
const shownTools = 5;

/** The way of a packet: source, edge, balancer, listener, gates, port, workload. */
export function pathSteps(exposure: Exposure | undefined): EvidenceStep[] {
  return (exposure?.hops ?? []).map(({ kind, id, rule, because, source }) => ({
    kind,
    id: rule ?? id,
    because,
    source,
  }));
}

export function serverStep(endpoint: ServerEndpoint): EvidenceStep {
  const { url, confidence, serverInfo, authentication } = endpoint;
  const name = serverInfo ? `, calls itself ${serverInfo.name} ${serverInfo.version}` : "";
  const why = authentication.evidence[0] ?? `authentication: ${authentication.verdict}`;
  return {
    kind: "server",
    id: url,
    because: `It answers as MCP (${confidence}${name}); ${why}`,
    source: wireSource(endpoint, ["server/discover", "initialize", "GET"]),
  };
}

export function toolSteps(endpoint: ServerEndpoint, tools: readonly Tool[]): EvidenceStep[] {
  const source = wireSource(endpoint, ["tools/list"]);
  return tools.slice(0, shownTools).map((tool) => ({
    kind: "tool",
    id: tool.name,
    because: toolReason(tool),
    source,
  }));
}

function toolReason(tool: Tool): string {
  const host = hostAccess(tool);
  if (tool.manages) {
    return `The tool can ${verbsOf([tool]).join(", ") || "operate"} resources of ${tool.manages.cloud}.`;
  }
  if (host !== undefined) return `The tool ${host}.`;
  return `The tool has ${tool.access} access to ${tool.categories.join(", ")}.`;
}

/** The identity, the permissions that give its power, and what they reach. */
export function identitySteps({ link, report }: Held): EvidenceStep[] {
  const identity: EvidenceStep = {
    kind: "identity",
    id: link.id,
    because: link.because,
    source: link.source,
  };
  return [
    identity,
    ...(report?.because ?? [])
      .slice(0, shownPermissions)
      .flatMap(({ permission, statement, because, source, resource }): EvidenceStep[] => [
        { kind: "permission", id: permission, because: `${because} (${statement})`, source },
        {
          kind: "resource",
          id: resource,
          because: `${permission} reaches it with power ${report?.power ?? "unknown"}.`,
          source,
        },
      ]),
  ];
}

export function hintSteps(workload: string, hints: readonly Hint[]): EvidenceStep[] {
  return hints.map(({ because, source }) => ({ kind: "workload", id: workload, because, source }));
}

/** The first exchange of one of the wanted methods, else the last one made. */
function wireSource({ requests }: ServerEndpoint, methods: readonly string[]): Source {
  const wanted = methods.flatMap((method) =>
    requests.filter((request) => request.method.includes(method)),
  );
  const exchange: WireExchange | undefined = wanted[0] ?? requests.at(-1);
  if (!exchange) return { kind: "rule", id: "mcp:fingerprint" };
  const { url, method, requestSha256, responseSha256 } = exchange;
  return { kind: "wire", url, method, requestSha256, responseSha256 };
}
