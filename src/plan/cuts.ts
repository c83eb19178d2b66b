import { stableId } from "../hash.ts";
import type { Exposure, Hop } from "../model/exposure.ts";
import type { Cut, CutFacts, CutKind } from "../model/plan.ts";
import type { AuthenticationVerdict, Server } from "../model/server.ts";

/** Facts of the estate that the report does not hold. */
export interface CutContext {
  /** Whether the rule of a hop can be taken away: an allow that is not about everything. */
  readonly removable: (hop: Hop, exposure: Exposure) => boolean;
}

/** Signed in already: asking again changes nothing. */
const delegated: ReadonlySet<AuthenticationVerdict> = new Set(["oauth", "front-door", "mtls"]);

/** Where the chains of one server can be cut. */
export function cutsOf(
  server: Server,
  exposures: ReadonlyMap<string, Exposure>,
  context: CutContext,
): Cut[] {
  const ways = [...new Set(server.endpoints.flatMap((endpoint) => endpoint.exposures))].flatMap(
    (id) => exposures.get(id) ?? [],
  );
  const cuts = [
    ...ways.flatMap((way) => waysInto(way, server, context)),
    ...(server.endpoints.some(({ authentication }) => !delegated.has(authentication.verdict))
      ? [
          cut(
            "authentication",
            server,
            server.id,
            {},
            `demand a token of every client of ${server.workload.name}`,
          ),
        ]
      : []),
    ...server.identities
      .filter(({ verdict }) => verdict !== "no")
      .map(({ id }) =>
        cut("identity", server, id, {}, `take ${id} away from ${server.workload.name}`),
      ),
  ];
  return [...new Map(cuts.map((one) => [one.id, one])).values()];
}

function waysInto(way: Exposure, server: Server, { removable }: CutContext): Cut[] {
  const { protocol, portRange, entry, via } = way;
  const rules = way.hops
    .filter((hop) => hop.kind === "gate" && hop.rule !== undefined && removable(hop, way))
    .map((hop) => ruleCut(hop, way, server));
  const listeners = way.hops
    .filter(({ kind }) => kind === "listener")
    .map(({ id }) =>
      cut("listener", server, id, { port: entry.port.from }, `close listener ${id}`),
    );
  const addresses =
    via === "direct" && entry.address !== undefined
      ? [
          cut(
            "address",
            server,
            entry.address,
            { protocol, port: portRange.from },
            `take the public address ${entry.address} off ${server.workload.name}`,
          ),
        ]
      : [];
  return [...rules, ...listeners, ...addresses];
}

function ruleCut(hop: Hop, { protocol, portRange, entry, hops }: Exposure, server: Server): Cut {
  // Before the front door has been passed, packets carry the port that was dialled.
  const listener = hops.findIndex(({ kind }) => kind === "listener");
  const port = hops.indexOf(hop) < listener ? entry.port.from : portRange.from;
  const rule = hop.rule ?? hop.id;
  return cut(
    "rule",
    server,
    rule,
    { holder: hop.id, protocol, port },
    `no longer admit ${protocol} port ${port} from the internet through ${rule}`,
  );
}

function cut(
  kind: CutKind,
  { provider, scope, region, workload }: Server,
  target: string,
  facts: Pick<CutFacts, "holder" | "protocol" | "port">,
  change: string,
): Cut {
  // A rule or listener is one change for all it guards; an identity, a sign-in or an address belongs to one workload.
  const own = kind === "rule" || kind === "listener" ? "" : workload.id;
  return {
    id: stableId(
      "cut",
      kind,
      provider,
      scope,
      target,
      own,
      facts.protocol ?? "",
      String(facts.port ?? ""),
    ),
    kind,
    provider,
    scope,
    region,
    target,
    change,
    about: { workload: workload.id, workloadName: workload.name, ...facts },
  };
}
