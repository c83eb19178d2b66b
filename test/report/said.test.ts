import { expect, test } from "vitest";
import { said } from "../../src/report/said.ts";
import { aReport } from "../fixtures/report.ts";

const [base] = aReport().findings;
const one = { ...base!, id: "finding-1" };
const two = { ...base!, id: "finding-2" };

test("what the first finding says is written out, and named by the second", () => {
  const memory = said();

  expect(memory.parts(one, ["a", "b", "c"])).toEqual([
    {
      kind: "new",
      items: [
        { item: "a", index: 0 },
        { item: "b", index: 1 },
        { item: "c", index: 2 },
      ],
    },
  ]);
  expect(memory.parts(two, ["a", "b", "c", "d"])).toEqual([
    { kind: "said", finding: "finding-1", first: "a", last: "c", count: 3 },
    { kind: "new", items: [{ item: "d", index: 3 }] },
  ]);
});

test("two repeated items are shorter to say than to name", () => {
  const memory = said();
  memory.parts(one, ["a", "b"]);

  expect(memory.parts(two, ["a", "b", "c"])).toEqual([
    {
      kind: "new",
      items: [
        { item: "a", index: 0 },
        { item: "b", index: 1 },
        { item: "c", index: 2 },
      ],
    },
  ]);
});

test("nothing is lost: every item is either new or counted", () => {
  const memory = said();
  memory.parts(one, ["a", "b", "c", "d"]);

  const parts = memory.parts(two, ["x", "a", "b", "c", "y", "d"]);

  const total = parts.reduce(
    (sum, part) => sum + (part.kind === "new" ? part.items.length : part.count),
    0,
  );
  expect(total).toBe(6);
});
