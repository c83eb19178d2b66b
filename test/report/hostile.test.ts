import { describe, expect, test } from "vitest";
import { isFormatName, reporters, type FormatName } from "../../src/report/index.ts";
import { aHostileReport } from "../fixtures/hostile-report.ts";
import { readCsv, readOpenMetrics, readXml } from "./read-formats.ts";

const plain = { columns: 80, colour: false };
const report = aHostileReport();

const readers: Readonly<
  Record<Exclude<FormatName, "terminal" | "markdown" | "html">, (text: string) => unknown>
> = {
  csv: readCsv,
  cyclonedx: (text) => JSON.parse(text),
  json: (text) => JSON.parse(text),
  jsonl: readJsonLines,
  junit: readXml,
  ocsf: readJsonLines,
  "ocsf-1.5": readJsonLines,
  openmetrics: readOpenMetrics,
  oscal: (text) => JSON.parse(text),
  sarif: (text) => JSON.parse(text),
};

function readJsonLines(text: string): unknown[] {
  return text
    .trimEnd()
    .split(/[\n\u0085\u2028\u2029]/)
    .map((line) => JSON.parse(line));
}

/** A browser never takes these for markup. */
const plainText: ReadonlySet<FormatName> = new Set(["terminal", "csv", "openmetrics"]);

function isKnown<T>(entry: [string, T]): entry is [FormatName, T] {
  return isFormatName(entry[0]);
}

/** The JSON report is data for programs and keeps every character. */
const names = Object.keys(reporters)
  .filter(isFormatName)
  .filter((name) => name !== "json");

describe("a report full of hostile names", () => {
  test.each(Object.entries(readers).filter(isKnown))("%s can still be read", (name, read) => {
    const text = reporters[name].render(report, plain);

    expect(() => read(text)).not.toThrow();
    expect(() => read(`${text}"`)).toThrow();
  });

  test.each(names)("%s holds no character that steers a terminal", (name) => {
    const text = reporters[name].render(report, plain).replaceAll(/[\r\n]/g, "");

    expect(text.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)).toBeNull();
  });

  test.each(names.filter((name) => !plainText.has(name) && name !== "html"))(
    "%s holds no markup that a browser would run",
    (name) => {
      const text = reporters[name].render(report, plain).replaceAll(/`+ .*? `+|```[^]*?```/g, "");

      expect(text.match(/<\s*(?:script|img)/i)).toBeNull();
    },
  );

  test.each(names)("%s is the same each time", (name) => {
    expect(reporters[name].render(aHostileReport(), plain)).toBe(
      reporters[name].render(report, plain),
    );
  });

  test("a prototype cannot be reached", () => {
    for (const name of names) reporters[name].render(report, plain);

    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
