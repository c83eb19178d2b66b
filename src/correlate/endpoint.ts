import type { Exposure } from "../model/exposure.ts";
import type { Fingerprint, Product, ServerEndpoint } from "../model/server.ts";
import type { ListedTool, Tool } from "../model/tool.ts";
import { withFrontDoor } from "./authentication.ts";
import { byText } from "./group.ts";

export interface IdentifyInput {
  readonly serverInfo?: { readonly name: string; readonly version: string };
  readonly tools: readonly ListedTool[];
  readonly banners?: readonly string[];
}

export interface EndpointTools {
  readonly classifyTool: (tool: ListedTool, product: Product | undefined) => Tool;
  readonly identify: (input: IdentifyInput) => Product | undefined;
}

/** What the wire showed at one address, with what the control plane knows about the way there. */
export function endpointOf(
  fingerprint: Fingerprint,
  exposures: readonly Exposure[],
  { classifyTool, identify }: EndpointTools,
): ServerEndpoint {
  const { era, transport, serverInfo, tools = [], banners = [] } = fingerprint;
  const product = identify({ ...(serverInfo && { serverInfo }), tools, banners });
  return {
    url: fingerprint.url,
    confidence: fingerprint.confidence,
    ...(era && { era }),
    ...(transport && { transport }),
    protocolVersions: fingerprint.protocolVersions,
    ...(serverInfo && { serverInfo }),
    ...(product && { product }),
    tls: { ...fingerprint.tls, endsAt: tlsEnd(exposures) },
    authentication: withFrontDoor(fingerprint.authentication, exposures),
    tools: tools.map((tool) => classifyTool(tool, product)).toSorted(byText(({ name }) => name)),
    toolsListed: fingerprint.tools !== undefined,
    resources: fingerprint.resources ?? 0,
    prompts: fingerprint.prompts ?? 0,
    requests: fingerprint.exchanges,
    warnings: [
      ...fingerprint.warnings,
      ...(fingerprint.truncated ? ["A list was cut at its cap: more may be offered."] : []),
    ],
    exposures: exposures.map(({ id }) => id).toSorted(),
  };
}

/** A front door that speaks HTTP itself ends TLS; one that passes bytes through leaves it to the workload. */
function tlsEnd(exposures: readonly Exposure[]): "workload" | "balancer" {
  return exposures.some(({ via, entry }) => via !== "direct" && entry.tls !== "unknown")
    ? "balancer"
    : "workload";
}
