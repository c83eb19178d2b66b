import { ipFamilies, type Exposure, type IpFamily, type PortRange } from "../model/exposure.ts";
import type { Json } from "../model/json.ts";
import { unionFlows, type FlowSet } from "../net/flow-set.ts";
import { equal, intersect, isEmpty, parseSet, toCidrs, type PrefixSet } from "../net/prefix-set.ts";
import { listOf, numberOf, objectOf, textOf, textsOf } from "./read-json.ts";

/** The compared part of an exposure, expected or found, of one family. */
export interface Fact {
  readonly workload: string;
  readonly protocol: string;
  readonly port: PortRange;
  readonly family: IpFamily;
  readonly clients: PrefixSet;
  readonly direct: boolean;
  readonly entry: PortRange;
  readonly address?: string;
  readonly authGate: string;
}

/** Everybody who is asked about. */
export type Space = (family: IpFamily) => PrefixSet;

export function rangeOf(value: Json | undefined): PortRange | undefined {
  const range = objectOf(value);
  const [from, to] = [numberOf(range["from"]), numberOf(range["to"])];
  return from === undefined || to === undefined ? undefined : { from, to };
}

export function expectedFacts(exposure: Json, space: Space): Fact[] {
  const own = objectOf(exposure);
  const entry = objectOf(own["entry"]);
  const port = rangeOf(own["portRange"]);
  if (!port) return [];
  const sources = own["sources"] === "internet" ? "internet" : textsOf(own["sources"]);
  const address = textOf(entry["address"]);
  const dialled = address === undefined ? {} : { address };
  return ipFamilies
    .filter((family) => textsOf(own["families"]).includes(family))
    .flatMap((family) =>
      clipped(sources, space(family)).map((clients) =>
        Object.assign(
          {
            workload: textOf(own["workload"]) ?? "",
            protocol: textOf(own["protocol"]) ?? "",
            port,
            family,
            clients,
            direct: own["via"] === "direct",
            entry: rangeOf(entry["port"]) ?? port,
            authGate: textOf(own["authGate"]) ?? "none",
          },
          dialled,
        ),
      ),
    );
}

/** Workloads are told by id or by name, whichever the case uses. */
export function foundFacts(exposure: Exposure, names: ReadonlySet<string>, space: Space): Fact[] {
  const { workload, protocol, portRange, entry, authGate, via } = exposure;
  return exposure.families.flatMap((family) =>
    clipped(exposure.sources, space(family)).map((clients) => ({
      workload: names.has(workload.name) && !names.has(workload.id) ? workload.name : workload.id,
      protocol,
      port: portRange,
      family,
      clients,
      direct: via === "direct",
      entry: entry.port,
      authGate,
    })),
  );
}

function clipped(sources: "internet" | readonly string[], space: PrefixSet): PrefixSet[] {
  if (sources === "internet") return [space];
  const set = parseSet(space.family, sources);
  const clients = set && intersect(set, space);
  return clients && !isEmpty(clients) ? [clients] : [];
}

/** Canonical lines: adjacent ports and prefixes merged, so that two spellings of the same set compare equal. */
export function factLines(facts: readonly Fact[], space: Space): string[] {
  const groups = new Map<string, FlowSet>();
  for (const fact of facts) {
    const same =
      fact.entry.from === fact.port.from && fact.entry.to === fact.port.to && fact.direct;
    const entry = same ? "same" : `${fact.entry.from}-${fact.entry.to}`;
    const key = [
      fact.workload,
      fact.protocol,
      fact.family,
      fact.direct ? "direct" : "via",
      entry,
      fact.authGate,
    ].join(" ");
    const flows: FlowSet = [{ ports: fact.port, addresses: fact.clients }];
    groups.set(key, unionFlows(groups.get(key) ?? [], flows));
  }
  return [...groups]
    .flatMap(([key, flows]) =>
      flows.map(({ ports, addresses }) => {
        const whole = equal(addresses, space(addresses.family));
        const from = whole ? "all who are asked about" : toCidrs(addresses).join(",");
        return `${key} ${ports.from}-${ports.to} from ${from}`;
      }),
    )
    .toSorted();
}

export function isSoft(value: Json): boolean {
  const own = objectOf(value);
  return own["certainty"] === "unverified";
}

export const entriesOf = (expected: Json | undefined, key: string): readonly Json[] =>
  listOf(objectOf(expected)[key]);
