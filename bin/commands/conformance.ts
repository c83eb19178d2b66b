import { readFile } from "node:fs/promises";
import process from "node:process";
import {
  PosternError,
  runIdentityCases,
  runNetworkCases,
  type CaseResult,
} from "../../src/index.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Json } from "../../src/model/json.ts";
import type { OptionValues } from "../../src/options.ts";
import { settingsOf } from "../settings.ts";
import { adapters, caseEvaluators } from "../../providers/index.ts";

/** Runs labelled cases: one line a failure, and a count at the end. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("conformance", argv);
  const files = Array.isArray(argv["file"]) ? argv["file"].map(String) : [];
  const results: CaseResult[] = [];
  for (const name of files) results.push(...(await runFile(name, values)));
  for (const result of results) show(result);
  const [passed, failed, skipped] = (["passed", "failed", "skipped"] as const).map(
    (outcome) => results.filter((result) => result.outcome === outcome).length,
  );
  print(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (failed !== 0) process.exitCode = exitCodes.failed;
}

async function runFile(name: string, values: OptionValues): Promise<readonly CaseResult[]> {
  const file = await readJson(name);
  if (typeof file === "object" && file !== null && "cases" in file) {
    const evaluators = { oci: await caseEvaluators.oci() };
    return runIdentityCases(file, { evaluators, caseIds: values.case ?? [] });
  }
  const adapter = cloudOf(file) === "aws" ? await adapters.aws?.() : undefined;
  if (!adapter) {
    process.stderr.write(`${name}: skipped, Postern has no evaluator for it yet\n`);
    return [];
  }
  const collect = values.wire
    ? (await import("../../mocks/aws/collect-scenario.ts")).collectScenario
    : undefined;
  return runNetworkCases(file, {
    normalise: (snapshot) => adapter.normalise(snapshot),
    ...(collect && { collect }),
    tags: values.tag ?? [],
    notTags: values["not-tag"] ?? [],
    caseIds: values.case ?? [],
  });
}

function show({ id, outcome, expected, actual, because }: CaseResult): void {
  if (outcome === "failed") {
    print(`FAILED ${id}\n  expected ${expected ?? ""}\n  got      ${actual ?? ""}`);
  }
  if (outcome === "skipped") print(`skipped ${id}: ${because ?? ""}`);
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

function cloudOf(file: Json): Json | undefined {
  return typeof file === "object" && file !== null && "scenarios" in file
    ? file["cloud"]
    : undefined;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
