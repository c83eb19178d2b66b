import type { Exposure, Hop } from "../../src/model/exposure.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Cut } from "../../src/model/plan.ts";
import type { Server } from "../../src/model/server.ts";
import type { PlanInput, Verdicts } from "../../src/plan/plan.ts";
import { anEndpoint, anExposure, aServer } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

/** One way in: every gate must admit, and each of its rules admits alone. */
export interface Way {
  readonly gates: readonly (readonly string[])[];
  readonly listener?: string;
}

export interface SmallServer {
  readonly ways: readonly Way[];
  readonly identities: readonly string[];
  /** A critical finding that a sign-in does not cure. */
  readonly stubborn: boolean;
}

const testSource = { kind: "rule", id: "test" } as const;

const base = aReport().findings[0]!;

/** An estate whose servers are critical while somebody gets in, unasked, to one of their identities. */
export function estate(servers: readonly SmallServer[]): PlanInput {
  const after = (cuts: readonly Cut[]): Verdicts => {
    const gone = new Set(
      cuts.map(({ kind, target, about }) =>
        kind === "rule" || kind === "listener"
          ? `${kind} ${target}`
          : `${kind} ${target} ${about.workload}`,
      ),
    );
    const exposures = servers.flatMap(({ ways }, index) =>
      ways.flatMap((way, at) => exposureOf(way, index, at, gone) ?? []),
    );
    const left = servers.flatMap((server, index) => serverOf(server, index, exposures, gone) ?? []);
    return {
      exposures,
      unknowns: [],
      servers: left,
      findings: left.flatMap((server) => findingsOf(server, servers, gone)),
    };
  };
  return { now: after([]), after, removable: () => true };
}

function exposureOf(
  way: Way,
  index: number,
  at: number,
  gone: ReadonlySet<string>,
): Exposure | undefined {
  const open = way.gates.map((rules) => rules.find((rule) => !gone.has(`rule ${rule}`)));
  const address = `203.0.113.${index}`;
  if (open.includes(undefined)) return undefined;
  if (way.listener !== undefined && gone.has(`listener ${way.listener}`)) return undefined;
  if (way.listener === undefined && gone.has(`address ${address} i-${index}`)) return undefined;
  return anExposure({
    id: `way-${index}-${at}`,
    via: way.listener === undefined ? "direct" : "lb",
    entry: { ...anExposure().entry, address },
    portRange: { from: 8000, to: 8000 },
    hops: [
      ...open.map((rule, gate): Hop => ({
        kind: "gate",
        id: `gate-${gate}`,
        rule: rule!,
        because: "",
        source: testSource,
      })),
      ...(way.listener === undefined
        ? []
        : [
            {
              kind: "listener" as const,
              id: way.listener,
              because: "",
              source: testSource,
            },
          ]),
    ],
  });
}

function serverOf(
  { identities }: SmallServer,
  index: number,
  exposures: readonly Exposure[],
  gone: ReadonlySet<string>,
): Server | undefined {
  const own = exposures.filter(({ id }) => id.startsWith(`way-${index}-`)).map(({ id }) => id);
  if (own.length === 0) return undefined;
  const signedIn = gone.has(`authentication server-${index} i-${index}`);
  const held = identities.filter((id) => !gone.has(`identity ${id} i-${index}`));
  const [template] = aServer().identities;
  return aServer({
    id: `server-${index}`,
    severity: held.length > 0 && !signedIn ? "critical" : "medium",
    workload: { id: `i-${index}`, name: `box-${index}`, kind: "instance", tags: {} },
    endpoints: [
      anEndpoint({
        exposures: own,
        authentication: { ...anEndpoint().authentication, verdict: signedIn ? "oauth" : "open" },
      }),
    ],
    identities: held.map((id) => ({ ...template!, id, verdict: "yes" })),
  });
}

function findingsOf(
  server: Server,
  servers: readonly SmallServer[],
  gone: ReadonlySet<string>,
): Finding[] {
  const index = Number(server.id.slice("server-".length));
  const signedIn = gone.has(`authentication server-${index} i-${index}`);
  const critical = server.identities.length > 0 && (!signedIn || servers[index]!.stubborn);
  return [
    {
      ...base,
      id: `finding-${index}`,
      severity: critical ? "critical" : "medium",
      subject: { kind: "server", id: server.id },
    },
  ];
}
