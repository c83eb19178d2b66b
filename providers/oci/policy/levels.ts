import type { Access, Family } from "../../../src/model/identity.ts";
import type { Right } from "./verbs.ts";

/** Families of resource types, the first that fits. https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/policyreference.htm */
const familyPatterns: readonly (readonly [Family, RegExp])[] = [
  [
    "identity",
    /^(?:polic|dynamic-groups|groups|users|credentials|compartments|domains|authentication-policies|identity-providers|network-sources|tag-|tenanc|organizations)/,
  ],
  ["secrets", /^secret/],
  ["kms", /^(?:key|vaults|hsm-|certificate|leaf-cert|cabundle)/],
  ["logging", /^(?:log-|loganalytics|audit|unified-|alarms|metrics|management-|apm-|announcement)/],
  ["database", /^(?:database|db-|autonomous|nosql|mysql|opsi|backup-destinations)/],
  [
    "storage",
    /^(?:bucket|object|file-|filesystem|export-sets|mount-|outbound-conn|volume|boot-volume|backup-pol|replication)/,
  ],
  ["containers", /^(?:cluster|repos|compute-container|container)/],
  ["serverless", /^(?:fn-|functions|api-)/],
  [
    "messaging",
    /^(?:stream|ons-|email|queue|dkim|approved|suppress|custom-return|connect-harness)/,
  ],
  ["orchestration", /^(?:orm-|serviceconnectors|cloudevents|process-automation|auto-scaling)/],
  ["billing", /^(?:billing|invoice|rate-cards|quotas|subscri|computed-usages|subscribed|usage)/],
  [
    "compute",
    /^(?:instance|compute|console|dedicated-vm|app-catalog|ccc-|sddcs|fleets|java|jms|appmgmt|stack-monitoring)/,
  ],
  [
    "network",
    /^(?:virtual-|vcn|subnet|route|network|security-lists|dhcp|private-ip|public|ipv6|internet-|nat-|service-gate|local-peer|remote-peer|drg|cpe|ipsec|cross-|vnic|vtap|vlan|byoip|ipam|load-bal|dns|http-red|capture|path-an|waa|waf|waas|web-app|health-check|on-demand|vantage)/,
  ],
  ["ai", /^(?:ai-|generative|data-science|language)/],
];

const familyByType = new Map<string, Family>();

export function familyOf(type: string): Family {
  const known = familyByType.get(type);
  if (known) return known;
  const family = familyPatterns.find(([, pattern]) => pattern.test(type))?.[0] ?? "other";
  familyByType.set(type, family);
  return family;
}

/** Permissions that show or change contents, not what holds them: access by permission. */
const dataPermissions: Readonly<Record<string, Access>> = {
  OBJECT_INSPECT: "list",
  OBJECT_READ: "read",
  OBJECT_CREATE: "write",
  OBJECT_OVERWRITE: "write",
  OBJECT_RESTORE: "write",
  SECRET_BUNDLE_READ: "read",
  KEY_EXPORT: "read",
  KEY_DECRYPT: "execute",
  KEY_ENCRYPT: "execute",
  KEY_SIGN: "execute",
  KEY_VERIFY: "execute",
  DATABASE_CONTENT_READ: "read",
  NOSQL_ROWS_READ: "read",
  STREAM_CONSUME: "read",
  STREAM_PRODUCE: "write",
  LOG_CONTENT_READ: "read",
  LOG_CONTENT_PUSH: "write",
};

/** Run code or calls, and change no resource. */
const executing = /^(?:FN_INVOCATION|INSTANCE_AGENT_COMMAND_CREATE|CONSOLE_.*CONNECTION_CREATE)$/;

/** Types whose changes are changes of rights. */
const rights =
  /^(?:policies|dynamic-groups|groups|users|credentials|identity-providers|authentication-policies)$/;

export interface Level {
  readonly plane: "control" | "data";
  readonly access: Access;
}

export function levelOf({ permission, verb, type }: Right): Level {
  const data = permission === undefined ? undefined : dataPermissions[permission];
  if (data) return { plane: "data", access: data };
  const name = permission ?? "";
  if (executing.test(name)) return { plane: "control", access: "execute" };
  if (verb === "inspect") return { plane: "control", access: "list" };
  if (verb === "read") return { plane: "control", access: "read" };
  if (rights.test(type)) return { plane: "control", access: "permissions" };
  const ends = /(?:^|_)DELETE$/.test(name);
  return { plane: "control", access: ends ? "delete" : "write" };
}
