import { stableId } from "../hash.ts";
import type { Exposure, Hop } from "../model/exposure.ts";
import type { Cut, CutFacts, CutKind } from "../model/plan.ts";
import type { AuthenticationVerdict, Server } from "../model/server.ts";
import { dialledPort } from "./dialled-port.ts";

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
  const ways = server.endpoints.flatMap(({ url, exposures: own }) =>
    own.flatMap((id): Way[] => {
      const exposure = exposures.get(id);
      return exposure ? [{ exposure, dialled: dialledPort(url) ?? exposure.entry.port.from }] : [];
    }),
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

/** An exposure, and the port of it on which the server answered. */
interface Way {
  readonly exposure: Exposure;
  readonly dialled: number;
}

function waysInto(way: Way, server: Server, { removable }: CutContext): Cut[] {
  const { entry, via, hops } = way.exposure;
  const rules = hops
    .filter((hop) => hop.kind === "gate" && hop.rule !== undefined && removable(hop, way.exposure))
    .map((hop) => ruleCut(hop, way, server));
  const listeners = hops
    .filter(({ kind }) => kind === "listener")
    .map(({ id }) => cut("listener", server, id, {}, `close listener ${id}`));
  const addresses =
    via === "direct" && entry.address !== undefined
      ? [
          cut(
            "address",
            server,
            entry.address,
            {},
            `take the public address ${entry.address} off ${server.workload.name}`,
          ),
        ]
      : [];
  return [...rules, ...listeners, ...addresses];
}

function ruleCut(hop: Hop, { exposure, dialled }: Way, server: Server): Cut {
  const { protocol, portRange, hops } = exposure;
  // Before the front door has been passed, packets carry the port that was dialled; behind it perhaps another one.
  const listener = hops.findIndex(({ kind }) => kind === "listener");
  const kept = portRange.from <= dialled && dialled <= portRange.to;
  const port = hops.indexOf(hop) < listener || kept ? dialled : portRange.from;
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
