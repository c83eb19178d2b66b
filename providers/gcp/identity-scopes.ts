import type { PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, text, texts, type Node } from "../reader.ts";
import { documentOf } from "./identity-allow.ts";
import { aggregated, gapIn } from "./pages.ts";

const instances = "compute.instances.aggregatedList";

/** Access scopes by account, and how they stand with its identity. */
export interface AccountScopes {
  readonly documents: readonly PolicyDocument[];
  attachments(email: string): PolicyAttachment[];
}

interface Use {
  readonly email: string;
  readonly node: Node;
}

/** Accounts that instances and Cloud Run name. */
export function usedAccounts(snapshot: Snapshot): readonly Use[] {
  const machines = aggregated(snapshot, instances, "instances").flatMap((machine) =>
    items(machine, "serviceAccounts").flatMap((node) => {
      const email = text(node, "email");
      return email === undefined ? [] : [{ email, node }];
    }),
  );
  return [...machines, ...unscopedUses(snapshot)];
}

/** Where an account is named outside of machines: there its tokens carry every scope. */
function unscopedUses(snapshot: Snapshot): Use[] {
  const pattern = /"([^"@\s]+@[^"\s]+gserviceaccount\.com)"/g;
  return snapshot.pages
    .filter(({ call }) => /^(?:run|cloudfunctions|appengine)\./.test(call))
    .filter(({ call }) => !call.endsWith("getIamPolicy"))
    .flatMap((page) => {
      const node: Node = { value: page.body, page, pointer: "" };
      const found = [...JSON.stringify(page.body).matchAll(pattern)];
      return [...new Set(found.map(([, email = ""]) => email))].map((email) => ({ email, node }));
    });
}

/**
 * An account that only machines hold has what the scopes of any of them permit. Several machines unite, since the
 * account is judged once for all of them.
 */
export function scopesOf(snapshot: Snapshot): AccountScopes {
  const byEmail = new Map<string, { readonly scopes: Set<string>; readonly node: Node }>();
  for (const machine of aggregated(snapshot, instances, "instances")) {
    for (const node of items(machine, "serviceAccounts")) {
      const email = text(node, "email");
      if (email === undefined) continue;
      const own = byEmail.get(email) ?? { scopes: new Set<string>(), node };
      for (const scope of texts(node, "scopes")) own.scopes.add(scope);
      byEmail.set(email, own);
    }
  }
  for (const { email } of unscopedUses(snapshot)) byEmail.delete(email);
  const unread = gapIn(snapshot, instances) !== undefined;
  return {
    documents: unread
      ? []
      : [...byEmail].map(([email, { scopes, node }]) =>
          documentOf(`${email}#scopes`, { scopes: [...scopes].toSorted() }, node),
        ),
    attachments: (email) => (unread || byEmail.has(email) ? [attachment(email)] : []),
  };
}

function attachment(email: string): PolicyAttachment {
  return { layer: "session", policy: `${email}#scopes`, via: email };
}
