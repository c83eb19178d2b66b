import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { sha256 } from "../hash.ts";
import type { Report } from "../model/report.ts";
import { intern } from "./interned.ts";
import type { Reporter } from "./reporter.ts";
import { clean } from "./text.ts";

/** Characters of JSON above which the page carries it compressed; below, it can be searched with grep. */
const plainUpTo = 2_000_000;

/** One file that needs nothing else: the page, its style and the whole report. Nothing in it can load or run anything further. */
export const html: Reporter = {
  render: (report) => {
    const style = asset("page.css");
    const script = scriptText(asset("page.js"));
    const policy = [
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; ");
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Postern report ${escape(report.run.id)}</title>
<style>${style}</style>
</head>
<body>
<div id="app">${shell(report)}</div>
${dataBlock(report)}
<script>${script}</script>
</body>
</html>
`;
  },
};

/** The bundle as it can stand in a document: what is not plain text in its strings becomes an escape of the same meaning. */
function scriptText(bundle: string): string {
  return bundle
    .replaceAll("</script", "<\\/script")
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, unicodeEscape);
}

/** What is seen before the script has run, and without one. */
function shell({ summary, run }: Report): string {
  const found = `${summary.servers} MCP servers, ${summary.open} open to anyone, ${summary.managesCloud} that manage the cloud, ${summary.bySeverity.critical} critical findings`;
  return `<main><h1>Postern report</h1><p>${escape(found)}. Run ${escape(run.id)}, ${escape(run.startedAt)}.</p><noscript><p>The details need JavaScript, which this file brings along; without it, read the JSON or Markdown report of the same run.</p></noscript></main>`;
}

/** A data block: never run, and therefore outside the policy. */
function dataBlock(report: Report): string {
  const json = JSON.stringify(report);
  if (json.length > plainUpTo) {
    const packed = gzipSync(JSON.stringify(intern(JSON.parse(json))), { level: 9 }).toString(
      "base64",
    );
    return `<script type="application/json" id="report" data-encoding="gzip">${packed}</script>`;
  }
  const inert = json.replaceAll(/[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, unicodeEscape);
  return `<script type="application/json" id="report">${inert}</script>`;
}

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hashOf(text: string): string {
  return `'sha256-${Buffer.from(sha256(text), "hex").toString("base64")}'`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return clean(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Built by `npm run build`: beside this file in the package, under `dist` in a checkout. */
function asset(name: string): string {
  const places = ["./html/", "../../dist/src/report/html/"];
  const found = places
    .map((place) => new URL(place + name, import.meta.url))
    .find((url) => existsSync(url));
  if (!found)
    throw new Error(`The page of the HTML report is not built: run "npm run build" first`);
  return readFileSync(found, "utf8");
}
