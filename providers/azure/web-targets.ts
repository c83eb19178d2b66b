import type { Landscape, WebTarget } from "./landscape.ts";
import type { Onward, Sender } from "./receivers.ts";
import { nobody, workloadStop } from "./legs.ts";

/** A platform's host name behind a gateway: its own restrictions see the gateway's addresses, which are not read as clients. */
export function throughWeb(host: string, sender: Sender, land: Landscape): Onward[] {
  return land.sites
    .filter(({ hosts }) => hosts.some((each) => each.toLowerCase() === host.toLowerCase()))
    .map((target) => onwardTo(target, sender, target.gates));
}

export function onwardTo(target: WebTarget, sender: Sender, gates: WebTarget["gates"]): Onward {
  const { workload, port } = target;
  return {
    workload,
    via: [],
    port,
    legs: [
      {
        family: "ipv4",
        from: { addresses: sender.addresses, groups: [] },
        to: nobody,
        port,
        own: gates,
        stop: workloadStop(workload, `${sender.name} opens a connection to ${workload.name}`),
      },
    ],
  };
}
