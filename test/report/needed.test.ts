import { expect, test } from "vitest";
import type { IdentityReport } from "../../src/model/identity.ts";
import type { IdentityNeeded } from "../../src/model/needed.ts";
import { neededSection } from "../../src/report/markdown-needed.ts";
import { identity as schema } from "../../src/report/schema/identity.ts";
import { neededLines } from "../../src/report/terminal-needed.ts";
import { anIdentity } from "../fixtures/builders.ts";

const needed: IdentityNeeded = {
  status: "proposal",
  verdict: "maybe",
  tools: [{ tool: "create_topic", basis: "name", actions: ["sns:CreateTopic"] }],
  actions: ["sns:CreateTopic"],
  unneeded: [
    {
      family: "compute",
      whole: true,
      accesses: ["write"],
      grants: ["ec2:* on *"],
      via: ["p"],
      lastUsed: "never",
      because: "tools",
    },
    {
      family: "messaging",
      whole: false,
      accesses: ["delete"],
      grants: ["sns:* on *"],
      via: ["p"],
      because: "tools",
    },
  ],
  missing: ["sqs:SendMessage"],
  policies: [{ name: "mcp-needed", format: "aws-iam", document: '{\n  "a": "\u0007```"\n}' }],
  readOnly: [],
  assumptions: ["What create_topic needs is read from its name."],
};
const told = (changes: Partial<IdentityNeeded> = {}): IdentityReport =>
  anIdentity({ needed: { ...needed, ...changes } });

test("the report's schema takes it, and an identity without it", () => {
  expect(schema.parse(told())).toEqual(told());
  expect(schema.parse(anIdentity({}))).toEqual(anIdentity({}));
});

test("the terminal says in a few lines what no tool needs", () => {
  expect(neededLines([told()], 200).join("\n")).toContain(
    "its tools seem to need nothing of compute; not all of messaging (delete); 1 needed but not granted (sqs:SendMessage); a smaller policy",
  );
  expect(neededLines([anIdentity({})], 200)).toEqual([]);
  expect(
    neededLines(
      Array.from({ length: 7 }, () => told()),
      200,
    ).at(-1),
  ).toContain("2 more");
});

test("markdown shows the policy in a block that its text cannot leave", () => {
  const text = neededSection([told()]).join("\n");
  expect(text).toContain("mcp\\-needed");
  expect(text).toContain("- assuming: ");
  expect(text).not.toContain("\u0007");
  expect(text).toMatch(/````+json/);
  expect(neededSection([told({ unneeded: [] })])).toEqual([]);
});
