import { describe, expect, test } from "vitest";
import { addressClass } from "../../src/correlate/address-class.ts";
import { targetsOf } from "../../src/correlate/targets.ts";
import type { TargetOptions } from "../../src/correlate/targets.ts";
import type { Exposure } from "../../src/model/exposure.ts";
import { anExposure } from "../fixtures/builders.ts";

const options: TargetOptions = {
  connectTo: [],
  includeInternal: false,
  candidatePorts: [8000, 3000, 8080],
};
const entry = (changes: Partial<Exposure["entry"]>): Exposure =>
  anExposure({ entry: { ...anExposure().entry, ...changes } });
const ports = (exposure: Exposure, extra: Partial<TargetOptions> = {}): number[] =>
  targetsOf([exposure], { ...options, ...extra })
    .targets.map(({ port }) => port)
    .toSorted((a, b) => a - b);

describe("targets", () => {
  test("one exposed port is one target at the address the client dials", () => {
    const { targets, links, skipped } = targetsOf([anExposure()], options);

    expect(targets).toMatchObject([{ address: "203.0.113.7", port: 8000, family: "ipv4" }]);
    expect(links).toEqual([{ target: targets[0]?.id, exposures: ["exposure-1"] }]);
    expect(skipped).toEqual([]);
  });

  test("exposures behind one front door share a target", () => {
    const { targets, links } = targetsOf([anExposure({ id: "exposure-2" }), anExposure()], options);

    expect(targets).toHaveLength(1);
    expect(links[0]?.exposures).toEqual(["exposure-1", "exposure-2"]);
  });

  test("a range of 16 ports is probed whole", () => {
    expect(ports(entry({ port: { from: 8000, to: 8015 } }))).toHaveLength(16);
  });

  test("a range of 17 ports is probed at candidate ports only and the rest is named", () => {
    const exposure = entry({ port: { from: 8000, to: 8016 } });

    expect(ports(exposure)).toEqual([8000]);
    expect(targetsOf([exposure], options).skipped).toEqual([
      {
        target: "203.0.113.7:8000-8016",
        because: "17 ports are open; probed only at 1 ports where MCP servers are found.",
      },
    ]);
  });

  test.each([22, 3389, 3306, 5432, 1433, 6379, 27017])(
    "port %i of another service is skipped",
    (port) => {
      const exposure = entry({ port: { from: port, to: port } });

      expect(ports(exposure)).toEqual([]);
      expect(targetsOf([exposure], options).skipped).toHaveLength(1);
    },
  );

  test("private addresses need to be asked for", () => {
    expect(ports(entry({ address: "10.0.0.7" }))).toEqual([]);
    expect(ports(entry({ address: "10.0.0.7" }), { includeInternal: true })).toEqual([8000]);
  });

  test.each([
    "169.254.169.254",
    "fe80::1",
    "fd00:ec2::254",
    "168.63.129.16",
    "127.0.0.1",
    "::ffff:169.254.169.254",
  ])("%s is never contacted", (address) => {
    expect(ports(entry({ address }), { includeInternal: true })).toEqual([]);
  });

  test.each([
    ["UDP", anExposure({ protocol: "udp" })],
    ["a stopped workload", anExposure({ latent: "INSTANCE_NOT_RUNNING" })],
    [
      "a customer's own name, which would have to be resolved",
      entry({ address: "mcp.example.com" }),
    ],
  ])("%s is skipped", (_, exposure) => {
    const { targets, skipped } = targetsOf([exposure], options);

    expect([targets.length, skipped.length]).toEqual([0, 1]);
  });

  test("a front door without an address is dialled by the name its provider gave it", () => {
    const { entry: base, ...rest } = anExposure();
    const { address: _, ...nameless } = base;
    const hosts = ["mcp.example.com", "alb-1.eu-central-1.elb.amazonaws.com"];
    const exposure = { ...rest, entry: { ...nameless, hosts } };

    expect(targetsOf([exposure], options).targets[0]?.address).toBe(
      "alb-1.eu-central-1.elb.amazonaws.com",
    );
  });

  test("--connect-to redirects one address and port and leaves the name in place", () => {
    const connectTo = [
      { host: "203.0.113.7", port: 8000, address: "127.0.0.1", connectPort: 4100 },
    ];
    const { targets } = targetsOf([anExposure(), entry({ port: { from: 8001, to: 8001 } })], {
      ...options,
      connectTo,
    });

    expect(
      targets
        .map(({ port, connect }) => [port, connect?.port])
        .toSorted(([a = 0], [b = 0]) => a - b),
    ).toEqual([
      [8000, 4100],
      [8001, undefined],
    ]);
  });
});

test.each([
  ["9.255.255.255", "public"],
  ["10.0.0.0", "private"],
  ["11.0.0.0", "public"],
  ["172.15.255.255", "public"],
  ["172.16.0.0", "private"],
  ["172.32.0.0", "public"],
  ["100.63.255.255", "public"],
  ["100.64.0.0", "private"],
  ["100.128.0.0", "public"],
  ["169.253.255.255", "public"],
  ["169.254.0.0", "never"],
  ["224.0.0.1", "never"],
  ["255.255.255.255", "never"],
  ["999.1.1.1", "invalid"],
  ["2600:1f18::1", "public"],
  ["fc00::1", "private"],
  ["fe80::1", "never"],
  ["::1", "never"],
  ["::ffff:10.0.0.1", "private"],
  ["svc-1.run.app", "name"],
  ["run.app.example.com", "invalid"],
] as const)("address %s is %s", (address, expected) => {
  expect(addressClass(address)).toBe(expected);
});
