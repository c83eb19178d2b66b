import type { StaticKey } from "../model/logging.ts";
import type { EvidenceStep } from "../model/finding.ts";
import { called } from "./called.ts";
import { ageInDays } from "./age.ts";
import { fail } from "./doubts.ts";
import { storeSecrets } from "./remedies/secrets.ts";
import { pass } from "./rule.ts";
import type { IdentityContext, IdentityRule, Verdict } from "./rule.ts";
import { unknown } from "./verdicts.ts";

export const keyUnrotated: IdentityRule = {
  id: "key-unrotated",
  about: "identity",
  title: "A static key of an identity was never replaced",
  risk: "The older a key, the more people, images and backups hold it, and it works from anywhere.",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html",
    "https://cloud.google.com/iam/docs/key-rotation",
  ],
  rows: ["credentialExposure"],
  curedByDelegation: "no",
  controls: ["secrets"],
  check,
  remedy: ({ identity, holders }) => ({
    summary: `Replace the old keys of ${identity.id}, or better use its workload's own identity.`,
    steps: holders[0] ? storeSecrets(holders[0].context) : [],
  }),
};

/** Only these have keys that live until someone deletes them. */
const keyed: ReadonlySet<IdentityContext["identity"]["kind"]> = new Set([
  "user",
  "service-account",
]);

function check(context: IdentityContext): Verdict {
  const { identity, ring, now, keyDays, holders, scopeGaps } = context;
  if (!ring) {
    const byKey = holders.some(({ link }) => link.how === "static-key");
    if (!byKey && !keyed.has(identity.kind)) return pass;
    const gap = scopeGaps.find(({ affects }) => affects.includes("static-keys"));
    return unknown(
      gap
        ? `${gap.call} was not read (${gap.reason}), so how old the keys of ${identity.id} are is open.`
        : `How old the keys of ${identity.id} are was not read.`,
      "medium",
    );
  }
  const old = ring.keys
    .filter(({ active }) => active)
    .map((key) => ({ key, days: ageInDays(key.createdAt, now) }));
  const undated = old.find(({ days }) => days === undefined);
  const late = old.flatMap(({ key, days }) =>
    days !== undefined && days > keyDays ? [{ key, days }] : [],
  );
  const [first] = late;
  if (!first) {
    return undated ? unknown(`The age of key ${undated.key.id} does not show.`, "medium") : pass;
  }
  const eldest = late.reduce((a, b) => (b.days > a.days ? b : a), first);
  return fail({
    severity: "medium",
    assumptions: [],
    title: `${called(identity)} has a key that is ${eldest.days} days old, ${keyDays} are allowed`,
    evidence: [
      ...holders.slice(0, 1).map(({ link }): EvidenceStep => ({
        kind: "identity",
        id: identity.id,
        because: link.because,
        source: link.source,
      })),
      ...late.map(({ key, days }) => keyStep(key, days)),
    ],
  });
}

function keyStep({ id, lastUsedAt, createdAt, source }: StaticKey, days: number): EvidenceStep {
  const used = lastUsedAt === undefined ? "" : `, last used on ${lastUsedAt.slice(0, 10)}`;
  return {
    kind: "resource",
    id,
    because: `The key was made on ${createdAt.slice(0, 10)}, ${days} days before this run${used}.`,
    source,
  };
}
