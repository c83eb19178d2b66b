import type { IdentityLink } from "../../src/model/identity.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { IdentityUse, KeyRing, StaticKey } from "../../src/model/logging.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, sourceOf, text } from "../reader.ts";
import { gapIn, pagesBy } from "./pages.ts";

const detailsCall = "iam:GetAccountAuthorizationDetails";
const keysCall = "iam:ListAccessKeys";
const usedCall = "iam:GetAccessKeyLastUsed";

/** The access keys of each user whose list was read to its end. */
export function keyRings(snapshot: Snapshot): KeyRing[] {
  const pages = pagesBy(snapshot, keysCall, "UserName");
  const used = pagesBy(snapshot, usedCall, "AccessKeyId");
  return listed(snapshot, detailsCall, "UserDetailList").flatMap((user): KeyRing[] => {
    const [identity, name] = [text(user, "Arn"), text(user, "UserName")];
    const own = pages.get(name ?? "");
    if (identity === undefined || name === undefined || !own) return [];
    if (gapIn(snapshot, keysCall, { UserName: name })) return [];
    const keys = own
      .flatMap((page) => items(page, "AccessKeyMetadata"))
      .flatMap((key): StaticKey[] => {
        const [id, createdAt] = [text(key, "AccessKeyId"), text(key, "CreateDate")];
        if (id === undefined || createdAt === undefined) return [];
        const [use] = used.get(id) ?? [];
        const last = use && at(use, "AccessKeyLastUsed");
        const lastUsedAt = last && text(last, "LastUsedDate");
        return [
          {
            id,
            active: text(key, "Status") !== "Inactive",
            createdAt,
            ...(lastUsedAt !== undefined && { lastUsedAt }),
            source: sourceOf(key),
          },
        ];
      });
    return [{ identity, keys }];
  });
}

const accessKey = /\bAKIA[A-Z0-9]{16}\b/g;
const ownSecret = /\[secret:aws-secret-access-key:[0-9a-f]{16}\]/;

/** The workload with the users whose active keys stand in its configuration. */
export function withKeyOwners(workload: Workload, rings: readonly KeyRing[]): Workload {
  const tags = Object.entries(workload.tags).map(([name, value]): WorkloadText => ({
    kind: "tag",
    text: `${name}=${value}`,
    source: workload.source,
  }));
  const found = new Map<string, IdentityLink>();
  for (const { text: content, kind, source } of [...workload.texts, ...tags]) {
    for (const [id] of content.matchAll(accessKey)) {
      const ring = rings.find(({ keys }) => keys.some((key) => key.id === id && key.active));
      if (!ring) continue;
      const whole = ownSecret.test(content);
      const link: IdentityLink = {
        id: ring.identity,
        how: "static-key",
        verdict: whole ? "yes" : "maybe",
        because: `Access key ${id} stands in its ${kind}${whole ? " with a secret" : ", its secret was not seen there"}.`,
        source,
      };
      if (whole || !found.has(ring.identity)) found.set(ring.identity, link);
    }
  }
  const own = new Set(workload.identities.map(({ id }) => id));
  const added = [...found.values()].filter(({ id }) => !own.has(id));
  return added.length === 0
    ? workload
    : { ...workload, identities: [...workload.identities, ...added] };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html: an empty one says never, within 400 days. */
export function roleUses(snapshot: Snapshot): IdentityUse[] {
  return listed(snapshot, detailsCall, "RoleDetailList").flatMap((role): IdentityUse[] => {
    const [identity, since] = [text(role, "Arn"), text(role, "CreateDate")];
    const used = at(role, "RoleLastUsed");
    if (identity === undefined || since === undefined || !used) return [];
    const lastUsed = text(used, "LastUsedDate");
    return [
      {
        identity,
        since,
        ...(lastUsed !== undefined && { lastUsed }),
        source: sourceOf(used),
      },
    ];
  });
}
