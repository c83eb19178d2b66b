import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Holder, Hop } from "../../../src/model/paths.ts";
import { parseOnce } from "./conditions.ts";
import { changedRole, decide } from "./decide.ts";
import { escalations, type Effect, type GcpRule } from "./escalations.ts";
import { isPod } from "./caller.ts";
import { accountName, asked, handingOut, surest, together } from "./hop-decisions.ts";
import { layersOf } from "./layers.ts";
import { mentioned } from "./mentioned.ts";
import { chainOf } from "./resources.ts";
import { filling, granting, isSupposed, lifting, onlyWith, supposedOf } from "./supposed.ts";
import { literalsOf } from "./cel-literals.ts";
import { unseenAccounts, unseenOf } from "./unseen.ts";
import { worldOf } from "./world.ts";

type Follow = (rule: GcpRule, caller: Identity, estate: EstateIndex) => readonly Hop[];

const followers: Readonly<Record<Effect, Follow>> = {
  become: byAccount(({ actions: [action = ""] }, caller, target, estate) =>
    decide(caller, action, accountName(target), estate),
  ),
  "set-policy": byAccount(({ actions: [action = ""] }, caller, target, estate) =>
    handingOut(action, accountName(target), tokenRoles, caller, estate),
  ),
  delegate: delegated,
  "run-as": byAccount(runsAs),
  "take-over": heldThings,
  "default-account": heldThings,
  "service-key": byAccount(({ actions: [action = ""] }, caller, target, estate) =>
    decide(caller, action, `projects/${target.scope}`, estate),
  ),
  "stored-credential": storedCredentials,
  "grant-self": grantedRoles,
  "fill-role": filledRoles,
  "lift-deny": liftedDenies,
};

/** Every way that leads out of this identity, as far as the estate is known. */
export function hopsOf(identity: Identity, estate: EstateIndex): readonly Hop[] {
  return escalations
    .filter((rule) => mentioned(rule, identity, estate))
    .flatMap((rule) => followers[rule.effect](rule, identity, estate))
    .filter(({ decision }) => decision.verdict !== "no");
}

/** Roles one of which makes its holder able to become the account it is granted on. */
const tokenRoles = [
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.workloadIdentityUser",
  "roles/iam.serviceAccountKeyAdmin",
  "roles/owner",
  "roles/iam.serviceAccountAdmin",
];
const secretRoles = [
  "roles/secretmanager.secretAccessor",
  "roles/secretmanager.admin",
  "roles/owner",
];

type Judge = (rule: GcpRule, caller: Identity, target: Identity, estate: EstateIndex) => Decision;

/** A rule that is asked of every account of the estate. */
function byAccount(judge: Judge): Follow {
  return (rule, caller, estate) => {
    const { accounts = [], doubt = unreadHolder } = unseenAccounts(caller, estate) ?? {};
    return [
      ...accountsOf(caller, estate).map((target) => [target] as const),
      ...accounts.map((target) => [target, doubt] as const),
    ].flatMap(([target, ...open]) => {
      const judged = judge(rule, caller, target, estate);
      if (judged.verdict === "no") return [];
      const decision = open.length === 0 ? judged : together([judged, ...open]);
      return [hopTo(rule, caller, target, decision, estate)];
    });
  };
}

/**
 * Agents live in projects of Google's: rights in the customer's project reach none of their keys and tokens.
 * https://cloud.google.com/iam/docs/service-account-types#service-agents
 */
const googleOwned =
  /@(?:cloudbuild|cloudservices|gcp-sa-[a-z0-9-]+\.iam|service-[a-z0-9-]+\.iam)\.gserviceaccount\.com$|^service-\d+@/;

function accountsOf(caller: Identity, estate: EstateIndex): readonly Identity[] {
  return [...estate.identities.values()].filter(
    ({ id, kind, provider }) =>
      provider === "gcp" &&
      kind === "service-account" &&
      id !== caller.id &&
      !googleOwned.test(id) &&
      !isPod(id),
  );
}

