import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { decide, type RequestFacts } from "./decide.ts";
import type { RuleStep, ServiceRule } from "./escalations.ts";
import { best, together } from "./combine.ts";
import { arnParts } from "./match.ts";
import { rolesTrusting, rolesUnread } from "./trust-index.ts";
import { trustsService } from "./trust.ts";
import { witnesses } from "./witness.ts";

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
      requestsOf(rule).map((request) => stepsOn(rule.steps, holder.id, caller, estate, request)),
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
function requestsOf({ steps }: ServiceRule): readonly RequestFacts[] {
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
  const hops: Hop[] = [];
  for (const to of [...rolesTrusting([`service:${service}`], estate), ...rolesUnread(estate)]) {
    if (to.scope !== caller.scope || to.id === caller.id) continue;
    if (trustsService(to, service, estate) === "no") continue;
    const facts = { "iam:PassedToService": service };
    const pass = decide(caller, "iam:PassRole", to.id, estate, facts);
    if (pass.verdict === "no") continue;
    const profiles =
      service === "ec2.amazonaws.com"
        ? profilesOf(to, estate).map((arn) => ({
            "ec2:InstanceProfile": arn,
            "ec2:NewInstanceProfile": arn,
          }))
        : [{}];
    for (const thing of thingsOf(rule, caller, estate)) {
      const request = { "cloudformation:RoleArn": to.id, "lambda:FunctionArn": thing };
      const steps = best(
        profiles.map((profile) =>
          stepsOn(rule.steps, thing, caller, estate, { ...request, ...profile }),
        ),
      );
      const trust = trustsService(to, service, estate, thing);
      const decision = together([pass, steps], trust);
      if (decision.verdict !== "no") hops.push(hop(rule, to, decision));
      if (decision.verdict === "yes") break;
    }
  }
  return hops;
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
  const region = "eu-west-1";
  const documents = [
    ...commandDocuments.map((name) => `arn:aws:ssm:${region}::document/${name}`),
    `arn:aws:ssm:${region}:${caller.scope}:document/AWS-RunShellScript`,
  ];
  return best(documents.map((document) => decide(caller, action, document, estate)));
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
  "glue:CreateTrigger": "glue:trigger/{name}",
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
