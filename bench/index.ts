import { readdirSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { calibrate } from "./harness/calibration.ts";
import { judged, type Bench, type Row } from "./harness/row.ts";

const benches = readdirSync(new URL(".", import.meta.url))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .map((name) => name.slice(0, -".ts".length))
  .toSorted();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false } },
});
const [name] = positionals;

if (name === undefined || !benches.includes(name)) {
  process.stderr.write(`Usage: npm run bench -- NAME [--json]\nBenches: ${benches.join(", ")}\n`);
  process.exitCode = 1;
} else {
  const rows = await run(name);
  const ok = rows.every((row) => row.ok);
  process.stdout.write(
    values.json ? `${JSON.stringify({ bench: name, ok, rows })}\n` : table(rows),
  );
  process.exitCode = ok ? 0 : 1;
}

async function run(bench: string): Promise<Row[]> {
  const measured: Bench = await import(new URL(`${bench}.ts`, import.meta.url).href);
  const calibration = calibrate();
  return [calibration, ...(await measured.rows())].map((row) => judged(row, calibration.value));
}

function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.skipped === undefined ? (row.ok ? "ok" : "MISS") : "skip",
    row.name,
    row.skipped ?? `${row.value} ${row.unit}`,
    `${row.better === "lower" ? "<=" : ">="} ${row.limit}`,
    `n ${row.n}, spread ${row.spread}`,
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0)),
  );
  return cells
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
