import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import {
  PosternError,
  providers,
  readRoles,
  roleFiles,
  runAwsIdentityCases,
  runAzureIdentityCases,
  runGcpIdentityCases,
  runIdentityCases,
  runNetworkCases,
  type CaseResult,
  type ReadRole,
} from "../../src/index.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
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

/** What serves a labelled case of each cloud and reads it with the real SDK. */
const collectors = {
  aws: async () => import("../../mocks/aws/collect-scenario.ts"),
  azure: async () => import("../../mocks/azure/collect-scenario.ts"),
  gcp: async () => import("../../mocks/gcp/collect-scenario.ts"),
  oci: async () => import("../../mocks/oci/collect-scenario.ts"),
} as const;

async function runFile(name: string, values: OptionValues): Promise<readonly CaseResult[]> {
  const file = await readJson(name);
  if (asksIdentities(file)) return runIdentities(name, file, values);
  const cloud = providers.find((provider) => provider === cloudOf(file));
  const adapter = cloud && (await adapters[cloud]?.());
  if (!adapter) {
    process.stderr.write(`${name}: skipped, Postern has no evaluator for it yet\n`);
    return [];
  }
  const collect = cloud && values.wire ? (await collectors[cloud]()).collectScenario : undefined;
  return runNetworkCases(file, {
    normalise: (snapshot) => adapter.normalise(snapshot),
    ...(collect && { collect }),
    tags: values.tag ?? [],
    notTags: values["not-tag"] ?? [],
    caseIds: values.case ?? [],
  });
}

function asksIdentities(file: Json): file is JsonObject {
  return typeof file === "object" && file !== null && "cases" in file;
}

async function runIdentities(
  name: string,
  file: JsonObject,
  { case: caseIds = [], roles }: OptionValues,
): Promise<readonly CaseResult[]> {
  const cloud = cloudOfCases(file["cases"]);
  if (cloud === "aws") return runAws(name, file, caseIds);
  if (cloud === "azure") {
    const evaluator = await caseEvaluators.azure();
    return runAzureIdentityCases(file, { evaluator, caseIds, readRole: await rolesOf(roles) });
  }
  if (cloud === "gcp") {
    const evaluator = await caseEvaluators.gcp();
    return runGcpIdentityCases(file, { evaluator, caseIds, readRole: await rolesOf(roles) });
  }
  return runIdentityCases(file, { evaluators: { oci: await caseEvaluators.oci() }, caseIds });
}

/** What `--roles` says the built-in roles hold; without it, roles that a case only names stay unread. */
async function rolesOf(path: string | undefined): Promise<ReadRole> {
  if (path === undefined) return readRoles([]);
  const within = path.endsWith(".json") ? undefined : await readdir(path).catch(() => []);
  const found = roleFiles.filter((file) => within?.includes(file)).map((file) => join(path, file));
  return readRoles(await Promise.all((within ? found : [path]).map(readJson)));
}

/** The cases of this cloud share a world of their own, in a file beside them. */
async function runAws(
  name: string,
  file: JsonObject,
  caseIds: readonly string[],
): Promise<readonly CaseResult[]> {
  const adapter = await adapters.aws?.();
  if (!adapter) return [];
  const world = file["world"] ?? (await readJson(join(dirname(name), "aws-world.json")));
  return runAwsIdentityCases(file, world, { evaluator: adapter.policy, caseIds });
}

function cloudOfCases(cases: Json | undefined): Json | undefined {
  const first: Json | undefined = Array.isArray(cases) ? cases[0] : undefined;
  return typeof first === "object" && first !== null && "cloud" in first
    ? first["cloud"]
    : undefined;
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
