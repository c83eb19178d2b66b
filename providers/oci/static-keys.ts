import type { Identity, IdentityLink } from "../../src/model/identity.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { sourceOf, text } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import { keyUsersIn } from "./key-texts.ts";
import { elements, elementsOf, gapIn, pagesBy } from "./pages.ts";
import { membership } from "./policy/caller.ts";

const ownKey = /\[secret:private-key:[0-9a-f]{16}\]/;

/** The workload with the users whose keys stand in its configuration. */
export function withKeyUsers(workload: Workload): Workload {
  const found = new Map<string, IdentityLink>();
  for (const { text: content, kind, source } of workload.texts) {
    for (const id of keyUsersIn(content)) {
      const whole = ownKey.test(content);
      const said = whole ? "with a private key" : "its private key was not seen there";
      const because = `An API key of ${id} is configured in its ${kind}, ${said}.`;
      const link: IdentityLink = {
        id,
        how: "static-key",
        verdict: whole ? "yes" : "maybe",
        because,
        source,
      };
      if (whole || !found.has(id)) found.set(id, link);
    }
  }
  if (found.size === 0) return workload;
  return { ...workload, identities: [...workload.identities, ...found.values()] };
}

/** Users whose keys were found and whose groups were read; the others stay unknown. */
export function keyUsers(snapshot: Snapshot): readonly Identity[] {
  const names = new Map(
    elements(snapshot, operations.groups).map((node) => [text(node, "id"), text(node, "name")]),
  );
  return [...pagesBy(snapshot, operations.memberships, "userId")].flatMap(
    ([id, pages]): Identity[] => {
      const [page] = pages;
      if (!page || gapIn(snapshot, operations.memberships, { userId: id })) return [];
      const groups = pages.flatMap(elementsOf).map((node) => text(node, "groupId") ?? "");
      const known = groups.map((group) => names.get(group) ?? "");
      if (known.includes("")) return [];
      return [
        {
          id,
          provider: "oci",
          scope: snapshot.scope.id,
          kind: "user",
          name: id,
          tags: {},
          policies: [...new Set([...known, ...groups])].map(membership),
          source: sourceOf(page),
        },
      ];
    },
  );
}
