import { describe, expect, test } from "vitest";
import { csvRows } from "../../src/cost/csv-rows.ts";
import { addDecimals } from "../../src/cost/decimals.ts";
import { costsOf } from "../../src/cost/focus.ts";

async function* inPieces(text: string, size = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const header = "BillingPeriodStart,Tags,ResourceId,EffectiveCost,BillingCurrency,Other\n";

describe("a FOCUS export", () => {
  test("gives each resource its months, rows summed exactly, whatever the case and the ARN", async () => {
    const text =
      header +
      '2026-10-01T00:00:00Z,"{""a"": ""b, c""}",arn:aws:ec2:us-east-1:111122223333:instance/i-0AB,0.1,USD,x\r\n' +
      "2026-10-01T00:00:00Z,,i-0ab,0.2,USD,x\n" +
      "2026-11-01,,i-0ab,1e3,USD,x\n".replace("1e3", "1000") +
      "2026-10-01,,i-other,99,USD,x\n" +
      "2026-10-01,,/SUBSCRIPTIONS/S/vm,5.50,EUR,x";
    const costs = await costsOf(inPieces(text), ["i-0ab", "/subscriptions/s/vm"]);

    expect(costs).toEqual([
      { resource: "/subscriptions/s/vm", month: "2026-10", cost: "5.5", currency: "EUR" },
      { resource: "i-0ab", month: "2026-10", cost: "0.3", currency: "USD" },
      { resource: "i-0ab", month: "2026-11", cost: "1000", currency: "USD" },
    ]);
  });

  test("two currencies are two sums, never one", async () => {
    const text = `${header}2026-10-01,,r,1,USD,\n2026-10-01,,r,2,EUR,\n`;
    expect(
      (await costsOf(inPieces(text), ["r"])).map(({ cost, currency }) => cost + currency),
    ).toEqual(["2EUR", "1USD"]);
  });

  test.each([
    ["an empty file", "", "is empty"],
    ["a file of another kind", "Date,Amount\n1,2\n", "no column ResourceId"],
    [
      "a cost that is no number",
      `${header}2026-10-01,,r,1,,5,USD\n2026-10-01,,r,much,USD,\n`.replace(
        "2026-10-01,,r,1,,5,USD\n",
        "",
      ),
      "Line 2",
    ],
    ["a month that is none", `${header}October,,r,1,USD,\n`, "Line 2"],
    ["a quote that stays open", `${header}2026-10-01,"never closed,r,1,USD,\n`, "never closed"],
    ["a field without end", `${header}${"x".repeat(70_000)}\n`, "holds more"],
  ])("%s is refused, and says where", async (_what, text, message) => {
    await expect(costsOf(inPieces(text), ["r"])).rejects.toThrow(message);
  });
});

test("CSV rows keep quotes, line breaks and empty fields", async () => {
  const rows = [];
  for await (const row of csvRows(inPieces('a,"b ""c""",\r\n"line\nbreak",,""\n', 1)))
    rows.push(row);
  expect(rows).toEqual([
    { line: 1, fields: ["a", 'b "c"', ""] },
    { line: 2, fields: ["line\nbreak", "", ""] },
  ]);
});

test.each([
  ["0.1", "0.2", "0.3"],
  ["-1", "0.25", "-0.75"],
  ["0", "-0.000000000000000001", "-0.000000000000000001"],
  ["999999999999999999", "1", "1000000000000000000"],
  ["1", "1e3", undefined],
  ["1", "", undefined],
])("%s and %s make %s", (a, b, sum) => {
  expect(addDecimals(a, b)).toBe(sum);
});
