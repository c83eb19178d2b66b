import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every, some } from "../../../src/permissions/contract.ts";
import type { Caller } from "./caller.ts";
import { canonical, chainOf } from "./resources.ts";
import type { GcpWorld } from "./world.ts";

/** Groups within groups that are followed. */
const maxGroups = 20;

type Judge = (rest: string, caller: Caller, world: GcpWorld, depth: number) => PermissionVerdict;

const yes = (holds: boolean): PermissionVerdict => (holds ? "yes" : "no");

/**
 * Kinds of principal by their prefix, longest first; what none of them covers is nobody that a workload is.
 * https://cloud.google.com/iam/docs/principal-identifiers
 */
const kinds: readonly { readonly prefix: string; readonly judge: Judge }[] = [
  { prefix: "allAuthenticatedUsers", judge: () => "yes" },
  { prefix: "allUsers", judge: () => "yes" },
  { prefix: "principalSet://goog/public:all", judge: () => "yes" },
  { prefix: "principalSet://goog/group/", judge: inGroup },
  { prefix: "group:", judge: inGroup },
  { prefix: "serviceAccount:", judge: isAccount },
  { prefix: "projectOwner:", judge: holdsBasic("roles/owner") },
  { prefix: "projectEditor:", judge: holdsBasic("roles/editor") },
  { prefix: "projectViewer:", judge: holdsBasic("roles/viewer") },
  {
    prefix: "principal://iam.googleapis.com/projects/-/serviceAccounts/",
    judge: (email, caller) => yes(caller.emails.some((own) => sameEmail(own, email))),
  },
  { prefix: "principal://iam.googleapis.com/", judge: isSubject },
  { prefix: "principalSet://iam.googleapis.com/", judge: inPool },
  { prefix: "principalSet://cloudresourcemanager.googleapis.com/", judge: inPlace },
];

/** Whether a member entry stands for the caller; a group whose members were not read may. */
export function covers(
  member: string,
  caller: Caller,
  world: GcpWorld,
  depth = 0,
): PermissionVerdict {
  const kind = kinds.find(({ prefix }) => member.startsWith(prefix));
  return kind ? kind.judge(member.slice(kind.prefix.length), caller, world, depth) : "no";
}

function sameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isAccount(rest: string, caller: Caller): PermissionVerdict {
  const [, pool, namespace, account] = /^([^[]+)\[([^\]/]+)\/([^\]/]+)\]$/.exec(rest) ?? [];
  if (pool !== undefined) {
    const subject = `ns/${namespace}/sa/${account}`;
    return yes(caller.pods.some((pod) => pod.pool === pool && pod.subject === subject));
  }
  return yes(caller.emails.some((own) => sameEmail(own, rest)));
}

/** Accounts of Google groups can be service accounts and other groups. */
function inGroup(email: string, caller: Caller, world: GcpWorld, depth: number): PermissionVerdict {
  const members = world.groups.get(email.toLowerCase());
  if (!members || depth > maxGroups) return "maybe";
  return some(members.map((member) => covers(member, caller, world, depth + 1)));
}

/**
 * Whoever holds the basic role on the project itself; what that depends on stays open.
 * https://cloud.google.com/iam/docs/principals-overview#convenience-values
 */
function holdsBasic(role: string): Judge {
  return (project, caller, world, depth) => {
    const bindings = world.bindings.get(canonical(`projects/${project}`, world.places));
    if (!bindings || depth > maxGroups) return "maybe";
    return some(
      bindings
        .filter((binding) => binding.role === role)
        .map(({ members, condition }) => {
          const member = some(members.map((each) => covers(each, caller, world, depth + 1)));
          return condition === undefined ? member : every([member, "maybe"]);
        }),
    );
  };
}

const poolPath = /^projects\/[^/]+\/locations\/global\/workloadIdentityPools\/([^/]+)\/(.+)$/;

function isSubject(path: string, caller: Caller): PermissionVerdict {
  const [, pool, rest] = poolPath.exec(path) ?? [];
  return yes(caller.pods.some((pod) => pod.pool === pool && rest === `subject/${pod.subject}`));
}

function inPool(path: string, caller: Caller): PermissionVerdict {
  const [, pool, rest = ""] = poolPath.exec(path) ?? [];
  const pods = caller.pods.filter((pod) => pod.pool === pool);
  if (pods.length === 0) return "no";
  if (rest === "*") return "yes";
  if (rest.startsWith("namespace/")) {
    const namespace = `ns/${rest.slice("namespace/".length)}/`;
    return yes(pods.some(({ subject }) => subject.startsWith(namespace)));
  }
  return "maybe";
}

/** All principals of a project, folder or organisation, optionally of one type. */
function inPlace(path: string, caller: Caller, world: GcpWorld): PermissionVerdict {
  const [place = "", type] = path.split("/type/");
  const within = chainOf(caller.project, world.places).includes(canonical(place, world.places));
  if (!within) return world.places.above.has(caller.project) ? "no" : "maybe";
  return yes(type === undefined || (type === "ServiceAccount" && caller.emails.length > 0));
}
