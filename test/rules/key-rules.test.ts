import { describe, expect, test } from "vitest";
import type { Grant } from "../../src/model/identity.ts";
import type { IdentityUse, StaticKey } from "../../src/model/logging.ts";
import type { Gap } from "../../src/model/snapshot.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { aLink, anIdentity, apiSource, aServer, roleArn } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const user = "arn:aws:iam::111122223333:user/ci";
const key = (createdAt: string, changes: Partial<StaticKey> = {}): StaticKey => ({
  id: "AKIDOFCI",
  active: true,
  createdAt,
  source: { ...apiSource, call: "iam:ListAccessKeys" },
  ...changes,
});
const held = (keys?: readonly StaticKey[]): Partial<RulesInput> => ({
  servers: [aServer({ identities: [aLink({ id: user, how: "static-key" })] })],
  identities: new Map([[user, anIdentity({ id: user, kind: "user", power: "reads" })]]),
  ...(keys && { keyRings: [{ identity: user, keys }] }),
});

/** The run starts at 2026-11-25T12:00:00Z. */
describe("key-unrotated", () => {
  test("91 days are too old, 90 are not", () => {
    expect(judge("key-unrotated", held([key("2026-08-26T12:00:00Z")]))).toMatchObject({
      severity: "medium",
      title: `${user} has a key that is 91 days old, 90 are allowed`,
      evidence: expect.arrayContaining([
        expect.objectContaining({ id: "AKIDOFCI", because: expect.stringContaining("91 days") }),
      ]),
    });
    expect(judge("key-unrotated", held([key("2026-08-27T12:00:00Z")]))).toBe("pass");
  });

  test("the option moves the border", () => {
    expect(
      judge("key-unrotated", { ...held([key("2026-11-01T00:00:00Z")]), keyDays: 10 }),
    ).toMatchObject({ title: expect.stringContaining("24 days old, 10 are allowed") });
  });

  test("an inactive key opens nothing", () => {
    expect(judge("key-unrotated", held([key("2020-01-01T00:00:00Z", { active: false })]))).toBe(
      "pass",
    );
  });

  test("the last use is told", () => {
    expect(
      judge(
        "key-unrotated",
        held([key("2020-01-01T00:00:00Z", { lastUsedAt: "2026-11-24T01:00:00Z" })]),
      ),
    ).toMatchObject({
      evidence: expect.arrayContaining([
        expect.objectContaining({ because: expect.stringContaining("last used on 2026-11-24") }),
      ]),
    });
  });

  test("a role has no static keys", () => {
    expect(judge("key-unrotated")).toBe("pass");
  });

  test("unread keys are unknown and name the call", () => {
    const gap: Gap = {
      call: "iam:ListAccessKeys",
      scope: "111122223333",
      reason: "denied",
      detail: "AccessDenied",
      affects: ["static-keys"],
    };

    expect(judge("key-unrotated", { ...held(), gaps: [gap] })).toMatchObject({
      worst: "medium",
      best: "pass",
      because: expect.stringContaining("iam:ListAccessKeys was not read (denied)"),
    });
    expect(judge("key-unrotated", held([key("soon")]))).toMatchObject({ worst: "medium" });
  });
});

const grant = (family: Grant["family"]): Grant => ({
  plane: "control",
  access: "write",
  family,
  breadth: "account",
  condition: "none",
  verdict: "yes",
  action: `${family}:*`,
  resource: "*",
  via: [],
  raw: [],
  actions: 1,
  wholeFamily: true,
});
const used = (use?: Partial<IdentityUse>): Partial<RulesInput> => ({
  identities: new Map([[roleArn, anIdentity({ grants: [grant("storage"), grant("compute")] })]]),
  ...(use && {
    uses: [{ identity: roleArn, since: "2024-01-01T00:00:00Z", source: apiSource, ...use }],
  }),
});

describe("grants-unused", () => {
  test("an identity that rested longer than 90 days uses none of its rights", () => {
    expect(judge("grants-unused", used({ lastUsed: "2026-01-01T00:00:00Z" }))).toMatchObject({
      severity: "low",
      title: expect.stringContaining("none of compute, storage for 328 days"),
    });
    expect(judge("grants-unused", used({}))).toMatchObject({ severity: "low" });
  });

  test("a family that was not used fails alone", () => {
    const families = [{ family: "storage", lastUsed: "2026-11-20T00:00:00Z" } as const];

    expect(judge("grants-unused", used({ families }))).toMatchObject({
      title: expect.stringContaining("none of compute for"),
    });
  });

  test("families that were all used pass", () => {
    const lastUsed = "2026-11-20T00:00:00Z";
    const families = [
      { family: "storage", lastUsed },
      { family: "compute", lastUsed },
    ] as const;

    expect(judge("grants-unused", used({ families }))).toBe("pass");
  });

  test("an identity that was used, a young one and one without data are unknown and name the call", () => {
    const call = expect.stringContaining("iam:GetServiceLastAccessedDetails");

    expect(judge("grants-unused", used({ lastUsed: "2026-11-20T00:00:00Z" }))).toMatchObject({
      worst: "low",
      because: call,
    });
    expect(judge("grants-unused", used({ since: "2026-11-01T00:00:00Z" }))).toMatchObject({
      worst: "low",
    });
    expect(judge("grants-unused", used())).toMatchObject({ worst: "low", because: call });
  });

  test("an identity that can do nothing has nothing to use", () => {
    const nothing = anIdentity({ power: "none", worst: "none", best: "none" });

    expect(judge("grants-unused", { identities: new Map([[roleArn, nothing]]) })).toBe("pass");
  });
});
