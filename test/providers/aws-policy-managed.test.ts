import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { expect, test } from "vitest";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import type { Identity, IdentityReport, PolicyDocument } from "../../src/model/identity.ts";
import type { Json } from "../../src/model/json.ts";
import { judge } from "../../src/permissions/power.ts";
import { account, inventoryOf, now } from "./aws-estate.ts";

const file = new URL("../../../shared/catalogues/aws-managed-policies.json", import.meta.url);
const present = existsSync(file);
const source = { kind: "rule", id: "test" } as const;
const open: PolicyDocument = {
  id: "scp",
  name: "scp",
  body: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
  source,
};

const documents: PolicyDocument[] = [];
if (present) {
  const { policies }: { policies: Record<string, Json> } = JSON.parse(readFileSync(file, "utf8"));
  for (const [id, body] of Object.entries(policies)) documents.push({ id, name: id, body, source });
}
const estate = buildEstate([inventoryOf([], [open, ...documents])], now);

function judged(policy: string, kind: "role" | "user" = "role"): IdentityReport {
  const identity: Identity = {
    id: `arn:aws:iam::${account}:${kind}/it`,
    provider: "aws",
    scope: account,
    kind,
    name: "it",
    tags: {},
    policies: [
      { policy, layer: "grant", via: "it" },
      { policy: "scp", layer: "organization", via: "root" },
    ],
    source,
  };
  return judge(identity, [], awsPolicy, estate);
}

const why = present ? "" : " (skipped: shared/catalogues/aws-managed-policies.json is missing)";

test.skipIf(!present).each([
  ["AdministratorAccess", "admin"],
  ["IAMFullAccess", "admin"],
  ["PowerUserAccess", "broad"],
  ["AmazonEC2FullAccess", "broad"],
  ["AmazonS3FullAccess", "broad"],
  ["ReadOnlyAccess", "reads-sensitive"],
  ["AmazonS3ReadOnlyAccess", "reads-sensitive"],
  ["SecretsManagerReadWrite", "broad"],
  ["SecurityAudit", "reads"],
  ["job-function/ViewOnlyAccess", "reads"],
  ["AmazonEC2ReadOnlyAccess", "reads"],
  ["service-role/AWSLambdaBasicExecutionRole", "none"],
])(`%s is %s${why}`, (name, power) => {
  const report = judged(`arn:aws:iam::aws:policy/${name}`);
  expect([report.power, report.verdict]).toEqual([power, "yes"]);
});

test.skipIf(!present)(`ReadOnlyAccess and SecurityAudit do not manage${why}`, () => {
  for (const name of ["ReadOnlyAccess", "SecurityAudit"]) {
    expect(judged(`arn:aws:iam::aws:policy/${name}`).powers).not.toContain("manages");
  }
});

test.skipIf(!present)(`every managed policy is judged in little time${why}`, () => {
  const start = process.cpuUsage();
  const reports = documents.map(({ id }) => judged(id));
  const { user, system } = process.cpuUsage(start);
  expect(reports.length).toBe(1_515);
  expect(reports.filter(({ power }) => power === "unknown")).toEqual([]);
  // The aim is 2 CPU seconds on an idle machine; a busy one gets room.
  expect((user + system) / 1e6).toBeLessThan(8);
});
