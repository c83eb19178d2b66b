import { existsSync, readFileSync } from "node:fs";
import { azurePolicy } from "../../../providers/azure/policy/index.ts";
import { answerAzureCase } from "../../../src/conformance/identity-azure.ts";
import { azureEstate } from "../../../src/conformance/identity-azure-world.ts";
import { readRoles } from "../../../src/conformance/roles-file.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { ownStandings } from "../../../src/permissions/escalation.ts";

const catalogue = new URL(
  "../../../../shared/catalogues/azure-built-in-roles.json",
  import.meta.url,
);
/** The contents of built-in roles lie beside the repository. */
export const rolesKnown = existsSync(catalogue);
export const readRole = readRoles(rolesKnown ? [JSON.parse(readFileSync(catalogue, "utf8"))] : []);

const file: JsonObject = JSON.parse(
  readFileSync(new URL("../../conformance/iam/azure-privesc.json", import.meta.url), "utf8"),
);
export const s1 = "/subscriptions/s1";
export const app = `${s1}/resourceGroups/app`;
export const other = `${s1}/resourceGroups/other`;
export const inApp = (path: string): string => `${app}/providers/${path}`;

export function assign(role: string | JsonObject, scope = s1, more: JsonObject = {}): JsonObject {
  return { principalId: "oid-mcp", role, scope, ...more };
}

/** An inline role with these actions. */
export function doing(...actions: string[]): JsonObject {
  return { actions };
}

export function answer(entry: JsonObject): string {
  return answerAzureCase(entry, file, azurePolicy, readRole).verdict;
}

export function estateOf(entry: JsonObject) {
  return azureEstate(entry, file, readRole);
}

/** Surest and strongest word with its breadth. */
export function wordOf(entry: JsonObject): string {
  const { start, estate } = estateOf(entry);
  const [first] = ownStandings(start, azurePolicy, estate);
  return first ? `${first.standing.power} ${first.standing.breadth} ${first.verdict}` : "none";
}
