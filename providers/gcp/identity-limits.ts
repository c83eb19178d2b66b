import type { PolicyDocument } from "../../src/model/identity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, pagesOf, text, type Node } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import { documentOf, type Ancestry } from "./identity-allow.ts";
import { gapIn } from "./pages.ts";

/** Deny policies and boundaries of each place that was read to the end; a place without a document is unread. */
export function limitDocuments(snapshot: Snapshot, ancestry: Ancestry): PolicyDocument[] {
  return ancestry.chain.flatMap((place) => [
    ...denyDocument(place, snapshot),
    ...boundaryDocument(place, snapshot, ancestry),
  ]);
}

/** Calls per place name the project by the empty text. */
function pagesAt(snapshot: Snapshot, operation: string, place: string): Node[] {
  const param = place.startsWith("projects/") ? "" : place;
  const hidden = gapIn(snapshot, operation, { place: param });
  return hidden
    ? []
    : pagesOf(snapshot, operation).filter(({ page }) => page.params["place"] === param);
}

/** The list leaves out the rules, so each policy is read by itself: one that was not leaves its place unread. */
function denyDocument(place: string, snapshot: Snapshot): PolicyDocument[] {
  const pages = pagesAt(snapshot, operations.denies, place);
  const [first] = pages;
  if (!first) return [];
  const full = new Map(
    pagesOf(snapshot, operations.deny).map((node) => [text(node, "name") ?? "", node.value]),
  );
  const names = pages.flatMap((page) => items(page, "policies").map((each) => text(each, "name")));
  const policies = names.map((name) => full.get(name ?? ""));
  const read = policies.filter((policy) => policy !== undefined);
  return read.length < policies.length
    ? []
    : [documentOf(`${place}#deny`, { policies: read }, first)];
}

/** https://cloud.google.com/iam/docs/principal-access-boundary-policies */
function boundaryDocument(
  place: string,
  snapshot: Snapshot,
  { chain, read }: Ancestry,
): PolicyDocument[] {
  const id = `${place}#boundary`;
  const [about] = pagesOf(snapshot, operations.ancestry);
  // Boundaries are kept by organisations, so a project without one has none.
  if (read && about && !chain.some((each) => each.startsWith("organizations/"))) {
    return [documentOf(id, { policies: [] }, about)];
  }
  const pages = pagesAt(snapshot, operations.boundaryBindings, place);
  const [first] = pages;
  if (!first) return [];
  const details = new Map(
    listed(snapshot, operations.boundaries, "principalAccessBoundaryPolicies").map((node) => [
      text(node, "name") ?? "",
      at(node, "details"),
    ]),
  );
  const bindings = pages.flatMap((page) => items(page, "policyBindings"));
  const bound = bindings.map((binding) => boundaryOf(binding, details));
  const known = bound.filter((each) => each !== undefined);
  return known.length < bound.length ? [] : [documentOf(id, { policies: known }, first)];
}

function boundaryOf(
  binding: Node,
  details: ReadonlyMap<string, Node | undefined>,
): JsonObject | undefined {
  const policy = details.get(text(binding, "policy") ?? "");
  if (!policy) return undefined;
  return {
    details: policy.value,
    blocks: null,
    // A policy that names no version has the latest.
    version: text(policy, "enforcementVersion") ?? "latest",
    conditional: at(binding, "condition") !== undefined,
  };
}
