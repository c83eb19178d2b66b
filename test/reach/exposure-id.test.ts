import { expect, test } from "vitest";
import { exposureId, placeOf, sourcesOf, wayOf, type Way } from "../../src/reach/exposure-id.ts";

const way: Way = {
  protocol: "tcp",
  portRange: { from: 80, to: 90 },
  families: ["ipv4"],
  via: "direct",
  authGate: "none",
  verdict: "reachable",
  sources: sourcesOf("internet"),
  dialled: 80,
};

const others: readonly Partial<Way>[] = [
  { protocol: "udp" },
  { portRange: { from: 81, to: 90 } },
  { portRange: { from: 80, to: 91 } },
  { families: ["ipv6"] },
  { via: "lb" },
  { authGate: "iam" },
  { verdict: "unknown" },
  { latent: "INSTANCE_NOT_RUNNING" },
  { sources: sourcesOf(["203.0.113.0/24"]) },
  { sources: sourcesOf(["203.0.113.0/25"]) },
  { dialled: 443 },
];

test("each thing that tells two ways apart tells their ids apart", () => {
  const ids = [way, ...others.map((other) => ({ ...way, ...other }))].map(wayOf);
  expect(new Set(ids).size).toBe(others.length + 1);
  expect(wayOf({ ...way })).toBe(wayOf(way));
});

test("each thing that tells two places apart tells their ids apart, even names with spaces", () => {
  const places = [
    placeOf("aws", "1", "vm", "192.0.2.1"),
    placeOf("gcp", "1", "vm", "192.0.2.1"),
    placeOf("aws", "2", "vm", "192.0.2.1"),
    placeOf("aws", "1", "vm-2", "192.0.2.1"),
    placeOf("aws", "1", "vm", "192.0.2.2"),
    placeOf("aws", "1", "vm"),
    placeOf("aws", "1", "vm 192.0.2.1"),
  ];
  expect(new Set(places).size).toBe(places.length);
  expect(exposureId("a", "b")).not.toBe(exposureId("a", "c"));
});