/** What was rewritten before the hop stays rewritten after it. */
function hopTo(
  { id: rule, title, only }: GcpRule,
  caller: Identity,
  target: Identity,
  decision: Decision,
  estate: EstateIndex,
): Hop {
  const kept = caller.policies.filter(
    (each) => isSupposed(each) && /^supposed (?:fill|lift) /.test(each.policy),
  );
  const to: Identity = {
    ...target,
    policies: [...target.policies, ...kept, ...(only === undefined ? [] : [onlyWith(only)])],
  };
  const filled =
    supposedOf(to).filled.size > 0 &&
    layersOf(to, estate).bindings.some(({ everything }) => everything);
  return { rule, title, to, decision, rewritten: filled || only !== undefined };
}

/** Things are created in the audited project, and in the account's own one. */
function runsAs(rule: GcpRule, caller: Identity, target: Identity, estate: EstateIndex): Decision {
  const place = `projects/${target.scope}`;
  const held = (): Decision => asked(rule, place, caller, estate, accountName(target));
  if (rule.kind === undefined || estate.paths?.holders.some(({ kind }) => kind === rule.kind))
    return held();
  const unseen = unseenOf(rule.kind, caller, estate);
  return unseen ? together([held(), unseen.doubt]) : surest([]);
}

function heldThings(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  return [...seenThings(rule, caller, estate), ...unseenThings(rule, caller, estate)];
}

/** As any account of the project, which something that is not listed may hold. */
function unseenThings(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  if (rule.kind === "build") return unseenBuilders(rule, caller, estate);
  const unseen = unseenOf(rule.kind, caller, estate);
  if (!unseen) return [];
  const { places, doubt } = unseen;
  const decision = surest(places.map((place) => asked(rule, place, caller, estate)));
  if (decision.verdict === "no") return [];
  const listed = accountsOf(caller, estate).filter(({ scope }) => scope === caller.scope);
  const named = unseenAccounts(caller, estate);
  const to = (target: Identity, doubts: readonly Decision[]): Hop =>
    hopTo(rule, caller, target, together([decision, ...doubts]), estate);
  return [
    ...listed.map((target) => to(target, [doubt])),
    ...(named?.accounts ?? []).map((target) => to(target, [doubt, named?.doubt ?? doubt])),
  ];
}

/** Builds run as an account that the list of accounts shows. */
function unseenBuilders(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  const { accounts = [], doubt = unreadHolder } = unseenAccounts(caller, estate) ?? {};
  const decision = asked(rule, `projects/${caller.scope}`, caller, estate);
  return accounts
    .filter(({ id }) => /^\d+-compute@developer\./.test(id))
    .map((target) => hopTo(rule, caller, target, together([decision, doubt]), estate));
}

function seenThings(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  return (estate.paths?.holders ?? [])
    .filter(({ kind }) => kind === rule.kind)
    .flatMap((holder) => {
      const target = estate.identities.get(holder.identity) ?? unknownAccount(holder, caller);
      if (target.id === caller.id) return [];
      const decision = asked(rule, holder.id, caller, estate);
      const open = holder.verdict === "maybe" ? [unreadHolder] : [];
      return [hopTo(rule, caller, target, together([decision, ...open]), estate)];
    });
}

const unreadHolder: Decision = {
  verdict: "maybe",
  statements: [],
  because: "what runs there was not read",
  assumptions: ["the account or the login mode of what runs there was not read"],
};

function unknownAccount({ identity }: Holder, caller: Identity): Identity {
  return { ...caller, id: identity, name: identity, policies: [] };
}

function mints(from: Identity, target: Identity, estate: EstateIndex): Decision {
  return decide(from, "iam.serviceAccounts.getAccessToken", accountName(target), estate);
}

/** Chains of delegates that a call may name. */
const maxDelegates = 3;

