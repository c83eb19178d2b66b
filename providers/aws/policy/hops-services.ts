import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { decide, type RequestFacts } from "./decide.ts";
import type { ServiceRule } from "./escalations.ts";
import { best, together } from "./combine.ts";
import { allPassedRules } from "./escalations-passed-flows.ts";
import { profilesOf, stepsOn } from "./hops-steps.ts";
import { partitionOf } from "./match.ts";
import { allows } from "./mentions.ts";
import { mayTag, tagsFor, withTags } from "./new-tags.ts";
import { parsePolicy } from "./parse.ts";
import { rolesTrusting, rolesUnread } from "./trust-index.ts";
import { trustOf, trustsService } from "./trust.ts";
import { unseenOf } from "./unseen.ts";
import { statementsOf, witnesses } from "./witness.ts";

export function serviceHops(
  rule: ServiceRule,
  caller: Identity,
  estate: EstateIndex,
): readonly Hop[] {
  return rule.passedTo === undefined
    ? [...heldRoles(rule, caller, estate), ...unseenRoles(rule, caller, estate)]
    : passedRoles(rule, rule.passedTo, caller, estate);
}

/** Code in something that exists, as the role it holds. */
function heldRoles(rule: ServiceRule, caller: Identity, estate: EstateIndex): Hop[] {
  return (estate.paths?.holders ?? []).flatMap((holder) => {
    const to = estate.identities.get(holder.identity);
    if (holder.kind !== rule.kind || !to || to.id === caller.id) return [];
    const steps = best(
      requestsOf(rule, holder.id).map((request) =>
        stepsOn(rule.steps, holder.id, caller, estate, request),
      ),
    );
    if (steps.verdict === "no") return [];
    const ready = holder.needs === undefined ? [] : [decide(to, holder.needs, "*", estate)];
    return [hop(rule, to, together([steps, ...ready], holder.verdict))];
  });
}

/** The same in something that a list which was not read may hold, as any role that it could have. */
function unseenRoles(rule: ServiceRule, caller: Identity, estate: EstateIndex): Hop[] {
  const unseen = unseenOf(rule.kind, caller, estate);
  if (!unseen) return [];
  const { things, service, needs, doubt } = unseen;
  const steps = best(
    things.flatMap((thing) =>
      requestsOf(rule, thing).map((request) => stepsOn(rule.steps, thing, caller, estate, request)),
    ),
  );
  if (steps.verdict === "no") return [];
  const names = namesOf(service, caller).map((name) => `service:${name}`);
  return [...rolesTrusting(names, estate), ...rolesUnread(estate)].flatMap((to) => {
    if (to.scope !== caller.scope || to.id === caller.id) return [];
    const ready = needs === undefined ? [] : [decide(to, needs, "*", estate)];
    return [hop(rule, to, together([steps, ...ready, doubt]))];
  });
}

/**
 * A session may name its document or leave it to the account's own; where the policy asks for the check, the document
 * has to be allowed as well, so a rule with a document step asks with the check and one without asks plainly.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html
 */
function requestsOf({ steps }: ServiceRule, thing: string): readonly RequestFacts[] {
  const [, head, cluster] = /^(arn:[^:]+:ecs:[^:]*:[^:]*:)task\/([^/]+)\//.exec(thing) ?? [];
  if (head !== undefined) return [{ "ecs:cluster": `${head}cluster/${cluster}` }];
  // What the way sets on the machine is its start script.
  if (steps.some(({ action }) => action === "ec2:ModifyInstanceAttribute"))
    return [{ "ec2:Attribute": "UserData" }];
  if (!steps.some(({ action }) => action === "ssm:StartSession")) return [{}];
  const checked = steps.some(({ on }) => on === "session-document");
  return [{ "ssm:SessionDocumentAccessCheck": String(checked) }];
}

function passedRoles(
  rule: ServiceRule,
  service: string,
  caller: Identity,
  estate: EstateIndex,
): Hop[] {
  const names = namesOf(service, caller).map((name) => `service:${name}`);
  return [...rolesTrusting(names, estate), ...rolesUnread(estate)].flatMap((to) => {
    if (to.scope !== caller.scope || to.id === caller.id) return [];
    const ways = namesOf(service, caller).map((name) =>
      passed(rule, name, to, caller, estate, false),
    );
    const decision = best(ways);
    return decision.verdict === "no" ? [] : [hop(rule, to, decision)];
  });
}

/** A service as the partition names it; in China some have a name of their own beside the usual one. */
function namesOf(service: string, { id }: Identity): readonly string[] {
  return partitionOf(id) === "aws-cn" ? [service, `${service}.cn`] : [service];
}

