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
    const steps = stepsOn(rule.steps, holder.id, caller, estate);
    if (steps.verdict === "no") return [];
    const ready = holder.needs === undefined ? [] : [decide(to, holder.needs, "*", estate)];
    return [hop(rule, to, together([steps, ...ready], holder.verdict))];
  });
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
    for (const thing of thingsOf(rule, caller, estate)) {
      const steps = stepsOn(rule.steps, thing, caller, estate, {
        "cloudformation:RoleArn": to.id,
        "lambda:FunctionArn": thing,
      });
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
