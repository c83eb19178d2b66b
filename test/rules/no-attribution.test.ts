import { describe, expect, test } from "vitest";
import type { AuthenticationFact, ServerEndpoint } from "../../src/model/server.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { aLink, anEndpoint, anIdentity, aServer, roleArn } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const signIn = (
  verdict: AuthenticationFact["verdict"],
  changes: Partial<ServerEndpoint> & { advertisesOauth?: boolean } = {},
): Partial<RulesInput> => {
  const { advertisesOauth = false, ...rest } = changes;
  const authentication = { verdict, evidence: [], advertisesOauth };
  return { servers: [aServer({ endpoints: [anEndpoint({ authentication, ...rest })] })] };
};
const power = (changes: Parameters<typeof anIdentity>[0]): Partial<RulesInput> => ({
  identities: new Map([[roleArn, anIdentity(changes)]]),
});

describe("no-attribution", () => {
  test.each(["open", "static-secret"] as const)(
    "clients of a server whose authentication is %s are one principal",
    (verdict) => {
      expect(judge("no-attribution", signIn(verdict))).toMatchObject({
        severity: "medium",
        certainty: "certain",
        title: expect.stringContaining(roleArn),
      });
    },
  );

  test.each(["front-door", "mtls", "host-check"] as const)("%s passes", (verdict) => {
    expect(judge("no-attribution", signIn(verdict))).toBe("pass");
  });

  test("an open server without an identity acts as nobody", () => {
    expect(judge("no-attribution", { servers: [aServer({ identities: [] })] })).toBe("pass");
  });

  test("an identity that reads is enough, one that can do nothing is not", () => {
    expect(judge("no-attribution", power({ power: "reads" }))).toMatchObject({
      severity: "medium",
    });
    expect(judge("no-attribution", power({ power: "none", worst: "none", best: "none" }))).toBe(
      "pass",
    );
  });

  test("advertised OAuth does not show whose token is used behind it", () => {
    expect(judge("no-attribution", signIn("oauth", { advertisesOauth: true }))).toMatchObject({
      worst: "medium",
      best: "pass",
    });
  });

  test("OAuth in front of an identity that can do nothing passes", () => {
    expect(
      judge("no-attribution", { ...signIn("oauth"), ...power({ power: "none", worst: "none" }) }),
    ).toBe("pass");
  });

  test("OAuth that an open server only advertises names nobody", () => {
    expect(judge("no-attribution", signIn("open", { advertisesOauth: true }))).toMatchObject({
      severity: "medium",
    });
  });

  test.each([
    [
      "grants were not read",
      power({ power: "unknown", assumptions: ["iam:GetRolePolicy denied"] }),
      "iam:GetRolePolicy denied",
    ],
    ["the identity was not read", { identities: new Map() }, roleArn],
    [
      "the link is only likely",
      { servers: [aServer({ identities: [aLink({ verdict: "maybe", because: "By its pod." })] })] },
      "By its pod.",
    ],
    [
      "the refusals do not tell",
      signIn("unknown", { confidence: "auth-required" }),
      "did not show",
    ],
    [
      "the links were not read",
      {
        servers: [aServer({ identities: [] })],
        gaps: [
          {
            call: "ec2:DescribeInstances",
            scope: "111122223333",
            reason: "denied",
            detail: "",
            affects: ["identity-links"],
          },
        ],
      },
      "ec2:DescribeInstances",
    ],
  ] satisfies [string, Partial<RulesInput>, string][])("unknown when %s", (_, changes, because) => {
    expect(judge("no-attribution", changes)).toMatchObject({
      worst: "medium",
      best: "pass",
      because: expect.stringContaining(because),
    });
  });
});
