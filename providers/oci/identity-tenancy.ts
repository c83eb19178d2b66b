import type { PolicyDocument } from "../../src/model/identity.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, number, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import { elements, gapIn } from "./pages.ts";
import { tenancyId } from "./policy/documents.ts";

/** What statements name, in one document: compartments, dynamic groups, groups, regions; and what of it was not read. */
export function tenancyDocument(snapshot: Snapshot): PolicyDocument {
  const tenancy = snapshot.scope.id;
  const regionsRead = isRead(snapshot, operations.regions);
  const body: JsonObject = {
    kind: "oci-tenancy",
    name: nameOf(snapshot),
    compartments: Object.fromEntries(compartments(snapshot)),
    dynamicGroups: [
      ...elements(snapshot, operations.dynamicGroups).flatMap(dynamicGroup),
      ...otherDomains(snapshot).flatMap(({ groups = [] }) => groups),
    ],
    dynamicGroupsRead: isRead(snapshot, operations.dynamicGroups),
    domainsRead: domainsRead(snapshot),
    domains: [
      ...new Set(
        otherDomains(snapshot).flatMap(({ name, groups }) => (groups === undefined ? [name] : [])),
      ),
    ],
    ...(isRead(snapshot, operations.groups) && { groups: named(snapshot, operations.groups) }),
    ...(isRead(snapshot, operations.networkSources) && {
      networkSources: Object.fromEntries(networkSources(snapshot)),
    }),
    ...(regionsRead && { regions: regionKeys(snapshot) }),
    unread: unread(snapshot),
  };
  const [page] = [operations.compartments, "identity:GetTenancy"].flatMap((call) =>
    pagesOf(snapshot, call),
  );
  return {
    id: tenancyId(tenancy),
    name: tenancy,
    body,
    source: page
      ? sourceOf(page)
      : { kind: "api", call: operations.compartments, region: "global", page: 0, pointer: "" },
  };
}

function nameOf(snapshot: Snapshot): string {
  const [tenancy] = pagesOf(snapshot, "identity:GetTenancy");
  return (tenancy && text(tenancy, "name")) ?? "";
}

function isRead(snapshot: Snapshot, call: string, params: JsonObject = {}): boolean {
  return (
    gapIn(snapshot, call, params) === undefined &&
    pagesOf(snapshot, call).some(({ page }) =>
      Object.entries(params).every(([name, value]) => page.params[name] === value),
    )
  );
}

function present(node: Node): boolean {
  return (text(node, "lifecycleState") ?? "ACTIVE") === "ACTIVE";
}

function compartments(snapshot: Snapshot): [string, JsonObject][] {
  return elements(snapshot, operations.compartments)
    .filter(present)
    .flatMap((node): [string, JsonObject][] => {
      const id = text(node, "id");
      const parent = text(node, "compartmentId") ?? snapshot.scope.id;
      return id === undefined || id === snapshot.scope.id
        ? []
        : [[id, { name: text(node, "name") ?? id, parent }]];
    });
}

/** Of the Default domain, whose groups are the only ones that this list shows. */
function dynamicGroup(node: Node): Json[] {
  const name = text(node, "name");
  if (name === undefined || !present(node)) return [];
  const group = { name, domain: "Default", rule: text(node, "matchingRule") ?? null };
  return [{ ...group, ocid: text(node, "id") ?? "" }];
}

interface OtherDomain {
  readonly name: string;
  /** Undefined = not read. */
  readonly groups: readonly Json[] | undefined;
}

/** Domains beside the default one, whose dynamic groups the domain's own endpoint alone shows. */
function otherDomains(snapshot: Snapshot): OtherDomain[] {
  return elements(snapshot, operations.domains)
    .filter((node) => present(node) && text(node, "type") !== "DEFAULT")
    .map((node) => ({ name: text(node, "displayName") ?? "?", url: text(node, "url") ?? "" }))
    .filter(({ name }) => name.toLowerCase() !== "default")
    .map(({ name, url }) => ({ name, groups: domainGroups(snapshot, name, url) }));
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1/datatypes/DynamicResourceGroup */
function domainGroups(snapshot: Snapshot, name: string, domain: string): Json[] | undefined {
  const pages = pagesOf(snapshot, operations.domainGroups).filter(
    ({ page }) => page.params["domain"] === domain,
  );
  const [first] = pages;
  const listed = pages.flatMap((page) => items(page, "Resources"));
  const cut = first === undefined || listed.length < (number(first, "totalResults") ?? 0);
  if (cut || !isRead(snapshot, operations.domainGroups, { domain })) return undefined;
  return listed.map((node) => ({
    name: text(node, "displayName") ?? "?",
    domain: name,
    rule: text(node, "matchingRule") ?? null,
    ocid: text(node, "ocid") ?? "",
  }));
}

function domainsRead(snapshot: Snapshot): boolean {
  return places(snapshot).every((compartmentId) =>
    isRead(snapshot, operations.domains, { compartmentId }),
  );
}

function places(snapshot: Snapshot): string[] {
  return [snapshot.scope.id, ...compartments(snapshot).map(([id]) => id)];
}

function named(snapshot: Snapshot, call: string): string[] {
  return elements(snapshot, call)
    .filter(present)
    .flatMap((node) => text(node, "name") ?? []);
}

/** Sources of a VCN are told by its OCID, which no address of the internet comes from. */
function networkSources(snapshot: Snapshot): [string, Json][] {
  return elements(snapshot, operations.networkSources)
    .filter(present)
    .flatMap((node): [string, Json][] => {
      const name = text(node, "name");
      const inside = items(node, "virtualSourceList").length > 0;
      return name === undefined ? [] : [[name, inside ? null : texts(node, "publicSourceList")]];
    });
}

function regionKeys(snapshot: Snapshot): string[] {
  return elements(snapshot, operations.regions)
    .filter((node) => (text(node, "status") ?? "READY") === "READY")
    .flatMap((node) => text(node, "regionKey")?.toLowerCase() ?? []);
}

function unread(snapshot: Snapshot): JsonObject[] {
  const closed = places(snapshot).filter(
    (compartmentId) => !isRead(snapshot, operations.policies, { compartmentId }),
  );
  const tenancy = snapshot.scope.id;
  return [
    ...(isRead(snapshot, operations.compartments)
      ? []
      : [{ id: `${tenancy}#compartments`, detail: "the compartments were not read" }]),
    ...closed.map((id) => ({
      id: `${id}#policies`,
      detail: `the policies of ${id} were not read`,
    })),
  ];
}
