import type { AuthGate, IpFamily } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import { sourceOf } from "../reader.ts";
import type { Balancer, Listener, Tls } from "./balancers.ts";
import { keyOf, nobody } from "./direct.ts";
import { internetGates } from "./internet-gates.ts";
import type { End } from "./network.ts";
import { client, frontToFront, type Landscape, type Onward } from "./targets.ts";

/** A request that has come as far as a balancer. */
export interface Arrival {
  readonly balancer: Balancer;
  /** Family of the client. */
  readonly family: IpFamily;
  /** Family in which the balancer was dialled. */
  readonly dialled: IpFamily;
  readonly end: End;
  readonly via: readonly string[];
  /** What leads to the balancer's listener on a port. */
  legs(listener: Pick<Listener, "port">): readonly Leg[];
  /** What an earlier front door decided; the listener decides what is left open. */
  readonly entry: Omit<Approach["entry"], "tls">;
  readonly entryPorts?: Approach["entryPorts"];
  readonly tls?: Tls;
  readonly authGate: AuthGate;
  readonly clients?: readonly string[];
  readonly assumptions: readonly string[];
}

/** One arrival an address, in each of the balancer's subnets, from the internet. */
export function arrivals(balancer: Balancer, land: Landscape): Arrival[] {
  return balancer.addresses.flatMap(({ family, address }) =>
    endsOf(balancer, family, land).map((end): Arrival => ({
      balancer,
      family,
      dialled: family,
      end,
      via: [balancer.name],
      legs: (listener) => [frontLeg(balancer, family, end, address, listener, land)],
      entry: { address, hosts: [], paths: [] },
      authGate: "none",
      assumptions: [],
    })),
  );
}

/** The same request, sent on to another balancer by its address inside the network. */
export function sentOn(
  before: Omit<Arrival, "legs" | "balancer" | "dialled" | "end"> & {
    readonly legs: readonly Leg[];
  },
  next: Balancer,
  address: string,
  onward: Onward,
  land: Landscape,
): Arrival[] {
  const dialled = parseAddress(address)?.family ?? "ipv4";
  const { legs, ...rest } = before;
  const via = rest.via.concat(next.name);
  return endsOf(next, dialled, land).map((end): Arrival => {
    const leg = frontToFront(land, onward, end, address, stopAt(next, address));
    const here = { balancer: next, dialled, end, via, legs: () => legs.concat(leg) };
    return Object.assign(here, rest, { via });
  });
}

function endsOf(balancer: Balancer, family: IpFamily, { network }: Landscape): End[] {
  const { id, groups, attributes, node, subnets } = balancer;
  const own = balancer.own.filter((each) => parseAddress(each)?.family === family);
  return subnets.map((subnet): End => {
    const inside = (network.subnets.get(subnet)?.cidrs ?? []).filter(
      (cidr) => parsePrefix(cidr)?.family === family,
    );
    const addresses = own.length > 0 ? own : inside.flatMap((cidr) => cidr.split("/")[0] ?? []);
    return { id, subnet, groups, tables: [], attributes, addresses, node };
  });
}

function frontLeg(
  balancer: Balancer,
  family: IpFamily,
  end: End,
  address: string,
  { port }: Pick<Listener, "port">,
  { network }: Landscape,
): Leg {
  return {
    family,
    from: client,
    to: nobody,
    ...(port !== undefined && { port }),
    own: closedGates(balancer),
    chain: network.chain(`front|${keyOf(end)}`, () =>
      internetGates(network, end, "LB_SG_NO_MATCH"),
    ),
    stop: stopAt(balancer, address),
  };
}

function stopAt({ name, node }: Balancer, address: string): Leg["stop"] {
  const because = `${address} is an address of ${name}`;
  return { kind: "balancer", id: name, because, source: sourceOf(node) };
}

/** Private, or not in service. */
export function closedGates({
  name,
  internal,
  outOfService,
  node,
}: Pick<Balancer, "name" | "internal" | "outOfService" | "node">): Gate[] {
  const common = { kind: "state", id: name, open: false, source: sourceOf(node) } as const;
  return [
    ...(internal
      ? [{ ...common, code: "LB_INTERNAL_SCHEME", because: `${name} is private` } as const]
      : []),
    ...(outOfService === undefined
      ? []
      : [{ ...common, code: "FRONTEND_DISABLED", because: `${name} is ${outOfService}` } as const]),
  ];
}
