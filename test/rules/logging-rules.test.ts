import { describe, expect, test } from "vitest";
import type { LogKind, LogSwitch } from "../../src/model/logging.ts";
import type { Gap } from "../../src/model/snapshot.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { anEndpoint, anExposure, apiSource, aServer } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const scope = "111122223333";
const log = (kind: LogKind, about: string, state: LogSwitch["state"]): LogSwitch => ({
  kind,
  about,
  region: "eu-central-1",
  state,
  because: `${kind} of ${about} is ${state}.`,
  source: apiSource,
});
const all: readonly LogSwitch[] = [
  log("flow", "i-1", "on"),
  log("control-plane", scope, "on"),
  log("data-access", scope, "on"),
  log("detection", scope, "on"),
];
const kept = (...changes: readonly LogSwitch[]): Partial<RulesInput> => {
  const changed = new Set(changes.map(({ kind }) => kind));
  const switches = [...all.filter(({ kind }) => !changed.has(kind)), ...changes];
  return { logging: [{ provider: "aws", scope, switches }] };
};
const behind = (...switches: readonly LogSwitch[]): Partial<RulesInput> => ({
  ...kept(...switches),
  exposures: [
    anExposure({
      via: "lb-1",
      hops: [{ kind: "balancer", id: "lb-1", because: "It forwards.", source: apiSource }],
    }),
  ],
  servers: [aServer({ endpoints: [anEndpoint({ exposures: ["exposure-1"] })] })],
});

describe("no-audit-trail", () => {
  test("all logs of the way kept passes", () => {
    expect(judge("no-audit-trail", kept())).toBe("pass");
  });

  test.each([
    ["flow", "i-1", "flow log"],
    ["control-plane", scope, "log of control plane calls"],
    ["data-access", scope, "log of access to data"],
  ] as const)("a missing %s log fails and is named", (kind, about, name) => {
    expect(judge("no-audit-trail", kept(log(kind, about, "off")))).toMatchObject({
      severity: "medium",
      certainty: "certain",
      title: `web-1 has no ${name}`,
      evidence: expect.arrayContaining([expect.objectContaining({ id: about })]),
    });
  });

  test("each missing log is in the one finding", () => {
    expect(
      judge("no-audit-trail", kept(log("flow", "i-1", "off"), log("data-access", scope, "off"))),
    ).toMatchObject({ title: "web-1 has no flow log, no log of access to data" });
  });

  test("a balancer on the way needs a log, a direct way does not", () => {
    expect(judge("no-audit-trail", behind(log("front-door", "lb-1", "off")))).toMatchObject({
      title: "web-1 has no access log of lb-1",
    });
    expect(judge("no-audit-trail", behind(log("front-door", "lb-1", "on")))).toBe("pass");
    expect(judge("no-audit-trail", kept(log("front-door", "lb-1", "off")))).toBe("pass");
  });

  test("a server without an identity reads no data of the cloud", () => {
    const bare = {
      ...kept(log("data-access", scope, "off")),
      servers: [aServer({ identities: [] })],
    };

    expect(judge("no-audit-trail", bare)).toBe("pass");
  });

  test("what was not read is unknown and names the call", () => {
    const gap: Gap = {
      call: "ec2:DescribeFlowLogs",
      scope,
      region: "eu-central-1",
      reason: "denied",
      detail: "UnauthorizedOperation",
      affects: ["logging"],
    };
    const unread = {
      ...log("flow", "i-1", "unknown"),
      because: "ec2:DescribeFlowLogs was not read.",
    };

    expect(judge("no-audit-trail", kept(unread))).toMatchObject({
      worst: "medium",
      best: "pass",
      because: "ec2:DescribeFlowLogs was not read.",
    });
    expect(judge("no-audit-trail", { gaps: [gap] })).toMatchObject({
      because: expect.stringContaining("ec2:DescribeFlowLogs was not read (denied)"),
    });
  });

  test("a log that is off fails although another was not read", () => {
    expect(
      judge(
        "no-audit-trail",
        kept(log("flow", "i-1", "off"), log("control-plane", scope, "unknown")),
      ),
    ).toMatchObject({ title: "web-1 has no flow log" });
  });

  test("a provider may say of the whole scope why it tells nothing about doors", () => {
    const whole = {
      ...log("front-door", scope, "unknown"),
      because: "logging:ListLogs was not asked.",
    };

    expect(judge("no-audit-trail", behind(whole))).toMatchObject({
      because: "logging:ListLogs was not asked.",
    });
  });

  test("a switch of another region or account tells nothing", () => {
    const elsewhere = [{ ...log("flow", "i-1", "off"), region: "us-east-1" }];

    expect(
      judge("no-audit-trail", {
        logging: [
          { provider: "aws", scope, switches: [...all, ...elsewhere] },
          { provider: "aws", scope: "444455556666", switches: [log("flow", "i-1", "off")] },
        ],
      }),
    ).toBe("pass");
  });

  test("a function has no packets of its own to log", () => {
    const workload = { id: "fn", name: "fn", kind: "function", tags: {} } as const;

    expect(
      judge("no-audit-trail", {
        ...kept(log("flow", "fn", "off")),
        exposures: [anExposure({ workload })],
        servers: [aServer({ workload })],
      }),
    ).toBe("pass");
  });
});

describe("no-detection", () => {
  test("off fails, on passes", () => {
    expect(judge("no-detection", kept(log("detection", scope, "off")))).toMatchObject({
      severity: "low",
      title: `GuardDuty is off for ${scope} in eu-central-1`,
    });
    expect(judge("no-detection", kept())).toBe("pass");
  });

  test("unread is unknown", () => {
    expect(judge("no-detection")).toMatchObject({ worst: "low", best: "pass" });
  });
});