/** Passing the role and making code run; @param trusted the role is made to trust the service first */
function passed(
  rule: ServiceRule,
  service: string,
  to: Identity,
  caller: Identity,
  estate: EstateIndex,
  trusted: boolean,
): Decision {
  // Which thing the service calls for is asked below.
  const named = trustedNames(to, estate).length > 0;
  if (!trusted && !named && trustsService(to, service, estate) === "no") return nowhere;
  const passing = passingFor(service, to, caller, estate);
  const pass = passing("*");
  if (pass.verdict === "no") return pass;
  const profiles = service.startsWith("ec2.")
    ? profilesOf(to, estate).map((arn) => ({
        "ec2:InstanceProfile": arn,
        "ec2:NewInstanceProfile": arn,
      }))
    : [{}];
  let surest = nowhere;
  for (const [thing, ...doubt] of thingsOf(rule, to, caller, estate)) {
    const request = { "cloudformation:RoleArn": to.id, "lambda:FunctionArn": thing };
    const steps = best(
      profiles.map((profile) => runningOn(rule, thing, caller, estate, { ...request, ...profile })),
    );
    const trust = trusted ? "yes" : trustsService(to, service, estate, thing);
    surest = best([surest, together([passing(thing), steps, ...doubt], trust)]);
    if (surest.verdict === "yes") break;
  }
  return surest;
}

/**
 * Passing the role to what it will be associated with, where a policy asks for that.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
function passingFor(
  service: string,
  to: Identity,
  caller: Identity,
  estate: EstateIndex,
): (thing: string) => Decision {
  const request = { "iam:PassedToService": service };
  const pass = decide(caller, "iam:PassRole", to.id, estate, request);
  const key = "iam:AssociatedResourceArn";
  const asked = statementsOf(caller, estate).some(({ conditions }) =>
    conditions.some((condition) => condition.key === key.toLowerCase()),
  );
  return (thing) =>
    asked && thing !== "*"
      ? decide(caller, "iam:PassRole", to.id, estate, { ...request, [key]: thing })
      : pass;
}

const nowhere: Decision = { verdict: "no", statements: [], because: "", assumptions: [] };

/** The steps of a rule, with each set of tags that the new thing may get. */
function runningOn(
  { steps, creates }: ServiceRule,
  thing: string,
  caller: Identity,
  estate: EstateIndex,
  request: RequestFacts,
): Decision {
  const sets = creates === undefined ? [] : tagsFor(caller, estate);
  if (sets.length < 2) return stepsOn(steps, thing, caller, estate, request);
  return best(
    sets.map((tags) => {
      const view = withTags(thing, tags, caller, estate);
      return together([
        stepsOn(steps, thing, caller, view, request),
        ...mayTag(tags, thing, caller, view),
      ]);
    }),
  );
}

/** Making a role that trusts whomever the caller wants run code of its own. */
export function passingTo(role: Identity, caller: Identity, estate: EstateIndex): Decision {
  if (!allows(caller, "iam:PassRole", estate)) return nowhere;
  let surest = nowhere;
  for (const rule of allPassedRules) {
    const { passedTo, actions } = rule;
    if (passedTo === undefined || !actions.every((action) => allows(caller, action, estate)))
      continue;
    surest = best([surest, passed(rule, passedTo, role, caller, estate, true)]);
    if (surest.verdict === "yes") break;
  }
  return surest;
}

/** What the rule works on; with a doubt where only a list that was not read may show it. */
function thingsOf(
  { kind, creates }: ServiceRule,
  to: Identity,
  caller: Identity,
  estate: EstateIndex,
): readonly (readonly [string, ...Decision[]])[] {
  const made = (): readonly string[] =>
    creates === undefined ? ["*"] : witnesses(caller, creates, estate, trustedNames(to, estate));
  if (kind === undefined) return made().map((one) => [one]);
  const existing = existingOf(kind, caller, estate);
  const known = (creates === undefined || existing.length === 0 ? existing : made()).map(
    (one) => [one] as const,
  );
  // A cluster or container instance that exists, like the own machine, is no better for being another.
  const enough = existing.length > 0 && (creates !== undefined || kind === "host");
  const unseen = enough ? undefined : unseenOf(kind, caller, estate);
  if (!unseen) return known;
  const { things, doubt } = unseen;
  return [
    ...known,
    ...(creates === undefined ? things : made()).map((one) => [one, doubt] as const),
  ];
}

function existingOf(kind: string, caller: Identity, estate: EstateIndex): readonly string[] {
  if (kind === "host") return hostsOf(caller, estate);
  return (estate.paths?.holders ?? []).flatMap((holder) =>
    holder.kind === kind ? [holder.id] : [],
  );
}

/** The machine that the workload runs on; else every one that has the caller's role. */
function hostsOf({ id: caller }: Identity, { paths }: EstateIndex): readonly string[] {
  if (paths?.host !== undefined) return [paths.host];
  return (paths?.holders ?? []).flatMap(({ id, kind, identity }) =>
    kind === "ec2" && identity === caller ? [id] : [],
  );
}

/** Names that the trust of a role asks of the thing that a service calls for. */
function trustedNames(to: Identity, estate: EstateIndex): readonly string[] {
  const trust = trustOf(to, estate);
  return (trust ? parsePolicy(trust).statements : []).flatMap(({ conditions }) =>
    conditions.flatMap(({ key, values }) => (key === "aws:sourcearn" ? values : [])),
  );
}

function hop({ id, title }: ServiceRule, to: Identity, decision: Decision): Hop {
  return { rule: id, title, to, decision, rewritten: false };
}
