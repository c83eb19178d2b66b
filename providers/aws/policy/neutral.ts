import type { Breadth, Grant, PermissionVerdict } from "../../../src/model/identity.ts";
import { cellsOf } from "./actions.ts";
import { keyRule, networkKeys } from "./keys.ts";
import { arnParts } from "./match.ts";
import type { Statement } from "./parse.ts";
import type { Ranges } from "./ranges.ts";

/** One allow on its way through the layers: an action set on one resource pattern. */
export interface Item {
  /** As the policy writes it. */
  readonly action: string;
  readonly actions: Ranges;
  readonly resource: string;
  readonly verdict: PermissionVerdict;
  /** The allow statements that all have to hold. */
  readonly allows: readonly Statement[];
}

/** The neutral records of one allow: one for each kind of action in it. */
export function grantsFrom({ action, actions, resource, verdict, allows }: Item): Grant[] {
  const raw = allows.map(({ ref }) => ref);
  const via = [...new Set(raw.map((ref) => ref.slice(0, ref.lastIndexOf("#"))))];
  const condition = conditionClass(allows);
  const breadth = narrowedByTag(allows) ? "group" : undefined;
  const own = breadthOf(resource);
  return cellsOf(actions).map((cell) => ({
    plane: cell.plane,
    access: cell.access,
    family: cell.family,
    breadth: own === "account" ? (breadth ?? own) : own,
    condition,
    verdict,
    action,
    resource,
    via,
    raw,
    actions: cell.actions,
    wholeFamily: cell.wholeFamily,
  }));
}

function narrowedByTag(allows: readonly Statement[]): boolean {
  return allows.some(({ conditions }) =>
    conditions.some(({ key }) => key.includes(":resourcetag/")),
  );
}

function conditionClass(allows: readonly Statement[]): Grant["condition"] {
  const keys = allows.flatMap(({ conditions }) => conditions.map(({ key }) => key));
  if (keys.length === 0) return "none";
  if (keys.some((key) => networkKeys.has(key))) return "workload-bound";
  const open = keys.filter((key) => keyRule(key).controller === "unknown");
  return open.length === 0
    ? "caller-satisfiable"
    : open.every(workloadKey)
      ? "workload-bound"
      : "unknown";
}

function workloadKey(key: string): boolean {
  return (
    key.startsWith("aws:principal") ||
    key === "aws:resourceaccount" ||
    key === "aws:securetransport"
  );
}

/** Services whose resource names hold a path of contents, so a trailing wildcard is the contents of one resource. */
const containers: ReadonlySet<string> = new Set(["s3", "s3express", "execute-api"]);

/** `*` and "all of one type" are the account; a wildcard inside a name, or the contents of one, a group; else one resource. */
export function breadthOf(pattern: string): Breadth {
  const parts = arnParts(pattern);
  const name = parts?.[5] ?? pattern;
  if (!/[*?]/.test(name)) return "resource";
  if (/^[*/]+$/.test(name)) return "account";
  if (containers.has(parts?.[2] ?? "")) return "group";
  return /^[a-z0-9-]+[:/]\*+(?:[:/](?:[a-z]+[:/])?\*+)*$/.test(name) ? "account" : "group";
}
