import { estateFrom, every, not, some } from "../../../src/permissions/contract.ts";
import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity, PermissionVerdict } from "../../../src/model/identity.ts";
import { choicesFor, conditionsHold, resolve, type Choice, type Facts } from "./conditions.ts";
import { factsOf } from "./facts.ts";
import { layersOf, type Layers } from "./layers.ts";
import { glob, matchesArn, partitionOf, substitute } from "./match.ts";
import type { Statement } from "./parse.ts";
import { sideOf, type ResourceSide } from "./resource-side.ts";

interface Question {
  readonly action: string;
  readonly resource: string;
  readonly facts: Facts;
  readonly user: boolean;
}

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
  given?: ResourceSide,
): Decision {
  const view = viewOf(identity, estate);
  const side = given ?? sideOf(identity, action, resource, view);
  const layers = layersOf(identity, view);
  const asked = action.toLowerCase();
  const open = side.unread === undefined ? layers.open : [...layers.open, side.unread];
  if (open.length === 0 && side.named.length === 0 && about(layers.grants, asked).length === 0)
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
    account: relevant(side.account),
    denies: relevant(side.denies),
  };
  if (open.length === 0 && grants.length === 0 && own.named.length === 0) return notAllowed;
  const all = [
    ...grants,
    ...limits.flatMap(({ statements }) => statements),
    ...own.named,
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
  const named = weigh(side.named, "Allow");
  const ways = waysIn(
    some(verdictsOf(allows)),
    some(verdictsOf(named)),
    some(verdictsOf(weigh(side.account, "Allow"))),
    side,
  );
  // What a resource policy gives a user of its account, that user's boundary does not take.
  const freed = admitted.filter(({ id }) => !question.user || !id.startsWith("boundary "));
  const past = (list: typeof admitted): PermissionVerdict[] => list.map((limit) => limit.verdict);
  const verdict = every([
    not(denied),
    some([
      every([ways.identity, ...past(admitted)]),
      every([ways.resource, ...past(side.foreign ? admitted : freed)]),
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
  const shut = freed.some((limit) => limit.verdict === "no");
  const settled = (shut || (closed && side.unread === undefined)) && { settled: true as const };
  if (some([ways.identity, ways.resource]) === "no")
    return { verdict, statements: [], because: "no allow statement applies", ...settled };
  if (closed && verdict === "no")
    return { verdict, statements: [], because: `${closed.id} does not admit it`, ...settled };
  const statements = [...refs(allows), ...refs(named), ...refs(denies)];
  return verdict === "yes"
    ? { verdict, statements, because: "allowed and not limited" }
    : { verdict, statements, because: "depends on condition values that are not known" };
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

function verdictsOf(list: readonly Weighed[]): PermissionVerdict[] {
  return list.map(({ verdict }) => verdict);
}

function refs(list: readonly Weighed[]): string[] {
  return list.map(({ statement }) => statement.ref);
}

interface Weighed {
  readonly statement: Statement;
  readonly verdict: PermissionVerdict;
}

const perAction = new WeakMap<readonly Statement[], Map<string, readonly Statement[]>>();

/** Those of a list that speak about an action; lists are asked about the same few actions over and over. */
function about(list: readonly Statement[], action: string): readonly Statement[] {
  let kept = perAction.get(list);
  if (!kept) perAction.set(list, (kept = new Map()));
  const known = kept.get(action);
  if (known) return known;
  const found = list.filter((statement) => matchesAction(statement, action));
  if (kept.size < maxActions) kept.set(action, found);
  return found;
}

/** Actions whose statements are kept for one list. */
const maxActions = 500;

function matchesAction({ actions, notActions }: Statement, action: string): boolean {
  return actions.some((pattern) => glob(pattern, action)) !== notActions;
}

function applies(statement: Statement, question: Question, choice: Choice): PermissionVerdict {
  const resources = speaksAbout(statement, question, choice);
  if (resources === "no") return "no";
  return every([resources, conditionsHold(statement, question.facts, choice)]);
}

/** Whether the statement is about the resource; a variable that the caller decides leaves a `maybe`. */
function speaksAbout(
  statement: Statement,
  { resource, facts }: Question,
  choice: Choice,
): PermissionVerdict {
  const hit = some(
    statement.resources.map((pattern) =>
      matchesResource(pattern, statement, resource, facts, choice),
    ),
  );
  return statement.notResources ? not(hit) : hit;
}

function matchesResource(
  pattern: string,
  { variables }: Statement,
  resource: string,
  facts: Facts,
  choice: Choice,
): PermissionVerdict {
  const found = variables
    ? substitute(pattern, (key) => resolve(key, facts, choice))
    : { text: pattern };
  // A session's id holds a colon, which no name in IAM does.
  if (
    found === "unknown" &&
    /\$\{aws:userid[},]/i.test(pattern) &&
    /^arn:[^:]+:iam:/.test(resource)
  )
    return "no";
  if (found === "unknown") {
    const widest = pattern.replaceAll(/\$\{[^}]*\}/g, "*");
    return matchesArn(widest, resource) ? "maybe" : "no";
  }
  return found !== "absent" && matchesArn(found.text, resource) ? "yes" : "no";
}

/** What was not read keeps a "yes" from being certain, and a missing allow from being a "no". */
function withUnread(
  { settled, ...answer }: Answer,
  { states }: Layers,
  open: readonly string[],
): Decision {
  const unread = [
    ...states.flatMap(({ layer, state, detail }) =>
      state === "unread" && layer !== "grant" ? [detail] : [],
    ),
    ...open,
  ];
  const conditional = answer.verdict === "maybe" ? [answer.because] : [];
  if (answer.verdict !== "no") {
    const assumptions = [...conditional, ...unread];
    return { ...answer, verdict: unread.length > 0 ? "maybe" : answer.verdict, assumptions };
  }
  if (settled || open.length === 0) return { ...answer, assumptions: [] };
  return { ...answer, verdict: "maybe", assumptions: open };
}
