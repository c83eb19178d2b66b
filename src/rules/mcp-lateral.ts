import type { Exposure, PortRange } from "../model/exposure.ts";
import type { EvidenceStep } from "../model/finding.ts";
import { contains, parseSet } from "../net/prefix-set.ts";
import { pathSteps } from "./chain.ts";
import { fail, pathDoubts } from "./doubts.ts";
import { closeNetwork } from "./remedies/network.ts";
import { storeSecrets } from "./remedies/secrets.ts";
import { pass } from "./rule.ts";
import type { Lateral, ServerContext, ServerRule, Verdict } from "./rule.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const mcpLateral: ServerRule = {
  id: "mcp-lateral",
  about: "server",
  title: "An MCP server is a bridge inside the network",
  risk: "Whoever holds any machine of the network reaches the server, and whoever holds the server reaches what stands behind it.",
  references: ["https://attack.mitre.org/tactics/TA0008/"],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["exposure"],
  check,
  remedy: (context) => ({
    summary: `Let only the clients of ${context.workload.name} reach it, and let it reach only what its tools need.`,
    steps: [...closeNetwork(context), ...storeSecrets(context)],
  }),
};

/** Ports of databases, caches, file shares and administration. IANA, and the vendors' documentation. */
const dataPorts: readonly (readonly [port: number, name: string])[] = [
  [22, "SSH"],
  [445, "SMB"],
  [1433, "SQL Server"],
  [1521, "Oracle Database"],
  [2049, "NFS"],
  [2375, "Docker"],
  [2379, "etcd"],
  [3306, "MySQL"],
  [3389, "RDP"],
  [5432, "PostgreSQL"],
  [5985, "WinRM"],
  [5986, "WinRM"],
  [6379, "Redis"],
  [6443, "Kubernetes"],
  [8500, "Consul"],
  [9042, "Cassandra"],
  [9200, "Elasticsearch"],
  [10_250, "kubelet"],
  [11_211, "memcached"],
  [27_017, "MongoDB"],
];

/** Things that a chain and a title show. */
const shown = 5;

function check(context: ServerContext): Verdict {
  if (context.provider === "named") return pass;
  const { lateral } = context;
  if (!lateral)
    return unknown(
      `The ways inside the network of ${context.workload.name} were not judged.`,
      "medium",
    );
  return anyOf([inbound(context, lateral), outbound(context, lateral)]);
}

function severityOf({ server }: ServerContext): "medium" | "low" {
  const open = server.endpoints.some(({ authentication }) => authentication.verdict === "open");
  return open ? "medium" : "low";
}

function inbound(context: ServerContext, { inbound: ways }: Lateral): Verdict {
  const { workload, described } = context;
  const wide = ways.filter((way) => isBeyond(way, described?.subnets));
  const first = wide.find(({ verdict }) => verdict === "reachable");
  const [open] = wide;
  if (!first) {
    return open
      ? unknown(
          `Whether private networks reach ${workload.name} is open: ${open.assumptions.join("; ") || "not every gate was read"}.`,
          severityOf(context),
        )
      : pass;
  }
  return fail({
    severity: severityOf(context),
    assumptions: pathDoubts(first),
    title: `${workload.name} is reachable from ${sourcesOf(first)}, beyond its own subnet`,
    evidence: pathSteps(first),
  });
}

function sourcesOf({ sources }: Exposure): string {
  return sources === "internet" ? "the internet" : sources.slice(0, shown).join(", ");
}

/** No subnet of a cloud is wider than this, so a wider source holds other networks too. */
const widest = 16;

function isBeyond({ sources }: Exposure, subnets: readonly string[] | undefined): boolean {
  if (sources === "internet") return true;
  const own = (subnets ?? []).flatMap(
    (cidr) => parseSet(cidr.includes(":") ? "ipv6" : "ipv4", [cidr]) ?? [],
  );
  return sources.some((cidr) => {
    const set = parseSet(cidr.includes(":") ? "ipv6" : "ipv4", [cidr]);
    if (!set) return false;
    if (own.length > 0)
      return !own.some((subnet) => subnet.family === set.family && contains(subnet, set));
    return Number(cidr.split("/")[1] ?? 128) < widest;
  });
}

function outbound(context: ServerContext, { outbound: ways, named }: Lateral): Verdict {
  const { workload } = context;
  const open = ways.flatMap((way) => {
    const port = dataPorts.find(([number]) => within(number, way.portRange));
    return port && way.protocol === "tcp" ? [{ way, port }] : [];
  });
  const reachable = open.filter(({ way }) => way.verdict === "reachable");
  if (named.length === 0 && reachable.length === 0) {
    return unknown(
      `Which other workloads admit ${workload.name} by its group, and what leaves it, was not judged.`,
      severityOf(context),
    );
  }
  const targets = [
    ...named.map((each) => each.workload),
    ...reachable.map(({ way }) => way.workload.id),
  ];
  const evidence: EvidenceStep[] = [
    ...named.slice(0, shown).map(({ host, workload: id, source }): EvidenceStep => ({
      kind: "resource",
      id,
      because: `The configuration of ${workload.name} holds a credential for ${host}.`,
      source,
    })),
    ...reachable.slice(0, shown).map(({ way, port: [number, name] }): EvidenceStep => ({
      kind: "resource",
      id: way.workload.id,
      because: `${way.workload.name} admits ${workload.name} on port ${number} (${name}).`,
      source: way.hops.findLast(({ kind }) => kind === "gate")?.source ?? {
        kind: "rule",
        id: "postern:reach",
      },
    })),
  ];
  return fail({
    severity: severityOf(context),
    assumptions:
      named.length > 0
        ? []
        : [`What ${workload.name} may send was not judged; it is taken to send anything.`],
    title: `${workload.name} leads on to ${[...new Set(targets)].slice(0, shown).join(", ")}`,
    evidence: [...pathSteps(context.exposures[0]), ...evidence],
  });
}

function within(port: number, { from, to }: PortRange): boolean {
  return from <= port && port <= to;
}
