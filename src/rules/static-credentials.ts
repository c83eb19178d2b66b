import type { EvidenceStep } from "../model/finding.ts";
import type { Workload, WorkloadText } from "../model/inventory.ts";
import { pathSteps } from "./chain.ts";
import { fail } from "./doubts.ts";
import { reaches } from "./order.ts";
import { storeSecrets } from "./remedies/secrets.ts";
import { pass } from "./rule.ts";
import type { Held, WorkloadContext, WorkloadRule, Verdict } from "./rule.ts";
import { runsCode } from "./tool-facts.ts";
import { unread } from "./unread.ts";
import { unknown } from "./verdicts.ts";

export const staticCredentials: WorkloadRule = {
  id: "static-credentials",
  about: "workload",
  title: "A secret stands in the configuration of an exposed workload",
  risk: "Whoever can describe the workload, or run code on it, has the secret, and it works from anywhere until it is rotated.",
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",
    "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
  ],
  rows: ["credentialExposure"],
  curedByDelegation: "no",
  controls: ["secrets"],
  check,
  remedy: (context) => ({
    summary: `Rotate every secret in the configuration of ${context.workload.name} and read it from a secret store instead.`,
    steps: [
      {
        kind: "design",
        text: "Rotate first: a secret that was readable counts as known. Then delete it from the configuration; what the workload does in its own cloud needs no key at all, only its identity.",
      },
      ...storeSecrets(context),
    ],
  }),
};

/** Secrets that a chain shows. */
const shown = 5;
/** What redaction leaves of a secret: its type and a keyed fingerprint. */
const placeholder = /\[secret:(?<type>[a-z][a-z0-9-]{0,40}):(?<fingerprint>[0-9a-f]{16})\]/g;

const places: Readonly<Record<WorkloadText["kind"], string>> = {
  "user-data": "user data",
  command: "command",
  image: "image name",
  environment: "environment",
  tag: "tags",
  metadata: "metadata",
};

interface Secret {
  readonly type: string;
  readonly place: string;
  readonly fingerprint: string;
  readonly text: WorkloadText;
}

function check(context: WorkloadContext): Verdict {
  const { described, workload, exposures, serverOn, held } = context;
  const found = described ? secretsOf(described) : [];
  const [first] = found;
  if (!first) return notRead(context);
  const strong = held.some(ownsKey);
  const executes = serverOn?.endpoints.some(({ tools }) => tools.some(runsCode)) === true;
  const types = [...new Set(found.map(({ type }) => type))].toSorted();
  const where = [...new Set(found.map(({ text }) => places[text.kind]))].toSorted();
  return fail({
    severity: strong || executes ? "critical" : "high",
    assumptions: [],
    title: `${types.join(", ")} in the ${where.join(" and ")} of ${workload.name}${executes ? ", whose tools run code" : ""}`,
    evidence: [
      ...pathSteps(exposures[0]),
      ...found.slice(0, shown).map((secret) => secretStep(workload.id, secret)),
    ],
  });
}

function secretsOf({ texts, tags, source }: Workload): Secret[] {
  const all = [
    ...texts,
    ...Object.values(tags).map((text): WorkloadText => ({ kind: "tag", text, source })),
  ];
  const found = new Map<string, Secret>();
  for (const text of all) {
    for (const { index, groups } of text.text.matchAll(placeholder)) {
      const { type = "", fingerprint = "" } = groups ?? {};
      const key = JSON.stringify([text.kind, type, fingerprint]);
      if (!found.has(key)) {
        found.set(key, { type, fingerprint, place: placeOf(text, index), text });
      }
    }
  }
  return [...found.values()];
}

function placeOf({ kind, text }: WorkloadText, index: number): string {
  const line = text.slice(0, index).split("\n").length;
  return text.includes("\n") ? `line ${line} of the ${places[kind]}` : `the ${places[kind]}`;
}

function secretStep(id: string, { type, place, fingerprint, text }: Secret): EvidenceStep {
  return {
    kind: "workload",
    id,
    because: `A secret of type ${type} stands in ${place}; its fingerprint is ${fingerprint}.`,
    source: text.source,
  };
}

/** A key found in the configuration whose owner is known and strong. */
function ownsKey({ link, report }: Held): boolean {
  if (link.how !== "static-key" || !report) return false;
  return reaches(report.power === "unknown" ? report.best : report.power, "broad");
}

function notRead(context: WorkloadContext): Verdict {
  const { described, workload, provider } = context;
  if (provider === "named") return pass;
  if (!described || described.state === "unknown") {
    return unknown(`The configuration of ${workload.name} was not read.`, "critical");
  }
  if (described.texts.some(({ kind }) => kind === "user-data")) return pass;
  const gap = unread(context, "user-data");
  return gap
    ? unknown(`${gap}, so what the user data of ${workload.name} holds is open.`, "critical")
    : pass;
}