/** Each delegate has to hold the right on the next; the last one mints. Of the chains to one account the first surest counts. */
function delegated(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  const [delegate = ""] = rule.actions;
  const accounts = accountsOf(caller, estate);
  const reached = new Map<Identity, Decision>();
  const seen = new Map<Identity, Decision>();
  let level: readonly Link[] = [[caller]];
  for (let depth = 0; depth < maxDelegates; depth++) {
    const next: Link[] = [];
    for (const [from, ...so] of level) {
      for (const via of accounts) {
        const path = together([...so, decide(from, delegate, accountName(via), estate)]);
        // Whoever can become the delegate takes that hop by itself, so that each change of identity is counted.
        if (!isSurer(path, seen.get(via)) || mints(from, via, estate).verdict === "yes") continue;
        seen.set(via, path);
        next.push([via, path]);
      }
    }
    for (const [via, ...path] of next) {
      for (const target of accounts) {
        if (target.id === via.id || !isSurer(together(path), reached.get(target))) continue;
        const chain = together([...path, mints(via, target, estate)]);
        if (isSurer(chain, reached.get(target))) reached.set(target, chain);
      }
    }
    level = next;
  }
  return [...reached].map(([target, chain]) => hopTo(rule, caller, target, chain, estate));
}

/** An account that a chain comes to, and how surely. */
type Link = readonly [Identity, ...Decision[]];

function isSurer(a: Decision, b: Decision | undefined): boolean {
  return a.verdict === "yes" ? b?.verdict !== "yes" : a.verdict === "maybe" && b === undefined;
}

function storedCredentials(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  const [action = ""] = rule.actions;
  return (estate.paths?.credentials ?? []).flatMap(({ id, of }) => {
    const target = estate.identities.get(of);
    if (!target || of === caller.id) return [];
    const decision = action.endsWith(".setIamPolicy")
      ? handingOut(action, id, secretRoles, caller, estate)
      : decide(caller, action, `${id}/versions/1`, estate);
    return [hopTo(rule, caller, target, decision, estate)];
  });
}

/** Roles that conditions name, and the strongest. */
function grantedRoles(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  const [action = ""] = rule.actions;
  const { world, bindings } = layersOf(caller, estate);
  const kind = action.split(".")[1] ?? "";
  const project = `projects/${estate.paths?.scope ?? caller.scope}`;
  const named = bindings.flatMap(({ condition }) => {
    const tree = condition === undefined ? undefined : parseOnce(condition);
    return !tree || "flaw" in tree ? [] : literalsOf(tree);
  });
  const roles = [...new Set(named)].filter((name) => world.roles.has(name));
  const places = chainOf(project, world.places).filter((place) => place.startsWith(`${kind}/`));
  return places.flatMap((place) =>
    roles.flatMap((role): Hop[] => {
      const decision = decide(caller, action, place, estate, { [changedRole]: role });
      if (decision.verdict === "no") return [];
      const to = { ...caller, policies: [...caller.policies, granting(role, place)] };
      return [{ rule: rule.id, title: rule.title, to, decision, rewritten: true }];
    }),
  );
}

/** A custom role lies in the project or organisation whose name it begins with. */
function filledRoles(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  const [action = ""] = rule.actions;
  const bound = [...worldOf(estate).bindings.values()].flat().map(({ role }) => role);
  const custom = [...new Set(bound)].filter((role) => /^(?:projects|organizations)\//.test(role));
  const { filled } = supposedOf(caller);
  return custom.flatMap((role): Hop[] => {
    if (filled.has(role)) return [];
    const home = role.split("/").slice(0, 2).join("/");
    const decision = decide(caller, action, home, estate);
    if (decision.verdict === "no") return [];
    const to = { ...caller, policies: [...caller.policies, filling(role)] };
    return [{ rule: rule.id, title: rule.title, to, decision, rewritten: true }];
  });
}

function liftedDenies(rule: GcpRule, caller: Identity, estate: EstateIndex): readonly Hop[] {
  const { lifted } = supposedOf(caller);
  return [...worldOf(estate).denies].flatMap(([place, rules]): Hop[] => {
    if (rules.length === 0 || lifted.has(place)) return [];
    const decision = asked(rule, place, caller, estate);
    if (decision.verdict === "no") return [];
    const to = { ...caller, policies: [...caller.policies, lifting(place)] };
    return [{ rule: rule.id, title: rule.title, to, decision, rewritten: true }];
  });
}
