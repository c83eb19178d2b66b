import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { html } from "../src/report/html.ts";
import { browserArguments, browserPath } from "../test/report/browser.ts";
import { manyFindings } from "../test/report/many-findings.ts";
import { summary, type Measurement } from "./harness/row.ts";

const findings = 5000;
const runs = 7;

/** The page with 5,000 findings: how large, how soon seen, how soon searched. */
export async function rows(): Promise<readonly Measurement[]> {
  const document = html.render(manyFindings(findings), { columns: 80, colour: false });
  const size = {
    name: `size with ${findings} findings`,
    unit: "MB",
    limit: 3,
    better: "lower",
    value: Buffer.byteLength(document) / 1e6,
    n: 1,
    spread: 0,
  } as const;
  return [size, ...(await inBrowser(document))];
}

const paintRow = { name: "first paint", unit: "ms", limit: 1000, better: "lower" } as const;
const contentRow = { name: "first page drawn", unit: "ms", limit: 1000, better: "lower" } as const;
const filterRow = { name: "filter", unit: "ms", limit: 200, better: "lower" } as const;

async function inBrowser(document: string): Promise<Measurement[]> {
  if (browserPath === undefined) {
    const skipped = { value: 0, n: 0, spread: 0, skipped: "no chromium on the PATH" };
    return [paintRow, contentRow, filterRow].map((row) => Object.assign({}, row, skipped));
  }
  const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
  const file = join(folder, "report.html");
  writeFileSync(file, document);
  const browser = await chromium.launch({ executablePath: browserPath, args: browserArguments });
  try {
    const times = [];
    for (let run = 0; run < runs; run++)
      times.push(await measure(browser, pathToFileURL(file).href));
    return [
      { ...paintRow, ...summary(times.map((one) => one.paint)) },
      { ...contentRow, ...summary(times.map((one) => one.content)) },
      { ...filterRow, ...summary(times.map((one) => one.filter)) },
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Times {
  readonly paint: number;
  readonly content: number;
  readonly filter: number;
}

async function measure(browser: Browser, url: string): Promise<Times> {
  const page = await browser.newPage();
  try {
    await page.goto(`${url}#/findings`);
    await page.waitForSelector("input[type=search]");
    const content = Number(await page.evaluate("performance.now()"));
    const paint: number = await page.evaluate(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    const filter: number = await page.evaluate(`(async () => {
      const input = document.querySelector("input[type=search]");
      const began = performance.now();
      input.value = "gateway-77";
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - began;
    })()`);
    return { paint, content, filter };
  } finally {
    await page.close();
  }
}
