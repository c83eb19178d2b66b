import { estateFrom, every, not, some } from "../../../src/permissions/contract.ts";
import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity, PermissionVerdict } from "../../../src/model/identity.ts";
import { choicesFor, type Choice } from "./conditions.ts";
import { factsOf } from "./facts.ts";
import { layersOf, type Layers } from "./layers.ts";
import { partitionOf } from "./match.ts";
import type { Statement } from "./parse.ts";
import { about, applies, matchesAction, speaksAbout, type Question } from "./relevance.ts";
import { sideOf, type ResourceSide } from "./resource-side.ts";

interface Answer {
  readonly verdict: PermissionVerdict;
  readonly statements: readonly string[];
  readonly because: string;
  /** A deny certainly applies, or a limit certainly closes: no allow that was not read can change that. */
  readonly settled?: true;
}

/** Request keys that the caller of `decide` fixes; `null` = the request does not carry the key. */
export type RequestFacts = Readonly<Record<string, string | null>>;

/**
 * May the identity do this: no deny anywhere, an allow in its own policies, and one in every layer that limits it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(
  identity: Identity,
  action: string,
  resource: string,
  estate: EstateIndex,
  request: RequestFacts = {},
  supposed?: ResourceSide,
): Decision {
  const view = viewOf(identity, estate);
  const side = supposed ?? sideOf(identity, action, resource, view);
  const layers = layersOf(identity, view);
  const asked = action.toLowerCase();
  const open = side.unread === undefined ? layers.open : [...layers.open, side.unread];
  const given = side.named.length + side.direct.length > 0;
  if (open.length === 0 && !given && about(layers.grants, asked).length === 0)
    return withUnread(notAllowed, layers, open);
  const facts = factsOf(identity, resource, view.startedAt, request, view.paths);
  const target = resource === "*" ? witnessOf(asked, identity) : resource;
  const user = identity.kind === "user";
  const answer = ask({ action: asked, resource: target, facts, user }, layers, side, open);
  return withUnread(answer, layers, open);
}

/** The facts of all scopes together hold for none: the question is asked from the identity's own. */
export function viewOf(identity: Identity, estate: EstateIndex): EstateIndex {
  return estate.paths?.scope === "" ? estateFrom(identity, estate) : estate;
}

const notAllowed: Answer = {
  verdict: "no",
  statements: [],
  because: "no statement speaks about the action on this resource",
};

/** "Every resource" of an action as one text that only patterns for all of them match. */
function witnessOf(action: string, { id, scope }: Identity): string {
  const kind = /^iam:[a-z]+?(role|user|group)(?:policy)?$/.exec(action)?.[1];
  return kind === undefined ? "*" : `arn:${partitionOf(id)}:iam::${scope}:${kind}/*`;
}

function ask(
  question: Question,
  layers: Layers,
  side: ResourceSide,
  open: readonly string[],
): Answer {
  const spoken = (list: readonly Statement[]): Statement[] =>
    list.filter((statement) => speaksAbout(statement, question, new Map()) !== "no");
  const relevant = (list: readonly Statement[]): Statement[] =>
    spoken(list.filter((statement) => matchesAction(statement, question.action)));
  const grants = spoken(about(layers.grants, question.action));
  const limits = layers.limits.map(({ id, statements }) => ({
    id,
    statements: spoken(about(statements, question.action)),
  }));
  const own = {
    ...side,
    named: relevant(side.named),
    direct: relevant(side.direct),
    account: relevant(side.account),
    denies: relevant(side.denies),
  };
  const given = [...own.named, ...own.direct];
  if (open.length === 0 && grants.length + given.length === 0) return notAllowed;
  const all = [
    ...grants,
    ...limits.flatMap(({ statements }) => statements),
    ...given,
    ...own.account,
    ...own.denies,
  ];
  const { choices, complete } = choicesFor(all, question.facts);
  let best: Answer | undefined;
  for (const choice of choices) {
    const answer = underChoice(question, grants, limits, own, choice);
    if (answer.verdict === "yes") return answer;
    if (!best || (answer.verdict === "maybe" && best.verdict === "no")) best = answer;
  }
  const answer = best ?? { verdict: "no", statements: [], because: "" };
  return complete || answer.verdict !== "no"
    ? answer
    : { ...answer, verdict: "maybe", because: "too many combinations of condition values to try" };
}

