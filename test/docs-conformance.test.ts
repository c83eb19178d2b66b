import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { adapters, caseEvaluators } from "../providers/index.ts";
import {
  readRoles,
  roleFiles,
  runAwsIdentityCases,
  runAzureIdentityCases,
  runGcpIdentityCases,
  runIdentityCases,
  runNetworkCases,
  type CaseResult,
} from "../src/index.ts";
import type { JsonObject } from "../src/model/json.ts";

type Cloud = "aws" | "azure" | "gcp" | "oci";

interface Case extends JsonObject {
  readonly id: string;
  readonly cloud?: Cloud;
  readonly tags?: readonly string[];
}

interface CaseFile extends JsonObject {
  readonly cloud?: Cloud;
  readonly scenarios?: readonly Case[];
  readonly cases?: readonly Case[];
}

const read = (url: URL) => JSON.parse(readFileSync(url, "utf8"));
const corpus = new URL("conformance/", import.meta.url);
const catalogues = new URL("../../shared/catalogues/", import.meta.url);
const known = roleFiles.every((file) => existsSync(new URL(file, catalogues)));
const readRole = known
  ? readRoles(roleFiles.map((file) => read(new URL(file, catalogues))))
  : undefined;

function filesIn(folder: string): [name: string, file: CaseFile][] {
  return readdirSync(new URL(folder, corpus))
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name): [string, CaseFile] => [folder + name, read(new URL(folder + name, corpus))])
    .filter(([, file]) => file.scenarios ?? file.cases);
}

async function resultsOf(file: CaseFile): Promise<readonly CaseResult[]> {
  const cloud = file.cloud ?? file.cases?.[0]?.cloud ?? "aws";
  if (file.scenarios) {
    const adapter = await adapters[cloud]!();
    return runNetworkCases(file, { normalise: (snapshot) => adapter.normalise(snapshot) });
  }
  if (cloud === "aws") {
    const { policy: evaluator } = await adapters.aws!();
    const world = file["world"] ?? read(new URL("iam/aws-world.json", corpus));
    return runAwsIdentityCases(file, world, { evaluator });
  }
  if (cloud === "azure")
    return runAzureIdentityCases(file, {
      evaluator: await caseEvaluators.azure(),
      readRole: readRole!,
    });
  if (cloud === "gcp")
    return runGcpIdentityCases(file, {
      evaluator: await caseEvaluators.gcp(),
      readRole: readRole!,
    });
  return runIdentityCases(file, { evaluators: { oci: await caseEvaluators.oci() } });
}

const count = (results: readonly CaseResult[], outcome: CaseResult["outcome"]): number =>
  results.filter((result) => result.outcome === outcome).length;

async function scores(folder: string): Promise<string> {
  const rows = await Promise.all(
    filesIn(folder).map(async ([name, file]) => {
      const results = await resultsOf(file);
      const outcomes = (["passed", "failed", "skipped"] as const).map((each) =>
        count(results, each),
      );
      return [`\`${name}\``, results.length, ...outcomes].map(String);
    }),
  );
  const sums = [1, 2, 3, 4].map((column) =>
    String(rows.reduce((sum, row) => sum + Number(row[column]), 0)),
  );
  return table([["File", "Cases", "Passed", "Failed", "Skipped"], ...rows, ["together", ...sums]]);
}

/** Tags that at least so many scenarios carry; rarer ones are found in the files. */
const common = 8;

