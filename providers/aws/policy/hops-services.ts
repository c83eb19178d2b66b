import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { decide, type RequestFacts } from "./decide.ts";
import type { RuleStep, ServiceRule } from "./escalations.ts";
import { best, together } from "./combine.ts";
import { allPassedRules } from "./escalations-passed-flows.ts";
import { arnParts, partitionOf } from "./match.ts";
import { allows } from "./mentions.ts";
import { mayTag, tagsFor, withTags } from "./new-tags.ts";
import { noSide, openTo } from "./resource-side.ts";
import { rolesTrusting, rolesUnread } from "./trust-index.ts";
import { trustsService } from "./trust.ts";
import { homeOf, witnesses } from "./witness.ts";

/** Public documents that run commands of the caller's choice on a machine. */
const commandDocuments = [
  "AWS-RunShellScript",
  "AWS-RunPowerShellScript",
  "AWS-RunRemoteScript",
  "AWS-RunDocument",
  "AWS-RunAnsiblePlaybook",
  "AWS-ApplyAnsiblePlaybooks",
  "AWS-RunSaltState",
];

export function serviceHops(
  rule: ServiceRule,
  caller: Identity,
  estate: EstateIndex,
): readonly Hop[] {
  return rule.passedTo === undefined
    ? heldRoles(rule, caller, estate)
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

/**
 * A session may name its document or leave it to the account's own; where the policy asks for the check, the document
 * has to be allowed as well, so a rule with a document step asks with the check and one without asks plainly.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html
 */
function requestsOf({ steps }: ServiceRule, thing: string): readonly RequestFacts[] {
  const [, head, cluster] = /^(arn:[^:]+:ecs:[^:]*:[^:]*:)task\/([^/]+)\//.exec(thing) ?? [];
  if (head !== undefined) return [{ "ecs:cluster": `${head}cluster/${cluster}` }];
  if (!steps.some(({ action }) => action === "ssm:StartSession")) return [{}];
  const checked = steps.some(({ on }) => on === "session-document");
  return [{ "ssm:SessionDocumentAccessCheck": String(checked) }];
}

/** Profiles that hold the role; without a list of them the one that the console makes, named like it. */
function profilesOf(role: Identity, estate: EstateIndex): readonly string[] {
  const partition = arnParts(role.id)?.[1] ?? "aws";
  const name = role.id.slice(role.id.lastIndexOf("/") + 1);
  return (
    estate.paths?.profiles?.get(role.id) ?? [
      `arn:${partition}:iam::${role.scope}:instance-profile/${name}`,
    ]
  );
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
  if (!trusted && trustsService(to, service, estate) === "no") return nowhere;
  const pass = decide(caller, "iam:PassRole", to.id, estate, { "iam:PassedToService": service });
  if (pass.verdict === "no") return pass;
  const profiles = service.startsWith("ec2.")
    ? profilesOf(to, estate).map((arn) => ({
        "ec2:InstanceProfile": arn,
        "ec2:NewInstanceProfile": arn,
      }))
    : [{}];
  let surest = nowhere;
  for (const thing of thingsOf(rule, caller, estate)) {
    const request = { "cloudformation:RoleArn": to.id, "lambda:FunctionArn": thing };
    const steps = best(
      profiles.map((profile) => runningOn(rule, thing, caller, estate, { ...request, ...profile })),
    );
    const trust = trusted ? "yes" : trustsService(to, service, estate, thing);
    surest = best([surest, together([pass, steps], trust)]);
    if (surest.verdict === "yes") break;
  }
  return surest;
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

function thingsOf(
  { kind, creates }: ServiceRule,
  caller: Identity,
  estate: EstateIndex,
): readonly string[] {
  const { paths } = estate;
  const existing =
    kind === "host"
      ? [paths?.host ?? []].flat()
      : (paths?.holders ?? []).filter((holder) => holder.kind === kind).map(({ id }) => id);
  if (creates === undefined) return kind === undefined ? ["*"] : existing;
  // A cluster or container instance that exists is a precondition only.
  return kind !== undefined && existing.length === 0 ? [] : witnesses(caller, creates, estate);
}

function stepsOn(
  steps: readonly RuleStep[],
  thing: string,
  caller: Identity,
  estate: EstateIndex,
  request: RequestFacts = {},
): Decision {
  const facts = { ...regionOf(thing), ...request };
  return together(
    steps.map(({ action, on }) => {
      if (on === "session-document") return sessionDocument(action, thing, caller, estate, facts);
      if (on === "document") return commandDocument(action, caller, estate);
      if (on === "layer") return layer(caller, estate, facts);
      if (on === "own-profile") {
        return best(profilesOf(caller, estate).map((one) => decide(caller, action, one, estate)));
      }
      if (on === "any") return anywhere(action, caller, estate, request);
      return decide(caller, action, thing, estate, facts);
    }),
  );
}

/** A call on a thing that exists goes to its region. */
function regionOf(thing: string): RequestFacts {
  const region = arnParts(thing)?.[3];
  return region === undefined || region === "" ? {} : { "aws:RequestedRegion": region };
}

/** The account's own preferences, and the document that AWS keeps for those who name it. */
function sessionDocument(
  action: string,
  instance: string,
  caller: Identity,
  estate: EstateIndex,
  facts: RequestFacts,
): Decision {
  const [, partition = "aws", , region = "", account = ""] = arnParts(instance) ?? [];
  const documents = [
    `arn:${partition}:ssm:${region}:${account}:document/SSM-SessionManagerRunShell`,
    `arn:${partition}:ssm:${region}::document/AWS-StartInteractiveCommand`,
    `arn:${partition}:ssm:${region}::document/AWS-StartSSHSession`,
  ];
  return best(documents.map((document) => decide(caller, action, document, estate, facts)));
}

function commandDocument(action: string, caller: Identity, estate: EstateIndex): Decision {
  const start = `arn:${partitionOf(caller.id)}:ssm:${homeOf(caller)}`;
  const documents = [
    ...commandDocuments.map((name) => `${start}::document/${name}`),
    `${start}:${caller.scope}:document/AWS-RunShellScript`,
  ];
  return best(documents.map((document) => decide(caller, action, document, estate)));
}

/**
 * A layer with own code: one that the caller publishes, or one of an account that opened it to everybody.
 * https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
 */
function layer(caller: Identity, estate: EstateIndex, facts: RequestFacts): Decision {
  const use = "lambda:GetLayerVersion";
  const start = `arn:${partitionOf(caller.id)}:lambda:${facts["aws:RequestedRegion"] ?? homeOf(caller)}`;
  const foreign = { ...noSide, foreign: true, named: [openTo(use)] };
  return best([
    decide(caller, use, `${start}:000000000000:layer:postern:1`, estate, facts, foreign),
    ...witnesses(caller, "lambda:layer:{name}", estate).map((one) =>
      together([
        decide(caller, "lambda:PublishLayerVersion", one.replace(/:\d+$/, ""), estate, facts),
        decide(caller, use, /:layer:[^:]+:/.test(one) ? one : `${one}:1`, estate, facts),
      ]),
    ),
  ]);
}

/** Some resource on which the action is allowed. */
function anywhere(
  action: string,
  caller: Identity,
  estate: EstateIndex,
  request: RequestFacts,
): Decision {
  const kind = anyKinds[action];
  const places = ["*", ...(kind === undefined ? [] : witnesses(caller, kind, estate))];
  return best(places.map((place) => decide(caller, action, place, estate, request)));
}

const anyKinds: Readonly<Record<string, string>> = {
  "ecs:CreateCluster": "ecs:cluster/{name}",
  "ecs:RegisterTaskDefinition": "ecs:task-definition/{name}:1",
  "emr-serverless:CreateApplication": "emr-serverless:/{name}",
  "gamelift:CreateBuild": "gamelift:build/{name}",
  "glue:CreateTrigger": "glue:trigger/{name}",
  "kinesisanalytics:CreateApplication": "kinesisanalytics:application/{name}",
  "omics:CreateWorkflow": "omics:workflow/{name}",
  "lambda:CreateEventSourceMapping": "lambda:event-source-mapping:{name}",
  "datapipeline:CreatePipeline": "datapipeline:pipeline/{name}",
  "datapipeline:PutPipelineDefinition": "datapipeline:pipeline/{name}",
  "datapipeline:ActivatePipeline": "datapipeline:pipeline/{name}",
  "sagemaker:CreateNotebookInstanceLifecycleConfig":
    "sagemaker:notebook-instance-lifecycle-config/{name}",
};

function hop({ id, title }: ServiceRule, to: Identity, decision: Decision): Hop {
  return { rule: id, title, to, decision, rewritten: false };
}
