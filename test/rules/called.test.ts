import { expect, test } from "vitest";
import { called } from "../../src/rules/called.ts";

test("an identity whose id is a number is called by its name, with the id beside it", () => {
  expect(called({ id: "0b1ec700-0000", name: "vm-agent" })).toBe("vm-agent (0b1ec700-0000)");
  expect(called({ id: "arn:aws:iam::1:role/agent" })).toBe("arn:aws:iam::1:role/agent");
});
