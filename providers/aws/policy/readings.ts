import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { best, together } from "./combine.ts";
import { decide } from "./decide.ts";
import { accountOf } from "./facts.ts";
import { arnParts } from "./match.ts";
import { noSide, openTo, sideOf } from "./resource-side.ts";

/** Calls that give the content of a resource, by its service. */
const readers: Readonly<Record<string, readonly string[]>> = {
  secretsmanager: ["secretsmanager:GetSecretValue"],
  ssm: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameterHistory"],
  s3: ["s3:GetObject", "s3:GetObjectVersion"],
  dynamodb: [
    "dynamodb:GetItem",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:PartiQLSelect",
  ],
  lambda: ["lambda:GetFunctionConfiguration", "lambda:GetFunction"],
  ec2: ["ec2:DescribeInstanceAttribute"],
  sqs: ["sqs:ReceiveMessage"],
  logs: ["logs:GetLogEvents", "logs:FilterLogEvents"],
};

/** Whether the caller can read what a resource holds, or make itself able to. */
export function readingOf(resource: string, caller: Identity, estate: EstateIndex): Decision {
  const service = arnParts(resource)?.[2] ?? "";
  return best([
    ...(readers[service] ?? []).map((action) => decide(caller, action, resource, estate)),
    ...(service === "ssm" ? byPath(resource, caller, estate) : []),
    ...freed(resource, service, caller, estate),
  ]);
}

/**
 * Parameters below a path are given by a call that is asked on the path, directly below it without recursion.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
function byPath(parameter: string, caller: Identity, estate: EstateIndex): Decision[] {
  const [start = "", name = ""] = parameter.split(":parameter/", 2);
  const steps = name.split("/").slice(0, -1);
  return [...steps.keys(), steps.length].map((depth) => {
    const path = `${start}:parameter/${steps.slice(0, depth).join("/")}`;
    const request = depth === steps.length ? {} : { "ssm:Recursive": "true" };
    return decide(caller, "ssm:GetParametersByPath", path, estate, request);
  });
}

interface Rewriting {
  readonly put: readonly string[];
  readonly drop: readonly string[];
  readonly read: string;
}

/** Who may write the policy of a resource may name itself in it. */
const rewritings: Readonly<Record<string, Rewriting>> = {
  secretsmanager: {
    put: ["secretsmanager:PutResourcePolicy"],
    drop: ["secretsmanager:DeleteResourcePolicy"],
    read: "secretsmanager:GetSecretValue",
  },
  s3: { put: ["s3:PutBucketPolicy"], drop: ["s3:DeleteBucketPolicy"], read: "s3:GetObject" },
  dynamodb: {
    put: ["dynamodb:PutResourcePolicy"],
    drop: ["dynamodb:DeleteResourcePolicy"],
    read: "dynamodb:GetItem",
  },
  sqs: {
    put: ["sqs:SetQueueAttributes", "sqs:AddPermission"],
    drop: [],
    read: "sqs:ReceiveMessage",
  },
};

function freed(
  resource: string,
  service: string,
  caller: Identity,
  estate: EstateIndex,
): readonly Decision[] {
  const rewriting = rewritings[service];
  const { paths } = estate;
  if (!rewriting || (accountOf(resource) ?? paths?.scope) !== caller.scope) return [];
  const { put, drop, read } = rewriting;
  const holder = service === "s3" ? resource.replace(/^([^/]+)\/.*$/, "$1") : resource;
  const policy = paths?.resourcePolicies.has(holder) === true;
  const controls = sideOf(caller, read, resource, {
    ...estate,
    ...(paths && { paths: { ...paths, resourcePolicies: new Map() } }),
  });
  const bare = { ...noSide, denies: controls.denies };
  const reading = (named: boolean): Decision =>
    decide(caller, read, resource, estate, {}, named ? { ...bare, named: [openTo(read)] } : bare);
  const given = (actions: readonly string[], named: boolean): readonly Decision[] =>
    actions.map((action) => together([decide(caller, action, holder, estate), reading(named)]));
  return [...given(put, true), ...(policy ? given(drop, false) : [])];
}
