import { readFile } from "node:fs/promises";
import process from "node:process";
import { PosternError, runNetworkCases, type CaseResult } from "../../src/index.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Json } from "../../src/model/json.ts";
import { settingsOf } from "../settings.ts";
import { adapters } from "../../providers/index.ts";

/** Runs labelled cases: one line a failure, and a count at the end. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("conformance", argv);
  const files = Array.isArray(argv["file"]) ? argv["file"].map(String) : [];
  const results: CaseResult[] = [];
  for (const name of files) {
    const file = await readJson(name);
    const cloud = cloudOf(file);
    const load = cloud === "aws" ? adapters.aws : undefined;
    if (!load) {
      process.stderr.write(`${name}: skipped, Postern has no evaluator for it yet\n`);
      continue;
    }
    const { normalise } = await load();
    const collect = values.wire ? await wireOf() : undefined;
    results.push(
      ...(await runNetworkCases(file, {
        normalise,
        ...(collect && { collect }),
        ...first("tag", values.tag),
        ...first("notTag", values["not-tag"]),
        ...first("caseId", values.case),
      })),
    );
  }
  for (const { id, outcome, expected, actual, because } of results) {
    if (outcome === "failed")
      print(`FAILED ${id}\n  expected ${expected ?? ""}\n  got      ${actual ?? ""}`);
    if (outcome === "skipped") print(`skipped ${id}: ${because ?? ""}`);
  }
  const count = (outcome: CaseResult["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length;
  print(`${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
  if (count("failed") > 0) process.exitCode = exitCodes.failed;
}

async function wireOf() {
  const { collectScenario } = await import("../../mocks/aws/collect-scenario.ts");
  return collectScenario;
}

function first(key: string, list: readonly string[] | undefined) {
  return list?.[0] === undefined ? {} : { [key]: list[0] };
}

async function readJson(name: string): Promise<Json> {
  try {
    return JSON.parse(await readFile(name, "utf8"));
  } catch (cause) {
    throw new PosternError("CASE_INVALID", `${name} cannot be read as JSON`, {
      hint: "Name a file of labelled cases, such as test/conformance/net/aws.json.",
      cause,
    });
  }
}

function cloudOf(file: Json): string | undefined {
  return typeof file === "object" && file !== null && "scenarios" in file && "cloud" in file
    ? String(file["cloud"])
    : undefined;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
