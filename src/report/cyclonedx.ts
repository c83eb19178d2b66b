import type { Report } from "../model/report.ts";
import type { AuthenticationVerdict, Server } from "../model/server.ts";
import type { Reporter } from "./reporter.ts";
import { safeJson } from "./safe-json.ts";
import { toolsOf } from "./summary.ts";
import { clean, printable } from "./text.ts";
import { uuidOf } from "./uuid-of.ts";

/** Tools of a server that are named. */
const most = 500;

/** CycloneDX 1.7: every MCP server as a service across the trust boundary. */
export const cyclonedx: Reporter = {
  render: (report) => {
    const { run, tool } = report;
    const bom = {
      $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json",
      bomFormat: "CycloneDX",
      specVersion: "1.7",
      serialNumber: `urn:uuid:${uuidOf("cyclonedx", run.id)}`,
      version: 1,
      metadata: {
        timestamp: run.finishedAt,
        tools: { components: [{ type: "application", name: "postern", version: tool.version }] },
        properties: [property("coverage-complete", String(report.coverage.complete))],
      },
      services: report.servers.map((server) => serviceOf(server, report)),
    };
    return `${safeJson(bom)}\n`;
  },
};

function serviceOf(server: Server, report: Report): object {
  const { provider, scope, region, workload, endpoints, identities } = server;
  const products = endpoints.flatMap(({ product }) => (product ? [product.name] : []));
  const tools = toolsOf(server);
  return {
    "bom-ref": clean(server.id) || uuidOf("server", server.id),
    provider: { name: [provider, scope].map(clean).join(" ") },
    group: [provider, scope, region].map(clean).filter(Boolean).join("/"),
    name: clean(workload.name) || clean(workload.id) || server.provider,
    description: `MCP server on ${workload.kind} ${clean(workload.id)}`,
    endpoints: [...new Set(endpoints.map(({ url }) => address(url)))],
    ...authenticated(server),
    "x-trust-boundary": true,
    trustZone: report.run.vantage.kind,
    data: dataOf(server),
    properties: [
      property("severity", server.severity),
      property("consequence", server.consequence),
      property("plaintext", String(endpoints.some(({ tls }) => tls.mode === "none"))),
      ...[...new Set(endpoints.map(({ authentication }) => authentication.verdict))].map(
        (verdict) => property("authentication", verdict),
      ),
      ...[...new Set(products)].map((name) => property("product", name)),
      ...identities.map(({ id }) => property("identity", id)),
      ...tools.slice(0, most).map(({ name, access }) => property("tool", `${name} (${access})`)),
      ...server.findings.map((id) => property("finding", id)),
    ],
  };
}

const demands: Readonly<Record<AuthenticationVerdict, boolean | undefined>> = {
  open: false,
  "host-check": false,
  "static-secret": true,
  oauth: true,
  "front-door": true,
  mtls: true,
  unknown: undefined,
};

/** One open endpoint opens the server; where one is not known, nothing is claimed. */
function authenticated({ endpoints }: Server): object {
  const all = endpoints.map(({ authentication }) => demands[authentication.verdict]);
  if (all.includes(false)) return { authenticated: false };
  return all.length === 0 || all.includes(undefined) ? {} : { authenticated: true };
}

/** What flows, by category of the tools: reading ones give it out, all others take it in. */
function dataOf(server: Server): object[] {
  const flows = new Map<string, Set<"inbound" | "outbound">>();
  for (const { access, discloses, categories } of toolsOf(server)) {
    for (const category of categories) {
      const known = flows.get(category) ?? new Set();
      if (access !== "read") known.add("inbound");
      if (access === "read" || access === "exec" || discloses) known.add("outbound");
      flows.set(category, known);
    }
  }
  return [...flows]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([classification, known]) => ({
      flow: known.size > 1 ? "bi-directional" : [...known].join(""),
      classification,
    }));
}

/** An IRI reference: what may not stand in one is percent-encoded. */
function address(url: string): string {
  return printable(url).replaceAll(
    /[^\w\-.~:/?#[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/gu,
    encodeURIComponent,
  );
}

function property(name: string, value: string) {
  return { name: `postern:${name}`, value: clean(value) };
}
