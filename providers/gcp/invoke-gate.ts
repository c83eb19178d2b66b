import type { AuthGate } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, oncePer, pagesOf, text, texts, type Node } from "../reader.ts";
import { pathOf } from "./links.ts";
import { gapIn, pagesBy } from "./pages.ts";

/** What a platform asks of a caller before it hands the request on. */
export interface InvokeGate {
  readonly auth: AuthGate;
  readonly assumptions: readonly string[];
}

/** The call that reads the policy of one resource, and the predefined roles that let everyone invoke it. */
interface Invoking {
  readonly call: string;
  readonly invokers: ReadonlySet<string>;
}

/** Open where everyone may invoke, by a policy of the resource or of what is above it. */
export function invokeGate(id: string, invoking: Invoking, snapshot: Snapshot): InvokeGate {
  const { call, invokers } = invoking;
  const open = policiesOn(id, call, snapshot).flatMap((policy) =>
    items(policy, "bindings").filter(
      (binding) =>
        texts(binding, "members").includes("allUsers") &&
        mayInvoke(text(binding, "role") ?? "", invokers),
    ),
  );
  const plain = open.find(
    (binding) => !at(binding, "condition") && invokers.has(text(binding, "role") ?? ""),
  );
  if (plain) return { auth: "none", assumptions: [] };
  const [doubtful] = open;
  if (doubtful) {
    const role = text(doubtful, "role") ?? "a role";
    return {
      auth: "none",
      assumptions: [`everyone may invoke by ${role}, if its condition and permissions say so`],
    };
  }
  const gap = [call, ...inherited]
    .map((each) => gapIn(snapshot, each, each === call ? { resource: id } : {}))
    .find((each) => each !== undefined);
  return gap
    ? {
        auth: "none",
        assumptions: [`${gap.call} was not read: everyone is taken to be allowed to invoke`],
      }
    : { auth: "iam", assumptions: [] };
}

/** Custom roles may hold the permission. */
function mayInvoke(role: string, invokers: ReadonlySet<string>): boolean {
  return invokers.has(role) || !role.startsWith("roles/");
}

const inherited = ["projects", "folders", "organizations"].map(
  (kind) => `cloudresourcemanager.${kind}.getIamPolicy`,
);

/** Policies that resources inherit, and those of the resources themselves by the call that reads them. */
const policies = oncePer((snapshot) => {
  const own = new Map<string, ReadonlyMap<string, readonly Node[]>>();
  return {
    above: inherited.flatMap((call) => pagesOf(snapshot, call)),
    of(call: string): ReadonlyMap<string, readonly Node[]> {
      const found = own.get(call) ?? pagesBy(snapshot, call, "resource");
      own.set(call, found);
      return found;
    },
  };
});

function policiesOn(id: string, call: string, snapshot: Snapshot): readonly Node[] {
  const read = policies(snapshot);
  return [...(read.of(call).get(pathOf(id)) ?? []), ...read.above];
}