function classes(): string {
  const tags = filesIn("net/").flatMap(([, { cloud = "aws", scenarios = [] }]) =>
    scenarios.flatMap((each) => (each.tags ?? []).map((tag) => ({ cloud, tag }))),
  );
  const names = [...new Set(tags.map(({ tag }) => tag))];
  const clouds = ["aws", "azure", "gcp", "oci"] as const;
  const rows = names
    .map((name) => {
      const own = tags.filter(({ tag }) => tag === name);
      const each = clouds.map((cloud) => own.filter((one) => one.cloud === cloud).length);
      return { name, total: own.length, each };
    })
    .filter(({ total }) => total >= common)
    .toSorted((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  return table([
    ["Class", ...clouds, "together"],
    ...rows.map(({ name, total, each }) => [`\`${name}\``].concat([...each, total].map(String))),
  ]);
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** Measured on 2026-11-22 by running, or by rewriting from source, what each project ships at this commit. */
const networkPeers = [
  ["Peer", "Commit", "Cases", "Right", "Missed", "False alarms"],
  ["CloudSploit", "4b5bbd809", "43", "13", "16", "14"],
  ["Prowler", "3e000faa3", "33", "11", "13", "9"],
];
const identityPeers = [
  ["Peer", "Commit", "Cases", "Right", "Missed", "False alarms"],
  ["Cloudsplaining", "5012eab1f", "130", "102", "19", "9"],
  ["Prowler", "3e000faa3", "130", "96", "4", "30"],
  ["Parliament", "2025-04-25", "130", "61", "49", "20"],
];

async function page(): Promise<string> {
  return `# Conformance

Labelled cases are the specification of Postern. Each describes a small cloud in its provider's own wire format and says
what is true of it, with a source in the provider's documentation. A test writes this page, and fails when a number
changes.

The cases grew with the code, and each bug became one, so the counts say what is held, not how often an estate that no
case describes is judged rightly.

## Reachability

A case passes when every exposure is found with its port, sources, families and entry, nothing else is, and what is not
exposed stops at a gate that really closes it. Skipped are those whose truth is reasoned rather than documented. A case
asks about clients of the internet, or about those that it names in \`from\`; what it lists as \`unknown\` has to be told as
such.

${await scores("net/")}

What the cases are about, where ${common} or more share a tag:

${classes()}

## Permissions

A case asks whether a workload's identity can become an administrator, or stronger than it is, in a given estate: yes, no
or maybe. Cases of OCI grade what a policy lets an instance do. Azure and Google Cloud need their role definitions, which
an audit reads live and \`--roles\` gives here.

${await scores("iam/")}

## Peers

Measured on 2026-11-22, at the commits named. The network cases, of which this corpus grew, were run through the code
that the projects ship. All were chosen to be hard, and neither project claims to follow a path from end to end, so these
numbers say where the problem is rather than who is good.

${table(networkPeers)}

For permissions the decision of each project was written again from its source and asked 130 cases of AWS that have a
plain answer. The three look at one document at a time, or at the names of actions alone, so a denial elsewhere, a
permission boundary or a service control policy goes unseen. Parliament is named by the date of its last commit.

${table(identityPeers)}

## Run it

\`\`\`sh
npm run -s postern -- conformance test/conformance/net/aws.json test/conformance/net/oci.json
npm run -s postern -- conformance --wire test/conformance/net/azure.json
npm run -s postern -- conformance --case aws-043 test/conformance/net/aws.json
\`\`\`

With \`--wire\` each scenario is served by the mock of its cloud and read through the real SDK. Every failure prints what
was expected and what came out.

## Add a case

1. Copy the scenario nearest to yours into \`test/conformance/net/\` or \`test/conformance/iam/\`, in a file whose name
   begins with \`postern-\`, and give it an id of its own.
2. Change the one thing that it is about, and write its twin with the other answer: a rule that opens beside one that
   almost does.
3. Write why, with the page of the provider's documentation that says so. Where no page does, set \`provenance\` to
   \`reasoned\`; the case is then listed and not counted.
4. See it fail without the change that it protects, then run
   \`npx vitest run test/docs-conformance.test.ts -u\` to bring this page up to date.
`;
}

describe.skipIf(!known)(
  `the page of conformance${known ? "" : " (SKIPPED: no ../shared/catalogues)"}`,
  () => {
    test("says how many cases of each file pass", async () => {
      await expect(await page()).toMatchFileSnapshot("../docs/conformance.md");
    }, 180_000);
  },
);
