import { stableId } from "../hash.ts";
import type { Exposure, PortRange } from "../model/exposure.ts";
import type { ProbeSkip } from "../model/report.ts";
import type { Target } from "../model/server.ts";
import { addressClass } from "./address-class.ts";
import { byText } from "./group.ts";

/** Which exposures one target stands for. */
export interface TargetLink {
  /** Id of the target. */
  readonly target: string;
  readonly exposures: readonly string[];
}

/** `HOST:PORT:ADDR:PORT` as in curl. */
export interface ConnectTo {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly connectPort: number;
}

export interface TargetOptions {
  readonly connectTo: readonly ConnectTo[];
  readonly includeInternal: boolean;
  /** Ports where MCP servers are found, most likely first; wider ranges are probed at these only. */
  readonly candidatePorts: readonly number[];
}

export interface Targets {
  readonly targets: Target[];
  readonly links: TargetLink[];
  readonly skipped: ProbeSkip[];
}

/** Ports a range may have and still be probed at each of them. */
const widestRange = 16;

/** Protocols whose servers speak first or log a failed login: an HTTP request there is noise and finds nothing. */
export const otherServices: Readonly<Record<number, string>> = {
  21: "FTP",
  22: "SSH",
  23: "Telnet",
  25: "SMTP",
  53: "DNS",
  110: "POP3",
  135: "RPC",
  139: "NetBIOS",
  143: "IMAP",
  389: "LDAP",
  445: "SMB",
  465: "SMTP",
  587: "SMTP",
  636: "LDAP",
  993: "IMAP",
  995: "POP3",
  1433: "SQL Server",
  1521: "Oracle Database",
  2049: "NFS",
  2181: "ZooKeeper",
  3306: "MySQL",
  3389: "RDP",
  5432: "PostgreSQL",
  5671: "AMQP",
  5672: "AMQP",
  5900: "VNC",
  6379: "Redis",
  9042: "Cassandra",
  9092: "Kafka",
  11211: "Memcached",
  27017: "MongoDB",
};

/** What to probe: only addresses the inventory holds, each (address, port, hosts, paths) once. */
export function targetsOf(exposures: readonly Exposure[], options: TargetOptions): Targets {
  const found = new Map<string, { target: Target; exposures: string[] }>();
  const skipped = new Map<string, ProbeSkip>();
  const skip = (target: string, because: string): void => {
    skipped.set(JSON.stringify([target, because]), { target, because });
  };
  for (const exposure of exposures) {
    const address = dialled(exposure);
    const refusal = refusalOf(exposure, options);
    if (address === undefined || refusal !== undefined) {
      skip(labelOf(exposure), refusal ?? noAddress);
      continue;
    }
    const { ports, unprobed } = portsToProbe(exposure.entry.port, options.candidatePorts);
    if (unprobed !== undefined) skip(labelOf(exposure), unprobed);
    for (const port of ports) {
      const service = otherServices[port];
      if (service !== undefined) {
        skip(`${bracketed(address)}:${port}`, `Port ${port} is ${service}, which is not probed.`);
        continue;
      }
      const target = targetAt(exposure, address, port, options.connectTo);
      const entry = found.get(target.id) ?? { target, exposures: [] };
      entry.exposures.push(exposure.id);
      found.set(target.id, entry);
    }
  }
  const entries = [...found.values()].toSorted(byText(({ target }) => target.id));
  return {
    targets: entries.map(({ target }) => target),
    links: entries.map((entry) => ({
      target: entry.target.id,
      exposures: [...new Set(entry.exposures)].toSorted(),
    })),
    skipped: [...skipped.values()].toSorted(
      byText(({ target, because }) => JSON.stringify([target, because])),
    ),
  };
}

const noAddress = "The inventory holds no address or provider host name for this path.";

function refusalOf(exposure: Exposure, options: TargetOptions): string | undefined {
  if (exposure.protocol !== "tcp") return "MCP runs over TCP; UDP is not probed.";
  if (exposure.latent === "INSTANCE_NOT_RUNNING") return "The workload is stopped.";
  const address = dialled(exposure);
  if (address === undefined) return noAddress;
  const kind = addressClass(address);
  if (kind === "never") return "Link-local, metadata and reserved addresses are never contacted.";
  if (kind === "private" && !options.includeInternal) {
    return "Private address: probed only with --include-internal.";
  }
  return undefined;
}

/** An IP address, else a name the provider gave out; a customer's own name is never resolved. */
function dialled({ entry }: Exposure): string | undefined {
  const names = [...(entry.address === undefined ? [] : [entry.address]), ...entry.hosts];
  return (
    names.slice(0, 1).find((name) => name === entry.address && addressClass(name) !== "invalid") ??
    names.find((name) => addressClass(name) === "name")
  );
}

function portsToProbe(
  { from, to }: PortRange,
  candidates: readonly number[],
): { ports: readonly number[]; unprobed?: string } {
  const size = to - from + 1;
  if (size <= widestRange)
    return { ports: Array.from({ length: size }, (_, index) => from + index) };
  const ports = [...new Set(candidates)].filter((port) => port >= from && port <= to);
  return {
    ports,
    unprobed: `${size} ports are open; probed only at ${ports.length} ports where MCP servers are found.`,
  };
}

function targetAt(
  { entry, workload, via }: Exposure,
  address: string,
  port: number,
  connectTo: readonly ConnectTo[],
): Target {
  const hosts = entry.hosts.toSorted();
  const redirect = connectTo.find(
    (rule) => rule.port === port && (rule.host === address || hosts.includes(rule.host)),
  );
  return {
    id: stableId(
      "target",
      address,
      String(port),
      JSON.stringify(hosts),
      JSON.stringify(entry.paths),
    ),
    address,
    port,
    family: address.includes(":") ? "ipv6" : "ipv4",
    hosts,
    paths: entry.paths,
    tls: entry.tls,
    ...(entry.tls !== "unknown" && via !== "direct" && { frontDoor: true as const }),
    scalesToZero: workload.kind === "app" || workload.kind === "function",
    ...(redirect && { connect: { address: redirect.address, port: redirect.connectPort } }),
  };
}

function labelOf({ entry, workload, protocol }: Exposure): string {
  const { from, to } = entry.port;
  const ports = from === to ? `${from}` : `${from}-${to}`;
  const place = entry.address === undefined ? workload.id : bracketed(entry.address);
  return `${place}:${ports}${protocol === "udp" ? "/udp" : ""}`;
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
