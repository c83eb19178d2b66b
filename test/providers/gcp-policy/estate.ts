import { existsSync, readFileSync } from "node:fs";
import { gcpPolicy } from "../../../providers/gcp/policy/index.ts";
import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, PolicyAttachment } from "../../../src/model/identity.ts";
import type { Json } from "../../../src/model/json.ts";
import type { EstatePaths } from "../../../src/model/paths.ts";
import { mergePaths } from "../../../src/permissions/merge-paths.ts";

const url = new URL("../../../../shared/catalogues/gcp-predefined-roles.json", import.meta.url);
export const hasCatalogue = existsSync(url);
const catalogue: { roles: Record<string, string[]> } = hasCatalogue
  ? JSON.parse(readFileSync(url, "utf8"))
  : { roles: {} };

const source = { kind: "rule", id: "test" } as const;
export const self = "mcp@prod.iam.gserviceaccount.com";
export const member = `serviceAccount:${self}`;

export interface Land {
  readonly bindings?: readonly {
    resource?: string;
    role: string;
    members?: readonly string[];
    condition?: string;
  }[];
  /** Custom roles by name. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  readonly denies?: readonly { on: string; rule: Json }[];
  readonly boundaries?: readonly Json[];
  readonly scopes?: readonly string[];
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly tags?: EstatePaths["tags"];
  readonly others?: readonly string[];
  readonly holders?: EstatePaths["holders"];
  readonly credentials?: EstatePaths["credentials"];
  /** Documents that were not read. */
  readonly without?: readonly string[];
  readonly startedAt?: string;
  readonly trust?: readonly string[];
}

/** `projects/prod`, number 123, below `folders/10` and `organizations/1`, everything read. */
export function landOf(land: Land): { identity: Identity; estate: EstateIndex } {
  const documents = new Map<string, Json>();
  const chain = ["projects/prod", "folders/10", "organizations/1"];
  const accounts = [self, ...(land.others ?? [])];
  documents.set("projects/prod#ancestry", { above: chain.slice(1), number: "123" });
  for (const place of [
    ...chain,
    ...accounts.map((each) => `projects/prod/serviceAccounts/${each}`),
  ])
    documents.set(`${place}#allow`, { bindings: [] });
  for (const place of chain) {
    const rules = (land.denies ?? []).filter(({ on }) => on === place);
    documents.set(`${place}#deny`, {
      policies: rules.map(({ rule }) => ({ rules: [{ denyRule: rule }] })),
    });
    documents.set(`${place}#boundary`, {
      policies: place === "projects/prod" ? [...(land.boundaries ?? [])] : [],
    });
  }
  const used = (land.bindings ?? []).map(({ role }) => role);
  for (const role of used) {
    const known = land.roles?.[role] ?? catalogue.roles[role];
    if (known) documents.set(`${role}#role`, { includedPermissions: [...known] });
  }
  for (const role of ["roles/iam.securityAdmin", "roles/editor", "roles/viewer"])
    if (catalogue.roles[role])
      documents.set(`${role}#role`, { includedPermissions: catalogue.roles[role] });
  for (const { resource = "projects/prod", ...own } of land.bindings ?? []) {
    const before = documents.get(`${resource}#allow`) as { bindings: Json[] } | undefined;
    const { role, members = [member], condition } = own;
    documents.set(`${resource}#allow`, {
      bindings: [
        ...(before?.bindings ?? []),
        { role, members: [...members], ...(condition && { condition: { expression: condition } }) },
      ],
    });
  }
  for (const [email, members] of Object.entries(land.groups ?? {}))
    documents.set(`${email}#group`, { members: [...members] });
  if (land.scopes) documents.set(`${self}#scopes`, { scopes: [...land.scopes] });
  for (const id of land.without ?? []) documents.delete(id);
  const policies: PolicyAttachment[] = [
    ...(land.scopes ? [{ layer: "session" as const, policy: `${self}#scopes`, via: self }] : []),
    ...(land.trust ?? []).map((policy) => ({ layer: "trust" as const, policy, via: "pod" })),
  ];
  const identities = accounts.map((id): Identity => ({
    id,
    provider: "gcp",
    scope: "prod",
    kind: "service-account",
    name: id,
    tags: {},
    policies: id === self ? policies : [],
    source,
  }));
  const facts = {
    holders: land.holders ?? [],
    credentials: land.credentials ?? [],
    tags: land.tags ?? new Map(),
  };
  return {
    identity: identities[0]!,
    estate: {
      identities: new Map(identities.map((each) => [each.id, each])),
      policies: new Map(
        [...documents].map(([id, body]) => [id, { id, name: id, body, source }] as const),
      ),
      gaps: new Map(),
      startedAt: land.startedAt ?? "2026-11-22T00:00:00Z",
      paths: mergePaths([facts]),
      scopePaths: new Map([["gcp/prod", facts]]),
    },
  };
}

export function ask(
  land: Land,
  permission: string,
  resource = "projects/prod",
  facts: Record<string, string> = {},
) {
  const { identity, estate } = landOf(land);
  return gcpPolicy.decide(identity, permission, resource, estate, facts);
}
