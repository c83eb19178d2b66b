import type { PolicyDocument } from "../../src/model/identity.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import { ancestorsIn, operations } from "./calls-identity.ts";
import { resourceOperations } from "./calls-resources.ts";
import { pathOf } from "./links.ts";
import { gapIn } from "./pages.ts";

/** Where the project stands. */
export interface Ancestry {
  /** The project and everything above it, nearest first; only the project when it was not read. */
  readonly chain: readonly string[];
  readonly read: boolean;
  readonly number: string | undefined;
  readonly documents: readonly PolicyDocument[];
}

/** https://cloud.google.com/resource-manager/reference/rest/v1/projects/getAncestry */
export function ancestryOf(snapshot: Snapshot): Ancestry {
  const project = `projects/${snapshot.scope.id}`;
  const [about] = pagesOf(snapshot, "cloudresourcemanager.projects.get");
  const number = about && text(about, "name")?.replace(/^projects\//, "");
  const [node] = pagesOf(snapshot, operations.ancestry);
  const above = node
    ? ancestorsIn([node.value]).filter((place) => !place.startsWith("projects/"))
    : [];
  const read = node !== undefined && ancestorsIn([node.value]).length > 0;
  const body = { above, ...(number !== undefined && { number }) };
  return {
    chain: [project, ...above],
    read,
    number,
    documents: read && node ? [documentOf(`${project}#ancestry`, body, node)] : [],
  };
}

/** Allow policies of the project, its folders and organisation, and its service accounts. */
export function allowDocuments(snapshot: Snapshot): PolicyDocument[] {
  const project = `projects/${snapshot.scope.id}`;
  return [
    ...pagesOf(snapshot, operations.projectPolicy).map((node) => allowOf(project, node)),
    ...[operations.folderPolicy, operations.organizationPolicy, operations.accountPolicy].flatMap(
      (operation) =>
        pagesOf(snapshot, operation).flatMap((node) => {
          const resource = node.page.params["resource"];
          return typeof resource === "string" ? [allowOf(pathOf(resource), node)] : [];
        }),
    ),
  ];
}

/** Marks a project of whose single resources every allow policy is known. */
export const resourcesKind = "resources";

/**
 * Allow policies of single resources, as Cloud Asset Inventory knows them. Those of accounts, the project and what is
 * above it are read from themselves. https://cloud.google.com/asset-inventory/docs/query-iam-policies
 */
export function resourceDocuments(snapshot: Snapshot): PolicyDocument[] {
  const project = `projects/${snapshot.scope.id}`;
  const pages = pagesOf(snapshot, resourceOperations.policies);
  const [first] = pages;
  if (!first) return [];
  const policies = pages.flatMap((page) =>
    items(page, "results").flatMap((result): PolicyDocument[] => {
      const resource = text(result, "resource") ?? "";
      const policy = at(result, "policy");
      if (!policy || readItself.test(resource)) return [];
      return [documentOf(`${shortName(resource, project)}#allow`, policy.value, result)];
    }),
  );
  const complete = gapIn(snapshot, resourceOperations.policies) === undefined;
  return complete
    ? [...policies, documentOf(`${project}#${resourcesKind}`, { complete }, first)]
    : policies;
}

const readItself =
  /^\/\/(?:cloudresourcemanager\.|iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/)/;

/** Names of buckets stand alone. https://cloud.google.com/asset-inventory/docs/asset-names */
function shortName(resource: string, project: string): string {
  const [, bucket] = /^\/\/storage\.googleapis\.com\/([^/]+)$/.exec(resource) ?? [];
  return bucket === undefined
    ? resource.replace(/^\/\/[^/]+\//, "")
    : `${project}/buckets/${bucket}`;
}

function allowOf(resource: string, node: Node): PolicyDocument {
  return documentOf(`${resource}#allow`, node.value, node);
}

export function documentOf(id: string, body: PolicyDocument["body"], node: Node): PolicyDocument {
  return { id, name: id.slice(0, id.lastIndexOf("#")), body, source: sourceOf(node) };
}
