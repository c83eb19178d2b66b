import type { IpFamily } from "../../src/model/exposure.ts";
import { text } from "../reader.ts";
import type { FrontEnd } from "./front-ends.ts";
import type { Landscape } from "./landscape.ts";
import { pathOf, regionOf } from "./links.ts";
import { linkOf } from "./pages.ts";

/** What subnets of proxies are for. https://cloud.google.com/load-balancing/docs/proxy-only-subnets */
const regional: ReadonlySet<string> = new Set([
  "REGIONAL_MANAGED_PROXY",
  "INTERNAL_HTTPS_LOAD_BALANCER",
]);
const crossRegion: ReadonlySet<string> = new Set(["GLOBAL_MANAGED_PROXY"]);

/** Proxies that stand in the network send from these: those of the region that the address of the front end is in. */
export function proxyRanges(
  { region, node }: FrontEnd,
  { subnetworks }: Landscape,
  network: string,
  family: IpFamily,
): string[] {
  const purposes = region === undefined ? crossRegion : regional;
  const here = region ?? regionOf(`/${pathOf(text(node, "subnetwork") ?? "")}`);
  return subnetworks
    .filter(
      (subnet) =>
        purposes.has(text(subnet, "purpose") ?? "") &&
        (text(subnet, "role") ?? "ACTIVE") === "ACTIVE" &&
        (text(subnet, "network") ?? "").endsWith(network) &&
        (here === undefined || regionOf(`/${linkOf(subnet)}`) === here),
    )
    .flatMap((subnet) => {
      const range = text(subnet, family === "ipv4" ? "ipCidrRange" : "internalIpv6Prefix");
      return range === undefined ? [] : [range];
    });
}
