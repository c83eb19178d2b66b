import { describe, expect, test } from "vitest";
import type { Exposure } from "../../src/model/exposure.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import type { Lateral } from "../../src/rules/rule.ts";
import { anEndpoint, anExposure, apiSource, aServer, aWorkload } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const around = (
  changes: Partial<Lateral>,
  more: Partial<RulesInput> = {},
): Partial<RulesInput> => ({
  lateral: new Map([[aServer().id, { inbound: [], outbound: [], named: [], ...changes }]]),
  workloads: [aWorkload({ subnets: ["10.0.1.0/24"] })],
  ...more,
});
const from = (...sources: readonly string[]): Exposure => anExposure({ sources });
const neighbour = { id: "i-2", name: "db-1", kind: "instance", tags: {} } as const;
const to = (port: number, changes: Partial<Exposure> = {}): Exposure =>
  anExposure({ workload: neighbour, portRange: { from: port, to: port }, ...changes });

describe("mcp-lateral", () => {
  test("private networks beyond the own subnet reach an open server", () => {
    expect(judge("mcp-lateral", around({ inbound: [from("10.0.0.0/8")] }))).toMatchObject({
      severity: "medium",
      title: "web-1 is reachable from 10.0.0.0/8, beyond its own subnet",
    });
  });

  test("a server that asks for a secret is less of a bridge", () => {
    const authentication = {
      verdict: "static-secret",
      evidence: [],
      advertisesOauth: false,
    } as const;
    const servers = [aServer({ endpoints: [anEndpoint({ authentication })] })];

    expect(
      judge("mcp-lateral", around({ inbound: [from("10.0.0.0/8")] }, { servers })),
    ).toMatchObject({
      severity: "low",
    });
  });

  test("its own subnet alone is no bridge, what leaves it is not judged", () => {
    expect(judge("mcp-lateral", around({ inbound: [from("10.0.1.128/25")] }))).toMatchObject({
      worst: "medium",
      because: expect.stringContaining("what leaves it"),
    });
    expect(
      judge("mcp-lateral", around({ inbound: [from("10.0.1.0/24", "10.0.2.0/24")] })),
    ).toMatchObject({
      severity: "medium",
    });
  });

  test("without the subnet only what no subnet can be counts", () => {
    const unread = { workloads: [aWorkload()] };

    expect(judge("mcp-lateral", around({ inbound: [from("10.0.0.0/15")] }, unread))).toMatchObject({
      severity: "medium",
    });
    expect(judge("mcp-lateral", around({ inbound: [from("10.0.0.0/16")] }, unread))).toMatchObject({
      worst: "medium",
    });
  });

  test("a credential for a host of the estate leads on to it, without a doubt", () => {
    const named = [{ host: "10.0.2.5", workload: "i-2", source: apiSource }];

    expect(judge("mcp-lateral", around({ named }))).toMatchObject({
      certainty: "certain",
      title: "web-1 leads on to i-2",
      evidence: expect.arrayContaining([
        expect.objectContaining({
          because: expect.stringContaining("holds a credential for 10.0.2.5"),
        }),
      ]),
    });
  });

  test("an open database port leads on, what the server may send is assumed", () => {
    expect(judge("mcp-lateral", around({ outbound: [to(5432)] }))).toMatchObject({
      certainty: "maybe",
      title: "web-1 leads on to i-2",
    });
  });

  test.each([
    ["a web port", to(8080)],
    ["UDP", to(5432, { protocol: "udp" })],
    ["a way that may be shut", to(5432, { verdict: "unknown" })],
  ])("%s is not a data port that is open", (_, way) => {
    expect(judge("mcp-lateral", around({ outbound: [way] }))).toMatchObject({ worst: "medium" });
  });

  test("an inbound way that an unread gate leaves open is unknown", () => {
    const way = anExposure({
      sources: ["10.0.0.0/8"],
      verdict: "unknown",
      assumptions: ["sg-1 was not read"],
    });

    expect(judge("mcp-lateral", around({ inbound: [way] }))).toMatchObject({
      because: expect.stringContaining("sg-1 was not read"),
    });
  });

  test("unknown where the ways inside were not judged", () => {
    expect(judge("mcp-lateral")).toMatchObject({ worst: "medium", best: "pass" });
  });
});
