import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { decide } from "./decide.ts";
import { arnParts } from "./match.ts";
import { statementsOf } from "./witness.ts";

export type Tags = Readonly<Record<string, string>>;

/** A thing that is created has no tags, or those that a policy of the caller asks for. */
export function tagsFor(caller: Identity, estate: EstateIndex): readonly Tags[] {
  const asked: Record<string, string> = {};
  for (const { conditions } of statementsOf(caller, estate)) {
    for (const { key, values } of conditions) {
      const name = /:resourcetag\/(.+)$/.exec(key)?.[1];
      if (name !== undefined && values[0] !== undefined) asked[name] ??= values[0];
    }
  }
  return Object.keys(asked).length === 0 ? [{}] : [{}, asked];
}

/** The tags that count for a new thing: its own and the caller's. */
export function withTags(
  id: string,
  tags: Tags,
  { id: caller }: Identity,
  estate: EstateIndex,
): EstateIndex {
  const { paths } = estate;
  if (!paths) return estate;
  const own = paths.tags.get(caller);
  const known = new Map([[id, tags], ...(own === undefined ? [] : [[caller, own] as const])]);
  return { ...estate, paths: { ...paths, tags: known } };
}

/**
 * The permission that giving tags at creation needs beside the creation's own; the services left out ask for none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const tagActions: Readonly<Record<string, string>> = {
  apprunner: "apprunner:TagResource",
  "bedrock-agentcore": "bedrock-agentcore:TagResource",
  cloudformation: "cloudformation:TagResource",
  ec2: "ec2:CreateTags",
  ecs: "ecs:TagResource",
  glue: "glue:TagResource",
  lambda: "lambda:TagResource",
  sagemaker: "sagemaker:AddTags",
  ssm: "ssm:AddTagsToResource",
};

/** Whether the caller may tag what it creates. */
export function mayTag(
  tags: Tags,
  thing: string,
  caller: Identity,
  estate: EstateIndex,
): readonly Decision[] {
  const action = tagActions[arnParts(thing)?.[2] ?? ""];
  return Object.keys(tags).length === 0 || action === undefined
    ? []
    : [decide(caller, action, thing, estate)];
}
