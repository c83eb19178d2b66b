import type { Json, JsonObject } from "../../src/model/json.ts";
import type { AwsRequest } from "./faults.ts";
import { keyedBy, type AwsWorld } from "./world.ts";

export type Answer =
  | { readonly kind: "output"; readonly body: JsonObject }
  | { readonly kind: "error"; readonly code: string };

/** What the world says to a request; a command it does not mention answers an empty list. */
export function answerOf(world: AwsWorld, request: AwsRequest): Answer {
  const { service, action } = request;
  if (!serves(world, request)) {
    return { kind: "error", code: service === "ec2" ? "AuthFailure" : "InvalidClientTokenId" };
  }
  const command = commandOf(world, request);
  const key = keyedBy[`${service}:${action}`];
  const output = key === undefined ? command : entry(command, request.params[key] ?? "");
  if (!isObject(output)) return { kind: "output", body: {} };
  const error = output["$error"];
  return typeof error === "string"
    ? { kind: "error", code: error }
    : { kind: "output", body: output };
}

function commandOf(world: AwsWorld, { service, action, region }: AwsRequest): Json {
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

function derived(world: AwsWorld, operation: string): Json {
  if (operation === "sts:GetCallerIdentity") {
    return {
      UserId: "AIDAPOSTERNAUDITOR",
      Account: world.account,
      Arn: `arn:aws:iam::${world.account}:user/auditor`,
    };
  }
  if (operation !== "ec2:DescribeRegions") return {};
  const Regions = Object.keys(world.regions).map((RegionName) => ({
    Endpoint: `ec2.${RegionName}.amazonaws.com`,
    RegionName,
    OptInStatus: "opt-in-not-required",
  }));
  return { Regions };
}

function entry(command: Json | undefined, key: string): Json | undefined {
  return isObject(command) && Object.hasOwn(command, key) ? command[key] : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
