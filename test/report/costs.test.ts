import { expect, test } from "vitest";
import { reporters } from "../../src/report/index.ts";
import { reportSchema } from "../../src/report/schema.ts";
import { aReport } from "../fixtures/report.ts";
import { readCsv } from "./read-formats.ts";

const plain = { columns: 100, colour: false };
const base = aReport();
const [server] = base.servers;
const costs = [
  { resource: server!.workload.id, month: "2026-10", cost: "12.5", currency: "USD" },
  { resource: server!.workload.id, month: "2026-09", cost: "99", currency: "USD" },
];

test("what exposed resources cost stands in the terminal, the latest month in the table, and never a price of our own", () => {
  const report = { ...base, costs };
  const terminal = reporters.terminal.render(report, plain);
  const [head, ...rows] = readCsv(reporters.csv.render(report, plain));
  const column = head!.indexOf("effective cost");

  expect(terminal).toContain(`2026-10 12.5 USD  ${server!.workload.id}`);
  expect(rows.map((row) => row[column])).toContain("12.5 USD in 2026-10");
  expect(reporters.terminal.render(base, plain)).not.toContain("COST");
  expect(reporters.terminal.render({ ...base, costs: [] }, plain)).toContain("names none");
  expect(() => reportSchema.parse(JSON.parse(JSON.stringify(report)))).not.toThrow();
});
