import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { html } from "../../src/report/html.ts";
import { restore } from "../../src/report/html/interned.ts";
import { intern } from "../../src/report/interned.ts";
import { aHostileReport } from "../fixtures/hostile-report.ts";
import { aReport } from "../fixtures/report.ts";
import { manyFindings } from "./many-findings.ts";

const plain = { columns: 80, colour: false };

const render = (report = aReport()): string => html.render(report, plain);

/** Elements of a kind, with their text, as a browser would cut them. */
function elements(document: string, name: string): string[] {
  return [...document.matchAll(new RegExp(`<${name}\\b[^>]*>([^]*?)</${name}>`, "g"))].map(
    ([, text]) => text ?? "",
  );
}

function dataOf(document: string): unknown {
  const [, attributes = "", text = ""] =
    /<script type="application\/json" id="report"([^>]*)>([^]*?)<\/script>/.exec(document) ?? [];
  if (!attributes.includes("gzip")) return JSON.parse(text);
  return restore(JSON.parse(gunzipSync(Buffer.from(text, "base64")).toString()));
}

describe("the HTML report", () => {
  test("holds the whole report, and gives it back as it was", () => {
    expect(dataOf(render())).toEqual(JSON.parse(JSON.stringify(aReport())));
  });

  test("allows exactly the one script and the one style it has, and nothing to be loaded", () => {
    const document = render();
    const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(document) ?? [];
    const hash = (text: string): string =>
      `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const [, script = ""] = elements(document, "script");
    const [style = ""] = elements(document, "style");

    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(policy).not.toContain("unsafe");
    expect(document).not.toMatch(/\s(?:src|on[a-z]+|style)=["']/);
  });

  test("takes no markup from names, tags, tools or texts", () => {
    const document = render(aHostileReport());
    const block = document.slice(document.indexOf('id="report">'));

    expect(elements(document, "script")).toHaveLength(2);
    expect(elements(block, "script").join()).not.toContain("<script>alert");
    expect(document.match(/<img/gi)).toBeNull();
    expect(dataOf(document)).toEqual(JSON.parse(JSON.stringify(aHostileReport())));
  });

  test("tells the main figures without its script", () => {
    expect(render()).toMatch(/<main><h1>Postern report<\/h1><p>\d+ MCP servers, \d+ open/);
  });

  test("stays under 3 MB with 5,000 findings, and loses none", () => {
    const report = manyFindings(5000);
    const document = render(report);

    expect(Buffer.byteLength(document)).toBeLessThan(3_000_000);
    expect(dataOf(document)).toEqual(JSON.parse(JSON.stringify(report)));
  });
});

test("interning keeps shapes, nulls, empty parts and names that look like numbers apart", () => {
  const document = {
    a: [{ x: 1 }, { x: 1 }, { x: "1" }, {}, [], null, false, 0, "", "null"],
    b: { 1: "one", __proto: 2 },
  };
  expect(restore(intern(document))).toEqual(document);
});
