import type { EstateIndex } from "../model/estate.ts";
import {
  powers,
  type Breadth,
  type Identity,
  type IdentityReport,
  type LimitState,
  type PermissionVerdict,
  type Power,
  type PowerEvidence,
} from "../model/identity.ts";
import { adminOf, type AdminHeld } from "./admin.ts";
import type { PolicyEvaluator } from "./contract.ts";
import { heldBy, type Held } from "./held.ts";

/** Evidence lines of one identity. */
const maxEvidence = 5;

interface Word {
  readonly power: Power;
  readonly verdict: PermissionVerdict;
  readonly breadth: Breadth;
}

/** What an identity can do, in one word, with the range that unread parts leave. */
export function judge(
  identity: Identity,
  workloads: readonly string[],
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): IdentityReport {
  const grants = evaluator.grants(identity, estate);
  const limits = evaluator.limits(identity, estate);
  const admin = adminOf(identity, evaluator, estate);
  const held = heldBy(grants);
  const gained = admin ? certainty(admin, limits) : "no";
  const words: readonly Word[] = [...adminWord(gained), ...held];
  const strongest = strongestOf(words) ?? { power: "none", verdict: "yes", breadth: "resource" };
  const unread = limits.filter(({ state }) => state === "unread");
  const open = unread.filter(({ layer }) => layer === "grant");
  const hidden = open.length > 0 && strongest.power !== "admin";
  const verdict = strongest.power !== "none" && unread.length > 0 ? "maybe" : strongest.verdict;
  return {
    id: identity.id,
    provider: identity.provider,
    kind: identity.kind,
    workloads: [...workloads].toSorted(),
    power: hidden ? "unknown" : strongest.power,
    powers: powers.filter((power) => words.some((word) => word.power === power)),
    verdict: hidden ? "maybe" : verdict,
    breadth: strongest.breadth,
    grants,
    escalations: [],
    limits,
    assumptions: assumptionsOf(unread, strongest, admin),
    worst: open.length > 0 ? "admin" : strongest.power,
    best: bestOf(words, unread),
    because: evidenceOf(identity, gained === "no" ? undefined : admin, held, estate),
  };
}

function adminWord(verdict: PermissionVerdict): readonly Word[] {
  return verdict === "no" ? [] : [{ power: "admin", verdict, breadth: "account" }];
}

/** How sure a probe is apart from unread limits, which the report names for every word alike. */
function certainty(
  { verdict, decisions }: AdminHeld,
  limits: readonly LimitState[],
): PermissionVerdict {
  if (verdict === "yes") return "yes";
  // Only a missing document could allow it: nothing that was read does.
  if (decisions.some(({ statements }) => statements.length === 0)) return "no";
  const known = new Set(limits.map(({ detail }) => detail));
  return decisions.every(({ assumptions }) => assumptions.every((one) => known.has(one)))
    ? "yes"
    : "maybe";
}

function strongestOf(words: readonly Word[]): Word | undefined {
  const rank = ({ power, verdict }: Word): number =>
    powers.indexOf(power) * 2 + Number(verdict !== "yes");
  return words.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** An unread limit may take everything away. */
function bestOf(words: readonly Word[], unread: readonly LimitState[]): Power {
  if (unread.some(({ layer }) => layer !== "grant")) return "none";
  return strongestOf(words.filter(({ verdict }) => verdict === "yes"))?.power ?? "none";
}

function assumptionsOf(
  unread: readonly LimitState[],
  strongest: Word,
  admin: AdminHeld | undefined,
): readonly string[] {
  const conditional =
    strongest.power === "admin"
      ? (admin?.decisions.flatMap(({ assumptions }) => assumptions) ?? [])
      : strongest.verdict === "maybe"
        ? ["conditions of its statements depend on values that are not known"]
        : [];
  return [...new Set([...unread.map(({ detail }) => detail), ...conditional])].toSorted();
}

function evidenceOf(
  identity: Identity,
  admin: AdminHeld | undefined,
  held: readonly Held[],
  estate: EstateIndex,
): readonly PowerEvidence[] {
  const found: PowerEvidence[] = [];
  const add = (line: Omit<PowerEvidence, "source">): void => {
    if (found.length >= maxEvidence || found.some((one) => sameLine(one, line))) return;
    const policy = line.statement.slice(0, line.statement.lastIndexOf("#"));
    found.push({ ...line, source: estate.policies.get(policy)?.source ?? identity.source });
  };
  for (const [index, decision] of admin?.decisions.entries() ?? []) {
    const { probe } = admin ?? {};
    if (!probe) continue;
    const resource = probe.resource === "{self}" ? identity.id : probe.resource;
    const permission = `${probe.actions[index] ?? ""} on ${resource}`;
    const [statement = identity.id] = decision.statements;
    add({ power: "admin", permission, statement, because: probe.because, resource });
  }
  for (const { power, because, grants } of held) {
    for (const grant of grants.slice(0, maxEvidence)) {
      const permission = `${grant.action} on ${grant.resource}`;
      add({
        power,
        permission,
        statement: grant.raw[0] ?? identity.id,
        because,
        resource: grant.resource,
      });
    }
  }
  return found;
}

function sameLine(a: Omit<PowerEvidence, "source">, b: Omit<PowerEvidence, "source">): boolean {
  return a.power === b.power && a.permission === b.permission && a.statement === b.statement;
}
