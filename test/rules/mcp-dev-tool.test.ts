import { describe, expect, test } from "vitest";
import type { AuthenticationVerdict, Product } from "../../src/model/server.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { anEndpoint, anExposure, aServer } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const inspector: Product = {
  id: "mcp-inspector",
  name: "MCP Inspector",
  basis: "signals",
  kind: "developer-tool",
  because: "answers with its title",
};
const running = (
  verdict: AuthenticationVerdict,
  product: Partial<Product> = {},
): Partial<RulesInput> => ({
  servers: [
    aServer({
      severity: "low",
      endpoints: [
        anEndpoint({
          product: { ...inspector, ...product },
          authentication: { verdict, evidence: [], advertisesOauth: false },
        }),
      ],
    }),
  ],
});

describe("mcp-dev-tool", () => {
  test.each([
    ["open", "critical"],
    ["static-secret", "high"],
    ["oauth", "high"],
  ] as const)("a reachable Inspector whose authentication is %s is %s", (verdict, severity) => {
    expect(judge("mcp-dev-tool", running(verdict))).toMatchObject({
      severity,
      certainty: "certain",
    });
  });

  test("an office network reaches it as well as the internet does", () => {
    expect(
      judge("mcp-dev-tool", {
        ...running("open"),
        exposures: [anExposure({ sources: ["198.51.100.0/24"] })],
      }),
    ).toMatchObject({ severity: "critical" });
  });

  test("unclear refusals leave the worse case open", () => {
    expect(judge("mcp-dev-tool", running("unknown"))).toMatchObject({
      severity: "critical",
      certainty: "maybe",
      assumptions: [expect.stringContaining("without a token")],
    });
  });

  test("a name alone is only a claim", () => {
    expect(judge("mcp-dev-tool", running("open", { basis: "claimed" }))).toMatchObject({
      certainty: "maybe",
      assumptions: [expect.stringContaining("Only its own words")],
    });
  });

  test.each(["gateway", "server", "framework"] as const)("a product of kind %s passes", (kind) => {
    expect(judge("mcp-dev-tool", running("open", { kind }))).toBe("pass");
  });

  test("an endpoint of no known product passes", () => {
    expect(judge("mcp-dev-tool")).toBe("pass");
  });

  test("an undecided path that nobody tried from outside is unknown", () => {
    expect(
      judge("mcp-dev-tool", {
        ...running("oauth"),
        vantage: { kind: "inside" },
        exposures: [
          anExposure({ verdict: "unknown", assumptions: ["ec2:DescribeRouteTables denied"] }),
        ],
      }),
    ).toMatchObject({
      worst: "critical",
      because: expect.stringContaining("ec2:DescribeRouteTables"),
    });
  });
});
