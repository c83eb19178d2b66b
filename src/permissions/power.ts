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
import { evidenceOfHops, linesOf, wayUp } from "./escalates.ts";
import type { Escalation } from "./escalation.ts";
import { heldBy, type Held } from "./held.ts";
import { standingsFrom } from "./standings.ts";

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
  const gained = certainty(admin, limits);
  const unread = limits.filter(({ state }) => state === "unread");
  const open = unread.filter(({ layer }) => layer === "grant");
  // With a grant unread the power is unknown, and every way would be a `maybe` that says nothing.
  const searched = gained !== "yes" && open.length === 0;
  const standings = searched ? standingsFrom(identity, admin, grants) : [];
  const way = searched ? wayUp(identity, standings, evaluator, estate) : undefined;
  const words: readonly Word[] = [...adminWord(gained), ...escalatesWord(way), ...held];
  const strongest = strongestOf(words) ?? { power: "none", verdict: "yes", breadth: "resource" };
  const hidden = open.length > 0 && strongest.power !== "admin";
  return {
    id: identity.id,
    ...nameOf(identity),
    provider: identity.provider,
    kind: identity.kind,
    workloads: [...workloads].toSorted(),
    power: hidden ? "unknown" : strongest.power,
    powers: powers.filter((power) => words.some((word) => word.power === power)),
    verdict: hidden || isDoubted(strongest, unread) ? "maybe" : strongest.verdict,
    breadth: strongest.breadth,
    grants,
    escalations: linesOf(way),
    limits,
    assumptions: assumptionsOf(
      limits.filter(({ state }) => state !== "read"),
      strongest,
      admin,
      way,
    ),
    worst: unread.some(isAdding) ? "admin" : strongest.power,
    best: bestOf(words, unread),
    because: evidenceOf(
      identity,
      [
        gained === "no" ? [] : adminLines(identity, admin),
        evidenceOfHops(way, evaluator),
        heldLines(identity, held),
      ],
      estate,
    ),
  };
}

/** What was not read may take the word away, or add what makes it a higher one. */
function isDoubted({ power }: Word, unread: readonly LimitState[]): boolean {
  const low = power !== "admin" && power !== "escalates";
  return unread.some(({ layer }) => (layer === "directory" ? low : power !== "none"));
}

function isAdding({ layer }: LimitState): boolean {
  return layer === "grant" || layer === "directory";
}

function nameOf({ id, name }: Identity): Pick<IdentityReport, "name"> {
  return name === "" || id.includes(name) ? {} : { name };
}

function escalatesWord(way: Escalation | undefined): readonly Word[] {
  return way ? [{ power: "escalates", verdict: way.verdict, breadth: way.reaches.breadth }] : [];
}

function adminWord(verdict: PermissionVerdict): readonly Word[] {
  return verdict === "no" ? [] : [{ power: "admin", verdict, breadth: "account" }];
}

/** How sure a probe is apart from unread limits, which the report names for every word alike. */
function certainty(admin: AdminHeld | undefined, limits: readonly LimitState[]): PermissionVerdict {
  if (!admin) return "no";
  const { verdict, decisions } = admin;
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
  if (!unread.every(isAdding)) return "none";
  return strongestOf(words.filter(({ verdict }) => verdict === "yes"))?.power ?? "none";
}

function assumptionsOf(
  unasked: readonly LimitState[],
  { power, verdict }: Word,
  admin: AdminHeld | undefined,
  way: Escalation | undefined,
): readonly string[] {
  const conditional =
    power === "admin"
      ? (admin?.decisions.flatMap(({ assumptions }) => assumptions) ?? [])
      : power === "escalates"
        ? (way?.assumptions ?? [])
        : verdict === "maybe"
          ? ["conditions of its statements depend on values that are not known"]
          : [];
  return [...new Set([...unasked.map(({ detail }) => detail), ...conditional])].toSorted();
}

type Line = Omit<PowerEvidence, "source">;

/** Different lines only, with where their statement was read. */
function evidenceOf(
  identity: Identity,
  parts: readonly Iterable<Line>[],
  estate: EstateIndex,
): readonly PowerEvidence[] {
  const found: PowerEvidence[] = [];
  for (const lines of parts) {
    for (const line of lines) {
      if (found.length >= maxEvidence) return found;
      if (found.some((one) => sameLine(one, line))) continue;
      const policy = line.statement.slice(0, line.statement.lastIndexOf("#"));
      found.push({ ...line, source: estate.policies.get(policy)?.source ?? identity.source });
    }
  }
  return found;
}

function adminLines(identity: Identity, admin: AdminHeld | undefined): readonly Line[] {
  if (!admin) return [];
  const { probe, decisions } = admin;
  const resource = probe.resource === "{self}" ? identity.id : probe.resource;
  return decisions.map(({ statements: [statement = identity.id] }, index) => ({
    power: "admin",
    permission: `${probe.actions[index] ?? ""} on ${resource}`,
    statement,
    because: probe.because,
    resource,
  }));
}

/** Made while they are asked for: an identity holds far more than its evidence shows. */
function* heldLines(identity: Identity, held: readonly Held[]): Generator<Line> {
  for (const { power, because, grants } of held) {
    for (const { action, resource, raw } of grants.slice(0, maxEvidence)) {
      const permission = `${action} on ${resource}`;
      yield { power, permission, statement: raw[0] ?? identity.id, because, resource };
    }
  }
}

function sameLine(a: Line, b: Line): boolean {
  return a.power === b.power && a.permission === b.permission && a.statement === b.statement;
}
