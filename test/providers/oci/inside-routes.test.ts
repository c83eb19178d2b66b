import { describe, expect, test } from "vitest";
import { after, balancer, ingress, type Change } from "./changed-case.ts";
import type { Loose } from "./world.ts";

const machine = "ocid1.privateip.oc1.iad.fw";
const rule = (destination: string, networkEntityId: string) => ({ destination, networkEntityId });
const table = (config: Loose, end: string) =>
  config.core.routeTables.find(({ id }: Loose) => id.endsWith(`.${end}`)).routeRules;
const told = (change: Change, gaps: Loose[] = [], id = "oci-040"): string[] =>
  after(id, change, gaps).exposures.map(({ verdict, certainty }) => `${verdict} ${certainty}`);

/** The balancer's subnet sends what is for the backend through a machine, which the backend's does not. */
const oneWay: Change = (config) => {
  table(config, "pub").push(rule("10.0.2.0/24", machine));
  ingress(config, "lb").push({ protocol: "6", source: "10.0.4.0/24" });
  config.core.privateIps.push({
    id: machine,
    subnetId: "ocid1.subnet.oc1.iad.lb",
    ipAddress: "10.0.4.9",
  });
};
const bothWays: Change = (config) => {
  oneWay(config);
  table(config, "priv").push(rule("10.0.4.0/24", machine));
};

describe("the way between a balancer and its backend", () => {
  test("through one machine either way passes it, if only one way it does not", () => {
    expect(told(oneWay)).toEqual([]);
    expect(told(bothWays)).toEqual(["reachable maybe"]);
  });

  test("through two different machines is none", () => {
    const found = told((config) => {
      bothWays(config);
      table(config, "priv").at(-1).networkEntityId = "ocid1.privateip.oc1.iad.other";
    });
    expect(found).toEqual([]);
  });

  test.each([
    ["core:GetVnic", "the interface's own table"],
    ["core:ListPrivateIps", "the address's own table"],
    ["core:ListVcns", "the network's own routes"],
  ])("is taken to be open while %s was not read: %s is unknown", (call) => {
    expect(told(oneWay, [call])).toEqual([expect.stringContaining("maybe")]);
  });

  test("is known where the address has a table of its own, whatever the interface has", () => {
    const found = told(
      (config) => {
        oneWay(config);
        const [{ id, subnetId, privateIp }] = config.core.vnics;
        config.core.privateIps.push({
          id: "ocid1.privateip.oc1.iad.own",
          vnicId: id,
          subnetId,
          ipAddress: privateIp,
          routeTableId: "ocid1.routetable.oc1.iad.priv",
        });
      },
      ["core:GetVnic"],
    );
    expect(found).toEqual([]);
  });

  test("is known by the tables that were read, whichever others were not", () => {
    const gap = { call: "core:ListRouteTables", params: { compartmentId: "elsewhere" } };
    expect(told(oneWay, [gap])).toEqual([]);
    expect(told(() => {}, [gap])).toEqual(["reachable certain"]);
  });
});

describe("a backend that is named by its instance", () => {
  const byInstance: Change = (config) => {
    const [backend] = balancer(config).backendSets.bs.backends;
    delete backend.ipAddress;
    const { core } = config;
    const [own] = core.vnics;
    const id = "ocid1.vnic.oc1.iad.aaa";
    const subnet = { ...core.subnets.at(-1), id: "closed", securityListIds: [] };
    core.subnets.push(subnet);
    core.vnics.unshift({ ...own, id, subnetId: "closed", privateIp: "10.0.9.5", isPrimary: false });
    core.vnicAttachments.unshift({ ...core.vnicAttachments[0], vnicId: id, subnetId: "closed" });
  };

  test("is its primary interface", () => {
    expect(told(byInstance, [], "oci-052")).toEqual(["reachable certain"]);
  });

  test("may be either while these were not read", () => {
    expect(told(byInstance, ["core:GetVnic"], "oci-052")).toEqual([
      expect.stringContaining("unknown"),
    ]);
  });
});

test("whether a backup serves depends on health that was not read", () => {
  const backups: Change = (config) => {
    const { backends } = balancer(config).backendSets.bs;
    backends[0].backup = true;
    backends.push({ ...backends[0], name: "x:1", ipAddress: "10.0.2.9", backup: false });
  };
  expect(told(backups, ["loadbalancer:GetBackendSetHealth"])).toEqual([
    expect.stringContaining("unknown"),
  ]);
});

test.each([
  ["core:ListIpv6s", ["ipv4 certain", "ipv6 maybe"]],
  ["core:ListPrivateIps", ["ipv4 maybe", "ipv6 certain"]],
])(
  "without %s a table of their own is unknown for addresses of that family alone",
  (call, lines) => {
    const { exposures } = after("postern-oci-028", () => {}, [call]);
    expect(exposures.map(({ families, certainty }) => `${String(families)} ${certainty}`)).toEqual(
      lines,
    );
  },
);
