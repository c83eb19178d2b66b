import { expect, test } from "vitest";
import { buildEstate } from "../src/estate.ts";

const source = { kind: "rule", id: "test" } as const;
const gap = { call: "c", scope: "1", reason: "denied", detail: "", affects: [] } as const;
const policy = { id: "p", name: "p", body: {}, source };

test("identities and policies of all scopes are found by id, gaps by scope", () => {
  const identity = {
    id: "i",
    provider: "aws",
    scope: "1",
    kind: "role",
    name: "i",
    tags: {},
    policies: [],
    source,
  } as const;
  const first = {
    provider: "aws",
    scope: "1",
    identities: [identity],
    policies: [policy],
    gaps: [gap],
  } as const;
  const second = {
    provider: "aws",
    scope: "2",
    identities: [],
    policies: [{ ...policy, name: "again" }],
    gaps: [],
  } as const;
  const estate = buildEstate([first, second], "2026-11-22T00:00:00Z");
  expect(estate.identities.get("i")).toBe(identity);
  expect(estate.policies.get("p")).toBe(policy);
  expect([...estate.gaps]).toEqual([
    ["aws/1", [gap]],
    ["aws/2", []],
  ]);
  expect(estate.startedAt).toBe("2026-11-22T00:00:00Z");
});
