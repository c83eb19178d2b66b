import type { EstateIndex } from "../model/estate.ts";
import type { Family, Grant, Identity, IdentityReport } from "../model/identity.ts";
import { accesses } from "../model/identity.ts";
import type { IdentityUse } from "../model/logging.ts";
import type {
  IdentityNeeded,
  NeedsEvaluator,
  Proposal,
  ToolNeed,
  UnneededFamily,
} from "../model/needed.ts";
import { needOf, type AskedTool } from "./tool-need.ts";

export interface NeededQuestion {
  readonly identity: Identity;
  readonly report: Pick<IdentityReport, "grants" | "limits">;
  readonly needs: NeedsEvaluator;
  readonly estate: EstateIndex;
  /** Every listed tool of every server that holds the identity. */
  readonly tools: readonly AskedTool[];
  /** Addresses of its servers whose tools could not be listed. */
  readonly unlisted: readonly string[];
  /** Names of workloads that hold it and are no such server. */
  readonly others: readonly string[];
  readonly use?: IdentityUse;
}

const shownGrants = 5;

/** What the listed tools need, against what is granted and, where it is known, used. */
export function neededOf(question: NeededQuestion): IdentityNeeded {
  const { identity, report, needs, estate, tools } = question;
  const told = unique(tools.map((tool) => needOf(tool, identity.provider, needs)));
  const open = told.filter(({ basis }) => basis === "any");
  const actions = [...new Set(told.flatMap((one) => one.actions))].toSorted();
  const granted = report.grants.filter(({ verdict }) => verdict !== "no");
  const wanted = actions.map((action) => ({ action, kinds: needs.kinds(action) }));
  const isNeeded = (grant: Grant): boolean =>
    wanted.some(
      ({ action, kinds }) => needs.touches(grant.action, action) && kinds.some(like(grant)),
    );
  const whole = open.length > 0 ? ("any" as const) : actions;
  const propose = (readOnly: boolean): Proposal =>
    (readOnly || whole !== "any") && whole.length > 0
      ? (needs.propose?.(identity, { needed: whole, readOnly }, estate) ?? nothing)
      : nothing;
  const full = propose(false);
  const reading = propose(true);
  const assumptions = [
    ...assumed(question, told),
    ...(told.every((one) => one.actions.length === 0) && open.length === 0
      ? ["No listed tool needs anything of this cloud: every policy of the identity can go."]
      : []),
    ...full.assumptions,
    ...reading.assumptions,
  ];
  return {
    status: "proposal",
    verdict: sure(question, told) ? "yes" : "maybe",
    tools: told.filter(({ basis }) => basis !== "none"),
    actions,
    unneeded:
      open.length > 0
        ? unusedOf(granted, question.use)
        : unneededOf(granted, isNeeded, question.use),
    missing: wanted
      .filter(
        ({ action, kinds }) =>
          !granted.some((grant) => needs.touches(grant.action, action) && kinds.some(like(grant))),
      )
      .map(({ action }) => action),
    policies: full.policies,
    readOnly: reading.policies,
    assumptions: [...new Set(assumptions)],
  };
}

const nothing: Proposal = { policies: [], assumptions: [] };

function like(grant: Grant) {
  return (kind: Pick<Grant, "plane" | "access" | "family">): boolean =>
    kind.plane === grant.plane && kind.access === grant.access && kind.family === grant.family;
}

function unneededOf(
  granted: readonly Grant[],
  isNeeded: (grant: Grant) => boolean,
  use: IdentityUse | undefined,
): readonly UnneededFamily[] {
  const kept = new Set(granted.filter(isNeeded));
  const held = new Set([...kept].map(({ family }) => family));
  return byFamily(
    granted.filter((grant) => !kept.has(grant)),
    (family, grants) => ({
      ...entry(family, grants, !held.has(family), "tools"),
      ...lastUsed(family, use),
    }),
  );
}

/** A tool that passes on anything may need all: only disuse tells what it does not. */
function unusedOf(
  granted: readonly Grant[],
  use: IdentityUse | undefined,
): readonly UnneededFamily[] {
  if (!use?.families) return [];
  const used = new Set(
    use.families.flatMap((each) => (each.lastUsed === undefined ? [] : [each.family])),
  );
  return byFamily(
    granted.filter(({ family }) => !used.has(family)),
    (family, grants) => ({
      ...entry(family, grants, true, "use"),
      lastUsed: "never",
    }),
  );
}

function byFamily(
  grants: readonly Grant[],
  make: (family: Family, grants: readonly Grant[]) => UnneededFamily,
): readonly UnneededFamily[] {
  const groups = new Map<Family, Grant[]>();
  for (const grant of grants)
    groups.set(grant.family, [...(groups.get(grant.family) ?? []), grant]);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, own]) => make(family, own));
}

function entry(
  family: Family,
  grants: readonly Grant[],
  whole: boolean,
  because: UnneededFamily["because"],
): UnneededFamily {
  return {
    family,
    whole,
    accesses: accesses.filter((access) => grants.some((grant) => grant.access === access)),
    grants: [...new Set(grants.map(({ action, resource }) => `${action} on ${resource}`))].slice(
      0,
      shownGrants,
    ),
    via: [...new Set(grants.flatMap(({ via }) => via))].toSorted(),
    because,
  };
}

function lastUsed(family: Family, use: IdentityUse | undefined): { lastUsed?: string } {
  if (!use?.families) return {};
  return { lastUsed: use.families.find((each) => each.family === family)?.lastUsed ?? "never" };
}

function sure({ unlisted, others, report }: NeededQuestion, told: readonly ToolNeed[]): boolean {
  return (
    unlisted.length === 0 &&
    others.length === 0 &&
    told.every(({ basis }) => basis === "product" || basis === "none") &&
    report.limits.every(({ layer, state }) => layer !== "grant" || state === "read")
  );
}

const said: readonly (readonly [ToolNeed["basis"], (names: string) => string])[] = [
  ["name", (names) => `What ${names} needs is read from its name and from what it does.`],
  ["category", (names) => `${names} names no cloud; it is taken to work on this one.`],
  [
    "any",
    (names) =>
      `${names} passes on whatever its caller asks: no smaller policy keeps all that it can do, so only what is unused, and a read-only policy, are told.`,
  ],
  [
    "hidden",
    (names) => `What ${names} works on does not show; it is taken to need nothing of this cloud.`,
  ],
];

function assumed(
  { unlisted, others, report }: NeededQuestion,
  told: readonly ToolNeed[],
): readonly string[] {
  return [
    ...unlisted.map(
      (url) => `tools/list of ${url} did not succeed: what its tools need is left out.`,
    ),
    ...(others.length > 0 ? [`${few(others)} holds it too: what that needs is left out.`] : []),
    ...said.flatMap(([basis, sentence]) => {
      const names = told.filter((one) => one.basis === basis).map(({ tool }) => tool);
      return names.length > 0 ? [sentence(few(names))] : [];
    }),
    ...report.limits
      .filter(({ layer, state }) => layer === "grant" && state === "unread")
      .map(({ detail }) => detail),
  ];
}

function few(names: readonly string[]): string {
  const rest = names.length - 3;
  return `${names.slice(0, 3).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** The same tool listed by several endpoints once. */
function unique(told: readonly ToolNeed[]): readonly ToolNeed[] {
  return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()];
}
