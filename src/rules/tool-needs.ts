import type { Family, Grant } from "../model/identity.ts";
import type { Provider } from "../model/provider.ts";
import type { Tool, ToolCategory } from "../model/tool.ts";
import { changesCloud } from "./tool-facts.ts";

/** Families that a tool of each category works on when its system is the cloud's own; generous, so that excess is certain. */
const familiesFor: Readonly<Record<ToolCategory, readonly Family[]>> = {
  "cloud-control": ["other"],
  "cloud-data": ["storage", "database", "messaging", "ai", "kms"],
  kubernetes: ["containers", "orchestration", "compute", "network"],
  identity: ["identity"],
  secrets: ["secrets", "kms"],
  database: ["database", "secrets", "kms"],
  filesystem: ["storage", "kms"],
  "code-exec": [],
  browser: [],
  web: [],
  messaging: ["messaging"],
  "source-control": ["orchestration"],
  "ci-cd": ["orchestration", "containers", "serverless", "storage"],
  iac: ["orchestration", "storage"],
  "project-mgmt": [],
  "workflow-automation": ["orchestration", "serverless", "messaging"],
  "saas-control": [],
  knowledge: ["storage", "database", "ai", "kms"],
  docs: ["storage"],
  monitoring: ["logging"],
  ai: ["ai", "storage", "kms"],
  demo: [],
  meta: [],
  other: [],
};

const changes: ReadonlySet<Grant["access"]> = new Set(["write", "delete", "permissions"]);
/** Contents of these are what an attacker comes for. */
const sensitive: ReadonlySet<Family> = new Set([
  "secrets",
  "kms",
  "storage",
  "database",
  "messaging",
]);

/** A change of the control plane or a read of sensitive contents, on more than one resource. */
export function bearsPower({ plane, access, family, breadth, verdict }: Grant): boolean {
  if (verdict === "no" || breadth === "resource") return false;
  return plane === "control" ? changes.has(access) : access === "read" && sensitive.has(family);
}

/** Whether a tool could need the grant for what it says it does. */
export function needs(tool: Tool, { plane, access, family }: Grant, cloud: Provider): boolean {
  const own = tool.categories.some((category) => familiesFor[category].includes(family));
  if (plane === "data") return own || (tool.router && tool.manages?.cloud === cloud);
  if (changesCloud(tool) && tool.manages?.cloud === cloud) {
    return own || tool.router || !(access === "permissions" && family === "identity");
  }
  return own && tool.access !== "read";
}

/** No word of the tool tells what system it works on. */
export function hidesPurpose({ categories }: Tool): boolean {
  return categories.includes("other");
}
