import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { decide, type RequestFacts } from "./decide.ts";
import { best, together } from "./combine.ts";
import type { RuleStep } from "./escalations.ts";
import { arnParts, partitionOf } from "./match.ts";
import { noSide, openTo } from "./resource-side.ts";
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

/** Profiles that hold the role; without a list of them the one that the console makes, named like it. */
export function profilesOf(role: Identity, estate: EstateIndex): readonly string[] {
  const partition = arnParts(role.id)?.[1] ?? "aws";
  const name = role.id.slice(role.id.lastIndexOf("/") + 1);
  return (
    estate.paths?.profiles?.get(role.id) ?? [
      `arn:${partition}:iam::${role.scope}:instance-profile/${name}`,
    ]
  );
}

/** The steps of a rule on one thing: all of them have to be allowed. */
export function stepsOn(
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
      if (on === "launch") return launch(action, thing, caller, estate, facts);
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

/**
 * Everything beside the instance that a launch needs the permission on.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html
 */
const launched = ["image", "network-interface", "security-group", "subnet", "volume"];

function launch(
  action: string,
  instance: string,
  caller: Identity,
  estate: EstateIndex,
  facts: RequestFacts,
): Decision {
  const region = arnParts(instance)?.[3] ?? "";
  return together(
    launched.map((kind) => {
      const things = witnesses(caller, `ec2:${kind}/{name}`, estate).filter(
        (one) => arnParts(one)?.[3] === region,
      );
      // An image may be anybody's.
      const open =
        kind === "image" ? things.map((one) => one.replace(`:${caller.scope}:`, "::")) : [];
      return best([...things, ...open].map((one) => decide(caller, action, one, estate, facts)));
    }),
  );
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
  "autoscaling:CreateLaunchConfiguration":
    "autoscaling:launchConfiguration:x:launchConfigurationName/{name}",
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
