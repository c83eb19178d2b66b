import type { Exposure } from "../model/exposure.ts";
import type { Severity } from "../model/finding.ts";
import type { AuthenticationVerdict, ServerEndpoint } from "../model/server.ts";
import { pathSteps, serverStep } from "./chain.ts";
import { fail, fingerprintDoubts, pathDoubts, vantageDoubts } from "./doubts.ts";
import { pathTo } from "./paths.ts";
import { closeNetwork } from "./remedies/network.ts";
import { encrypt } from "./remedies/tls.ts";
import { pass } from "./rule.ts";
import type { ServerContext, ServerRule, Verdict } from "./rule.ts";
import { severityRank } from "./severity.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const mcpPlaintext: ServerRule = {
  id: "mcp-plaintext",
  about: "server",
  title: "MCP traffic is not protected by sound TLS",
  risk: "Whoever sits on the way reads tokens and data, and can change tool output and with it what an agent does next.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc8996",
    "https://modelcontextprotocol.io/specification/2025-06-18/basic/transports",
  ],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["transport"],
  check: (context) => {
    const verdicts = context.server.endpoints.map((endpoint) => checkEndpoint(context, endpoint));
    return anyOf(verdicts.toSorted((a, b) => rankOf(b) - rankOf(a)));
  },
  remedy: (context) => ({
    summary: `Encrypt every hop to ${context.workload.name}.`,
    steps: [...closeNetwork(context), ...encrypt(context)],
  }),
};

function rankOf(verdict: Verdict): number {
  return verdict.verdict === "fail" ? severityRank(verdict.severity) : -1;
}

function checkEndpoint(context: ServerContext, endpoint: ServerEndpoint): Verdict {
  const path = pathTo(endpoint, context);
  const front = frontFault(endpoint, context.now);
  const behind = context.exposures.find(
    (exposure) => endpoint.exposures.includes(exposure.id) && plainBehind(endpoint, exposure),
  );
  const fault = front ?? (behind && "HTTP between the balancer and the workload");
  if (fault === undefined) return withoutFault(context, endpoint, path);
  return fail({
    severity: front === undefined ? "low" : severityOfFront(endpoint, path),
    assumptions: [
      ...(path ? pathDoubts(path) : []),
      ...vantageDoubts(context, path),
      ...fingerprintDoubts(endpoint),
    ],
    title: `${endpoint.url}: ${fault}`,
    evidence: [
      ...pathSteps(path),
      { ...serverStep(endpoint), because: `It answers as MCP over ${fault}.` },
    ],
  });
}

/** No fault seen is a pass only where every hop could be looked at. */
function withoutFault(
  { exposures }: ServerContext,
  endpoint: ServerEndpoint,
  path: Exposure | undefined,
): Verdict {
  const { url, tls } = endpoint;
  if (tls.mode === "tls" && (!tls.certificate || tls.version === undefined)) {
    return unknown(
      `The TLS version or the certificate of ${url} could not be read.`,
      severityOfFront(endpoint, path),
    );
  }
  const behind = exposures.find(
    ({ id, via, backendTls }) =>
      endpoint.exposures.includes(id) && via !== "direct" && backendTls === "unknown",
  );
  if (tls.endsAt !== "balancer" || !behind) return pass;
  return unknown(`What ${behind.via} speaks to the workload behind ${url} cannot be told.`, "low");
}

const oldTls: ReadonlySet<string> = new Set(["SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"]);

function frontFault(
  { tls: { mode, version, certificate } }: ServerEndpoint,
  now: string,
): string | undefined {
  if (mode === "none") return "plain HTTP";
  if (version !== undefined && oldTls.has(version)) return `outdated ${version}`;
  if (!certificate) return undefined;
  if (Date.parse(certificate.notAfter) < Date.parse(now)) {
    return `a certificate that expired on ${certificate.notAfter.slice(0, 10)}`;
  }
  return certificate.selfSigned ? "a self-signed certificate" : undefined;
}

function plainBehind({ tls }: ServerEndpoint, { via, backendTls }: Exposure): boolean {
  return tls.endsAt === "balancer" && via !== "direct" && backendTls === "http";
}

/** Whoever listens takes the token, or needs none. */
const carriesSecret: ReadonlySet<AuthenticationVerdict> = new Set([
  "open",
  "static-secret",
  "oauth",
]);

function severityOfFront({ authentication }: ServerEndpoint, path: Exposure | undefined): Severity {
  if (path?.sources !== "internet") return "low";
  return carriesSecret.has(authentication.verdict) ? "high" : "medium";
}