function underChoice(
  question: Question,
  grants: readonly Statement[],
  limits: Layers["limits"],
  side: ResourceSide,
  choice: Choice,
): Answer {
  const weigh = (list: readonly Statement[], effect: Statement["effect"]): Weighed[] =>
    list.flatMap((statement) => {
      if (statement.effect !== effect) return [];
      const verdict = applies(statement, question, choice);
      return verdict === "no" ? [] : [{ statement, verdict }];
    });
  const bounds = limits.flatMap(({ statements }) => statements);
  const denies = weigh([...grants, ...bounds, ...side.denies], "Deny");
  const denied = some(verdictsOf(denies));
  const allows = weigh(grants, "Allow").toSorted(
    (a, b) => Number(b.verdict === "yes") - Number(a.verdict === "yes"),
  );
  const admitted = limits.map(({ id, statements }) => ({
    id,
    verdict: some(verdictsOf(weigh(statements, "Allow"))),
  }));
  const named = weigh([...side.named, ...(side.foreign ? side.direct : [])], "Allow");
  const direct = weigh(side.foreign ? [] : side.direct, "Allow");
  const ways = waysIn(
    some(verdictsOf(allows)),
    some(verdictsOf(named)),
    some(verdictsOf(weigh(side.account, "Allow"))),
    side,
  );
  const session = some(verdictsOf(direct));
  const { freed, levels } = pastOf(admitted, question);
  const verdict = every([
    not(denied),
    some([
      every([ways.identity, ...verdictsOf(admitted)]),
      every([ways.resource, ...verdictsOf(freed)]),
      every([session, ...verdictsOf(levels)]),
    ]),
  ]);
  if (denied === "yes")
    return {
      verdict,
      statements: refs(denies),
      because: "an explicit deny applies",
      settled: true,
    };
  const closed = admitted.find((limit) => limit.verdict === "no");
  // What was not read of the resource could name the session.
  const shut = verdictsOf(side.unread === undefined ? admitted : levels).includes("no");
  const settled = shut && { settled: true as const };
  if (some([ways.identity, ways.resource, session]) === "no")
    return { verdict, statements: [], because: "no allow statement applies", ...settled };
  if (closed && verdict === "no")
    return { verdict, statements: [], because: `${closed.id} does not admit it`, ...settled };
  const statements = [...refs(allows), ...refs(named), ...refs(direct), ...refs(denies)];
  return verdict === "yes"
    ? { verdict, statements, because: "allowed and not limited" }
    : { verdict, statements, because: "depends on condition values that are not known" };
}

interface Admitted {
  readonly id: string;
  readonly verdict: PermissionVerdict;
}

/**
 * Limits that bear on what the resource's policy gives: of its account, a user's boundary does not, and of a session
 * that it names only those of the organisation do.
 */
function pastOf(
  admitted: readonly Admitted[],
  { user }: Question,
): { readonly freed: readonly Admitted[]; readonly levels: readonly Admitted[] } {
  return {
    freed: admitted.filter(({ id }) => !user || !id.startsWith("boundary ")),
    levels: admitted.filter(({ id }) => id.startsWith("organization ")),
  };
}

/** Through the identity's own policies, and through the resource's. Across accounts both have to allow. */
function waysIn(
  allowed: PermissionVerdict,
  named: PermissionVerdict,
  account: PermissionVerdict,
  { required, foreign }: ResourceSide,
): { readonly identity: PermissionVerdict; readonly resource: PermissionVerdict } {
  if (foreign) return { identity: every([allowed, some([named, account])]), resource: "no" };
  return { identity: required ? every([allowed, account]) : allowed, resource: named };
}

function verdictsOf(list: readonly { readonly verdict: PermissionVerdict }[]): PermissionVerdict[] {
  return list.map(({ verdict }) => verdict);
}

function refs(list: readonly Weighed[]): string[] {
  return list.map(({ statement }) => statement.ref);
}

interface Weighed {
  readonly statement: Statement;
  readonly verdict: PermissionVerdict;
}

/** What was not read keeps a "yes" from being certain, and a missing allow from being a "no". */
function withUnread(
  { settled, ...answer }: Answer,
  layers: Layers,
  open: readonly string[],
): Decision {
  if (answer.verdict === "no") {
    return settled || open.length === 0
      ? { ...answer, assumptions: [] }
      : { ...answer, verdict: "maybe", assumptions: open };
  }
  const conditional = answer.verdict === "maybe" ? [answer.because] : [];
  const unread = [...layers.unread, ...open];
  return {
    ...answer,
    verdict: unread.length > 0 ? "maybe" : answer.verdict,
    assumptions: [...conditional, ...unread],
  };
}
