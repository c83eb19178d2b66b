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

const chain = ["projects/prod", "folders/10", "organizations/1"];
const accountsOf = ({ others = [] }: Land): readonly string[] => [self, ...others];

function keepPlaces(land: Land, documents: Map<string, Json>): void {
  const { denies = [], boundaries = [], groups = {}, scopes } = land;
  documents.set("projects/prod#ancestry", { above: chain.slice(1), number: "123" });
  for (const place of chain) {
    const rules = denies.filter(({ on }) => on === place);
    documents.set(`${place}#deny`, {
      policies: rules.map(({ rule }) => ({ rules: [{ denyRule: rule }] })),
    });
    documents.set(`${place}#boundary`, {
      policies: place === "projects/prod" ? [...boundaries] : [],
    });
  }
  for (const [email, members] of Object.entries(groups))
    documents.set(`${email}#group`, { members: [...members] });
  if (scopes) documents.set(`${self}#scopes`, { scopes: [...scopes] });
}

function keepBindings(land: Land, documents: Map<string, Json>): void {
  const accounts = accountsOf(land).map((each) => `projects/prod/serviceAccounts/${each}`);
  const kept = new Map<string, Json[]>([...chain, ...accounts].map((place) => [place, []]));
  for (const { resource = "projects/prod", role, members = [member], condition } of land.bindings ??
    []) {
    const body = {
      role,
      members: [...members],
      ...(condition && { condition: { expression: condition } }),
    };
    kept.set(resource, [...(kept.get(resource) ?? []), body]);
  }
  for (const [resource, bindings] of kept) documents.set(`${resource}#allow`, { bindings });
}

function keepRoles({ bindings = [], roles = {} }: Land, documents: Map<string, Json>): void {
  const always = ["roles/iam.securityAdmin", "roles/editor", "roles/viewer"];
  const used = bindings.map(({ role }) => role);
  for (const role of used.concat(always)) {
    const known = used.includes(role) ? (roles[role] ?? catalogue.roles[role]) : undefined;
    const held = always.includes(role) ? (catalogue.roles[role] ?? known) : known;
    if (held) documents.set(`${role}#role`, { includedPermissions: [...held] });
  }
}

function policiesOf({ scopes, trust = [] }: Land): readonly PolicyAttachment[] {
  return [
    ...(scopes ? [{ layer: "session", policy: `${self}#scopes`, via: self } as const] : []),
    ...trust.map((policy) => ({ layer: "trust", policy, via: "pod" }) as const),
  ];
}

/** `projects/prod`, number 123, below `folders/10` and `organizations/1`, everything read. */
export function landOf(land: Land): { identity: Identity; estate: EstateIndex } {
  const documents = new Map<string, Json>();
  keepPlaces(land, documents);
  keepRoles(land, documents);
  keepBindings(land, documents);
  for (const id of land.without ?? []) documents.delete(id);
  const identities = accountsOf(land).map((id): Identity => ({
    id,
    provider: "gcp",
    scope: "prod",
    kind: "service-account",
    name: id,
    tags: {},
    policies: id === self ? policiesOf(land) : [],
    source,
  }));
  const { holders = [], credentials = [], tags = new Map<string, never>() } = land;
  const facts = { holders, credentials, tags };
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
