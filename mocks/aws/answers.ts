import type { Json, JsonObject } from "../../src/model/json.ts";
import type { AwsRequest } from "./faults.ts";
import { shapeOf, type Shape } from "./schema.ts";
import { keyedBy, type AwsWorld } from "./world.ts";

export type Answer =
  | { readonly kind: "output"; readonly body: JsonObject }
  | { readonly kind: "error"; readonly code: string };

/** What the world says to a request; a command or resource it does not mention answers with empty lists. */
export function answerOf(world: AwsWorld, request: AwsRequest, output: Shape): Answer {
  const { service, action } = request;
  if (!serves(world, request)) {
    return { kind: "error", code: service === "ec2" ? "AuthFailure" : "InvalidClientTokenId" };
  }
  const command = commandOf(world, request);
  const key = keyedBy[`${service}:${action}`];
  const found =
    key === undefined || entry(command, "$error") !== undefined
      ? command
      : entry(command, request.params[key] ?? "");
  if (!isObject(found)) return { kind: "output", body: emptyLists(output) };
  const error = found["$error"];
  return typeof error === "string"
    ? { kind: "error", code: error }
    : { kind: "output", body: found };
}

function commandOf(world: AwsWorld, { service, action, region }: AwsRequest): Json | undefined {
  return (
    world.regions[region]?.[service]?.[action] ??
    world.global?.[service]?.[action] ??
    derived(world, `${service}:${action}`)
  );
}

/** Services without regions, and the list of regions itself, answer wherever the request was signed for. */
function serves(world: AwsWorld, { service, action, region }: AwsRequest): boolean {
  const everywhere = service === "iam" || service === "sts" || action === "DescribeRegions";
  return everywhere || Object.hasOwn(world.regions, region);
}

function derived(world: AwsWorld, operation: string): Json | undefined {
  if (operation === "sts:GetCallerIdentity") {
    return {
      UserId: "AIDAPOSTERNAUDITOR",
      Account: world.account,
      Arn: `arn:aws:iam::${world.account}:user/auditor`,
    };
  }
  if (operation !== "ec2:DescribeRegions") return undefined;
  const Regions = Object.keys(world.regions).map((RegionName) => ({
    Endpoint: `ec2.${RegionName}.amazonaws.com`,
    RegionName,
    OptInStatus: "opt-in-not-required",
  }));
  return { Regions };
}

function emptyLists(output: Shape): JsonObject {
  const members = output.kind === "struct" ? output.members : [];
  const lists = members.filter(({ schema }) => shapeOf(schema).kind === "list");
  return Object.fromEntries(lists.map(({ name }) => [name, []]));
}

function entry(command: Json | undefined, key: string): Json | undefined {
  return isObject(command) && Object.hasOwn(command, key) ? command[key] : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
