import type { Identity, PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { PathFacts } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import { decode } from "./identity.ts";
import { gapIn } from "./pages.ts";

/** What the organisation adds to every identity of the account. */
export interface Organization {
  readonly documents: readonly PolicyDocument[];
  /** Empty where nothing of it was read, which leaves every limit open. */
  readonly attachments: readonly PolicyAttachment[];
  /** Ids of the resource control policies. */
  readonly resourceDenies: readonly string[];
  readonly request: NonNullable<PathFacts["request"]>;
}

const policiesCall = "organizations:ListPoliciesForTarget";

/** Where no policy is attached nothing is limited: with the type enabled AWS requires one at every level. */
const unlimited: PolicyDocument = {
  id: "no service control policy",
  name: "no service control policy",
  body: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  source: { kind: "rule", id: "no service control policy" },
};

export function organizationOf(snapshot: Snapshot): Organization {
  const [page] = pagesOf(snapshot, "organizations:DescribeOrganization");
  if (!page) return { documents: [], attachments: [], resourceDenies: [], request: {} };
  const organization = at(page, "Organization");
  const id = organization && text(organization, "Id");
  const request = id === undefined ? {} : { "aws:PrincipalOrgID": id };
  const free = freedom(organization, snapshot.scope.id);
  if (free !== undefined) {
    const attachments = [{ policy: unlimited.id, layer: "organization" as const, via: free }];
    return { documents: [unlimited], attachments, resourceDenies: [], request };
  }
  const levels = levelsOf(snapshot);
  const control = (filter: string): PolicyAttachment[] =>
    (levels ?? []).flatMap((level) => attachmentsAt(level, filter, snapshot));
  const resourceControls = control("RESOURCE_CONTROL_POLICY");
  const documents = documentsOf(snapshot);
  const known = new Set(documents.map((document) => document.id));
  return {
    documents: [unlimited, ...documents],
    attachments: [
      ...control("SERVICE_CONTROL_POLICY"),
      // One that was not read may deny anything on the account's resources.
      ...resourceControls.filter(({ policy }) => policy !== unlimited.id && !known.has(policy)),
    ],
    resourceDenies: resourceControls.flatMap(({ policy }) => (known.has(policy) ? [policy] : [])),
    request,
  };
}

/** Why no policy binds the account; `undefined` where some may. */
function freedom(organization: Node | undefined, account: string): string | undefined {
  if (!organization) return "no organization";
  if (text(organization, "MasterAccountId") === account) return "the management account";
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html
  return text(organization, "FeatureSet") === "CONSOLIDATED_BILLING"
    ? "an organization for billing only"
    : undefined;
}

/** The account and everything above it up to the root; `undefined` when the chain breaks off. */
function levelsOf(snapshot: Snapshot): readonly string[] | undefined {
  const parents = listed(snapshot, "organizations:ListParents", "Parents");
  const top = parents.at(-1);
  if (!top || text(top, "Type") !== "ROOT") return undefined;
  return [snapshot.scope.id, ...parents.flatMap((parent) => text(parent, "Id") ?? [])];
}

function attachmentsAt(level: string, filter: string, snapshot: Snapshot): PolicyAttachment[] {
  const params = { TargetId: level, Filter: filter };
  const pages = pagesOf(snapshot, policiesCall).filter(
    ({ page }) => page.params["TargetId"] === level && page.params["Filter"] === filter,
  );
  const layer = "organization";
  if (pages.length === 0 || gapIn(snapshot, policiesCall, params))
    return [{ policy: `${filter} of ${level}`, layer, via: level }];
  const policies = pages.flatMap((page) =>
    items(page, "Policies").flatMap((policy) => text(policy, "Id") ?? []),
  );
  return (policies.length > 0 ? policies : [unlimited.id]).map((policy) => ({
    policy,
    layer,
    via: level,
  }));
}

function documentsOf(snapshot: Snapshot): PolicyDocument[] {
  return pagesOf(snapshot, "organizations:DescribePolicy").flatMap((page): PolicyDocument[] => {
    const policy = at(page, "Policy");
    const summary = policy && at(policy, "PolicySummary");
    const id = summary && text(summary, "Id");
    const content = policy && at(policy, "Content");
    if (id === undefined || !content) return [];
    const name = (summary && text(summary, "Name")) ?? id;
    return [{ id, name, body: decode(content.value), source: sourceOf(content) }];
  });
}

/** Policies of an organisation do not bind the roles that services own. */
export function under({ attachments }: Organization, identity: Identity): Identity {
  if (attachments.length === 0) return identity;
  const own = identity.id.includes(":role/aws-service-role/");
  const added = own
    ? [{ policy: unlimited.id, layer: "organization" as const, via: "a service's role" }]
    : attachments;
  return { ...identity, policies: [...identity.policies, ...added] };
}
