import { describe, expect, test } from "vitest";
import { correlate } from "../../src/correlate/correlate.ts";
import type { CorrelateInput } from "../../src/correlate/correlate.ts";
import { changesCloud, reachesHost } from "../../src/correlate/tool-reach.ts";
import { hostAbilities } from "../../src/model/tool.ts";
import * as toolFacts from "../../src/rules/tool-facts.ts";
import {
  aFingerprint,
  aLink,
  aListedTool,
  anIdentity,
  aPlainTool,
  aTool,
  aWorkload,
  roleArn,
} from "../fixtures/builders.ts";
import { input } from "./correlate-input.ts";

describe("consequence", () => {
  const of = (changes: Partial<CorrelateInput>): unknown => {
    const [server] = correlate(input(changes));
    return server && [server.consequence, server.worst, server.best];
  };
  const held = (changes: Parameters<typeof anIdentity>[0]): Partial<CorrelateInput> => ({
    identities: new Map([[roleArn, anIdentity(changes)]]),
  });
  const tools = (...list: ReturnType<typeof aTool>[]): Partial<CorrelateInput> => ({
    fingerprints: [aFingerprint({ tools: list.map(({ name }) => aListedTool(name)) })],
    classifyTool: ({ name }) => list.find((tool) => tool.name === name)!,
  });
  const nobody = { workloads: [aWorkload({ identities: [] })] };

  test.each([
    ["managing a cloud without a known identity", { ...tools(aTool()), ...nobody }, "broad"],
    [
      "managing a cloud with an identity that only reads",
      { ...tools(aTool()), ...held({ power: "reads" }) },
      "reads",
    ],
    [
      "managing a cloud with an identity that manages",
      { ...tools(aTool()), ...held({ power: "manages" }) },
      "manages",
    ],
    [
      "running code",
      { ...tools(aPlainTool({ access: "exec", categories: ["code-exec"] })), ...nobody },
      "reads-sensitive",
    ],
    [
      "fetching any URL",
      { ...tools(aPlainTool({ host: ["fetches-urls"], categories: ["web"] })), ...nobody },
      "reads-sensitive",
    ],
    ["reading a database", { ...tools(aPlainTool()), ...nobody }, "reads-sensitive"],
    ["other reads", { ...tools(aPlainTool({ categories: ["monitoring"] })), ...nobody }, "reads"],
    [
      "changing an unknown system",
      { ...tools(aPlainTool({ access: "write", categories: ["other"] })), ...nobody },
      "reads-sensitive",
    ],
    ["public documentation", { ...tools(aPlainTool({ categories: ["docs"] })), ...nobody }, "none"],
    [
      "demo and meta tools",
      { ...tools(aPlainTool({ categories: ["demo", "meta"] })), ...nobody },
      "none",
    ],
    [
      "harmless tools beside an administrator",
      tools(aPlainTool({ categories: ["docs"] })),
      "admin",
    ],
  ] satisfies [string, Partial<CorrelateInput>, string][])(
    "%s is worth what the table says",
    (_, changes, word) => {
      expect(of(changes)).toEqual([word, word, word]);
    },
  );

  const quiet = tools(aPlainTool({ categories: ["docs"] }));

  test.each([
    ["an identity of unknown power", { ...quiet, ...held({ power: "unknown" }) }],
    ["an identity that was not read", { ...quiet, identities: new Map() }],
    [
      "an identity it may hold",
      { ...quiet, workloads: [aWorkload({ identities: [aLink({ verdict: "maybe" })] })] },
    ],
    ["a workload that the inventory lacks", { ...quiet, workloads: [] }],
    [
      "unread identity links",
      {
        ...quiet,
        ...nobody,
        gaps: [
          {
            call: "ec2:DescribeIamInstanceProfileAssociations",
            scope: "111122223333",
            reason: "denied",
            detail: "",
            affects: ["identity-links"],
          },
        ],
      },
    ],
  ] satisfies [string, Partial<CorrelateInput>][])(
    "%s leaves it unknown between none and admin",
    (_, changes) => {
      expect(of(changes)).toEqual(["unknown", "admin", "none"]);
    },
  );

  test("what is known to be strong is not hidden by something unknown", () => {
    expect(of({ ...tools(aPlainTool()), ...held({ power: "unknown" }) })).toEqual([
      "reads-sensitive",
      "admin",
      "reads-sensitive",
    ]);
  });

  test("an unread identity does not cap what a managing tool is worth", () => {
    expect(of({ ...tools(aTool()), ...held({ power: "unknown" }) })).toEqual([
      "broad",
      "admin",
      "broad",
    ]);
  });

  test("what an identity of unknown power can do at the least is known", () => {
    expect(of({ ...quiet, ...held({ power: "unknown", best: "broad" }) })).toEqual([
      "broad",
      "admin",
      "broad",
    ]);
  });

  test("a weak identity caps nothing while another one was not read", () => {
    const workloads = [aWorkload({ identities: [aLink(), aLink({ id: "unread" })] })];

    expect(of({ ...tools(aTool()), ...held({ power: "reads" }), workloads })).toEqual([
      "broad",
      "admin",
      "broad",
    ]);
  });

  test("an identity that was ruled out counts for nothing", () => {
    expect(
      of({ ...quiet, workloads: [aWorkload({ identities: [aLink({ verdict: "no" })] })] }),
    ).toEqual(["none", "none", "none"]);
  });

  test("an escalation that rests on a maybe is weighed as broad", () => {
    const changes = {
      ...quiet,
      ...held({ power: "escalates", verdict: "maybe" as const, best: "none" as const }),
      fingerprints: [
        aFingerprint({
          confidence: "auth-required",
          tools: [],
          authentication: { verdict: "static-secret", evidence: [], advertisesOauth: false },
        }),
      ],
    };

    expect(correlate(input(changes))[0]?.severity).toBe("high");
  });
});

test("rules and consequence agree on which tools get at the host or change a cloud", () => {
  const samples = [
    aTool(),
    aTool({ manages: { cloud: "aws", verbs: ["list"] } }),
    aTool({ manages: { cloud: "aws", verbs: ["list"] }, router: true }),
    aPlainTool({ access: "exec" }),
    aPlainTool({ categories: ["code-exec"] }),
    ...hostAbilities.map((ability) => aPlainTool({ host: [ability] })),
  ];
  for (const tool of samples) {
    expect(toolFacts.changesCloud(tool)).toBe(changesCloud(tool));
    expect(toolFacts.hostAccess(tool) !== undefined).toBe(reachesHost(tool));
  }
});
