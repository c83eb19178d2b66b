import type { EstateIndex } from "../model/estate.ts";
import {
  breadths,
  powers,
  type Grant,
  type Identity,
  type PermissionVerdict,
} from "../model/identity.ts";
import type { Standing } from "../model/paths.ts";
import { adminOf, type AdminHeld } from "./admin.ts";
import type { PolicyEvaluator } from "./contract.ts";
import { heldBy } from "./held.ts";

/** A word that an identity has, how surely, and what a `maybe` rests on. */
export interface Standard {
  readonly standing: Standing;
  readonly verdict: PermissionVerdict;
  readonly assumptions: readonly string[];
}

/** A higher word, or the same one more widely; nothing has no breadth. */
export function isStronger(a: Standing, b: Standing): boolean {
  if (a.power === "none") return false;
  const higher = powers.indexOf(b.power) - powers.indexOf(a.power);
  return higher > 0 || (higher === 0 && breadths.indexOf(a.breadth) > breadths.indexOf(b.breadth));
}

const memo = new WeakMap<EstateIndex, Map<string, readonly Standard[]>>();
/** Identities whose words are kept for the next search. */
const maxKept = 20_000;

/** @param key tells identities and rewritten forms of them apart */
export function standingsOf(
  identity: Identity,
  key: string,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): readonly Standard[] {
  const kept = memo.get(estate) ?? new Map<string, readonly Standard[]>();
  memo.set(estate, kept);
  const standings = kept.get(key) ?? ownStandings(identity, evaluator, estate);
  if (kept.size < maxKept) kept.set(key, standings);
  return standings;
}

/** The words of an identity by its own grants and without a hop, surest and then strongest first. */
export function ownStandings(
  identity: Identity,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): readonly Standard[] {
  return standingsFrom(
    identity,
    adminOf(identity, evaluator, estate),
    evaluator.grants(identity, estate),
  );
}

/** The same, from what was asked already. */
export function standingsFrom(
  identity: Identity,
  admin: AdminHeld | undefined,
  grants: readonly Grant[],
): readonly Standard[] {
  const words: readonly Standard[] = [
    ...(admin
      ? [
          {
            standing: { power: "admin", breadth: "account" } as const,
            verdict: admin.verdict,
            assumptions: admin.decisions.flatMap(({ assumptions }) => assumptions),
          },
        ]
      : []),
    ...[...heldBy(grants), ...narrow(grants)].map(({ power, breadth, verdict }) => ({
      standing: { power, breadth },
      verdict,
      assumptions: verdict === "yes" ? [] : [`conditions on what makes ${identity.id} ${power}`],
    })),
  ];
  return words.toSorted(
    (a, b) =>
      Number(b.verdict === "yes") - Number(a.verdict === "yes") ||
      powers.indexOf(a.standing.power) - powers.indexOf(b.standing.power) ||
      breadths.indexOf(b.standing.breadth) - breadths.indexOf(a.standing.breadth),
  );
}

type Word = Standing & { readonly verdict: PermissionVerdict };

/** By lists of grants, which identities with equal documents share. */
const known = new WeakMap<readonly Grant[], readonly Word[]>();

/** Different words of grants on single resources, which a report of powers leaves out. */
function narrow(grants: readonly Grant[]): readonly Word[] {
  const kept = known.get(grants);
  if (kept) return kept;
  const words = new Map<string, Word>();
  for (const grant of grants) {
    const power = wordOf(grant);
    if (power === undefined) continue;
    const { breadth, verdict } = grant;
    words.set(`${power} ${breadth} ${verdict}`, { power, breadth, verdict });
  }
  const found = [...words.values()];
  known.set(grants, found);
  return found;
}

const sensitive = new Set(["secrets", "kms", "storage", "database"]);

/** Calls that run nothing of the account's: credentials, keys, and the agent of the machine itself. */
const runsNothing = /^(?:sts|kms|ssmmessages|ec2messages):/i;

function wordOf({
  plane,
  access,
  family,
  action,
}: Grant): "reads-sensitive" | "manages" | undefined {
  if (access === "execute") return runsNothing.test(action) ? undefined : "manages";
  if (plane === "data") {
    return access === "read" && sensitive.has(family) ? "reads-sensitive" : undefined;
  }
  return access === "write" || access === "delete" || access === "permissions"
    ? "manages"
    : undefined;
}
