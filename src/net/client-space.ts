import type { IpFamily } from "../model/exposure.ts";
import type { Provider } from "../model/provider.ts";
import { emptySet, everyAddress, parseSet, subtract, type PrefixSet } from "./prefix-set.ts";

/** What no internet client can send from. Documentation ranges and 192.88.99.0/24 count as public. */
const notClients4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
];

/** Health probes come from these in their own cloud; no client can. */
const probes: Readonly<Partial<Record<Provider, readonly string[]>>> = {
  gcp: ["35.191.0.0/16", "130.211.0.0/22", "2600:2d00:1:1::/64", "2600:2d00:1:b029::/64"],
};

/** Every address an internet client of workloads in this cloud can send from. */
export function clientSpace(provider: Provider, family: IpFamily): PrefixSet {
  const key = `${provider}/${family}`;
  const known = spaces.get(key) ?? computed(provider, family);
  spaces.set(key, known);
  return known;
}

/** Computed once: it is asked for with every interface. */
const spaces = new Map<string, PrefixSet>();

function computed(provider: Provider, family: IpFamily): PrefixSet {
  const space =
    family === "ipv4"
      ? subtract(everyAddress("ipv4"), parsed("ipv4", notClients4))
      : parsed("ipv6", ["2000::/3"]);
  return subtract(space, parsed(family, probes[provider] ?? []));
}

function parsed(family: IpFamily, cidrs: readonly string[]): PrefixSet {
  return parseSet(family, cidrs) ?? emptySet(family);
}
