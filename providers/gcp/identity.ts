import type { Identity, PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { PathFacts } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, listed, sourceOf, text, type Node } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import { allowDocuments, ancestryOf, resourceDocuments } from "./identity-allow.ts";
import { holdersOf } from "./identity-holders.ts";
import { limitDocuments } from "./identity-limits.ts";
import { podsOf, type Pod, type Pods } from "./identity-pods.ts";
import { roleDocuments } from "./identity-roles.ts";
import { scopesOf, usedAccounts } from "./identity-scopes.ts";

/** Service accounts of the project, and every document that decides what they may do. */
export function readIdentities(snapshot: Snapshot): {
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
  readonly paths: PathFacts;
  readonly pods: Pods;
} {
  const ancestry = ancestryOf(snapshot);
  const scopes = scopesOf(snapshot);
  const policies = [
    ...ancestry.documents,
    ...allowDocuments(snapshot),
    ...resourceDocuments(snapshot),
    ...limitDocuments(snapshot, ancestry),
    ...roleDocuments(snapshot),
    ...scopes.documents,
  ];
  const kept = new Set(policies.map(({ id }) => id));
  const attached = ancestry.chain.flatMap((place): PolicyAttachment[] => [
    { layer: "grant", policy: `${place}#allow`, via: place },
    ...["deny", "boundary"]
      .filter((kind) => kept.has(`${place}#${kind}`))
      .map((kind) => ({ layer: "organization" as const, policy: `${place}#${kind}`, via: place })),
  ]);
  const accounts = accountsOf(snapshot, ancestry.number).map((account) =>
    withPolicies(account, attached.concat(scopes.attachments(account.id))),
  );
  const pods = podsOf(snapshot, policies);
  const identities = [
    ...accounts,
    ...pods.named.map((pod) => withPolicies(accountOfPod(pod, snapshot), attached)),
  ];
  return { identities, policies, paths: { holders: holdersOf(snapshot, accounts) }, pods };
}

function accountOfPod({ id, name, source }: Pod, { scope }: Snapshot): Omit<Identity, "policies"> {
  return { id, provider: "gcp", scope: scope.id, kind: "service-account", name, tags: {}, source };
}

function withPolicies(
  account: Omit<Identity, "policies">,
  policies: readonly PolicyAttachment[],
): Identity {
  return { ...account, policies };
}

/** The listed accounts, and those that the list does not show: used by a workload or an agent that builds. */
function accountsOf(
  snapshot: Snapshot,
  number: string | undefined,
): readonly Omit<Identity, "policies">[] {
  const found = new Map<string, Omit<Identity, "policies">>();
  for (const node of listed(snapshot, operations.accounts, "accounts")) {
    const email = text(node, "email");
    // A disabled account gives no credentials: https://cloud.google.com/iam/docs/service-accounts-disable-enable
    if (email !== undefined && flag(node, "disabled") !== true) {
      found.set(email, accountFrom(email, snapshot, node));
    }
  }
  const others = [...usedAccounts(snapshot), ...buildAgents(snapshot, number)];
  for (const { email, node } of others) {
    if (!found.has(email) && ownProject(email, snapshot, number)) {
      found.set(email, accountFrom(email, snapshot, node));
    }
  }
  return [...found.values()];
}

function accountFrom(email: string, snapshot: Snapshot, node: Node): Omit<Identity, "policies"> {
  return {
    id: email,
    provider: "gcp",
    scope: snapshot.scope.id,
    kind: "service-account",
    name: text(node, "displayName") ?? email.split("@")[0] ?? email,
    tags: {},
    source: sourceOf(node),
  };
}

/** An account of another project is described by that project's own snapshot. */
function ownProject(email: string, { scope }: Snapshot, number: string | undefined): boolean {
  const domain = email.slice(email.indexOf("@") + 1);
  return (
    domain === `${scope.id}.iam.gserviceaccount.com` ||
    email === `${scope.id}@appspot.gserviceaccount.com` ||
    (number !== undefined &&
      (email.startsWith(`${number}-compute@`) || email.startsWith(`${number}@`)))
  );
}

/** The account of builds is Google's own and in no list; its bindings name it. */
function buildAgents(
  snapshot: Snapshot,
  number: string | undefined,
): { readonly email: string; readonly node: Node }[] {
  if (number === undefined) return [];
  const email = `${number}@cloudbuild.gserviceaccount.com`;
  return listed(snapshot, operations.projectPolicy, "bindings")
    .filter(({ value }) => JSON.stringify(value).includes(`serviceAccount:${email}`))
    .slice(0, 1)
    .map((node) => ({ email, node }));
}
