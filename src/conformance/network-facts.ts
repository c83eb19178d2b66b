import { ipFamilies, type Exposure, type IpFamily, type PortRange } from "../model/exposure.ts";
import type { Json } from "../model/json.ts";
import type { Provider } from "../model/provider.ts";
import { clientSpace } from "../net/client-space.ts";
import { unionFlows, type FlowSet } from "../net/flow-set.ts";
import { intersect, isEmpty, parseSet, toCidrs, type PrefixSet } from "../net/prefix-set.ts";
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

export function rangeOf(value: Json | undefined): PortRange | undefined {
  const range = objectOf(value);
  const [from, to] = [numberOf(range["from"]), numberOf(range["to"])];
  return from === undefined || to === undefined ? undefined : { from, to };
}

export function expectedFacts(exposure: Json, provider: Provider): Fact[] {
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
      clipped(sources, family, provider).map((clients) =>
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
export function foundFacts(
  exposure: Exposure,
  names: ReadonlySet<string>,
  provider: Provider,
): Fact[] {
  const { workload, protocol, portRange, entry, authGate, via } = exposure;
  return exposure.families.flatMap((family) =>
    clipped(exposure.sources, family, provider).map((clients) => ({
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

function clipped(
  sources: "internet" | readonly string[],
  family: IpFamily,
  provider: Provider,
): PrefixSet[] {
  const space = clientSpace(provider, family);
  if (sources === "internet") return [space];
  const set = parseSet(family, sources);
  const clients = set && intersect(set, space);
  return clients && !isEmpty(clients) ? [clients] : [];
}

/** Canonical lines: adjacent ports and prefixes merged, so that two spellings of the same set compare equal. */
export function factLines(facts: readonly Fact[], provider: Provider): string[] {
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
        const space = toCidrs(clientSpace(provider, addresses.family)).join(",");
        const from = toCidrs(addresses).join(",");
        return `${key} ${ports.from}-${ports.to} from ${from === space ? "internet" : from}`;
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
