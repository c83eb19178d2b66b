import type { Json, JsonObject } from "../../src/model/json.ts";
import type { AwsRequest } from "./faults.ts";
import { shapeOf, type Shape } from "./schema.ts";
import { factsOf, type Service } from "./services.ts";
import { keyedBy, type AwsConfig, type AwsWorld } from "./world.ts";

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
    anywhere(world, service, action) ??
    derivedIn(world, region, `${service}:${action}`) ??
    derived(world, `${service}:${action}`)
  );
}

/** Services without regions, and the list of regions itself, answer wherever the request was signed for. */
function serves(world: AwsWorld, { service, action, region }: AwsRequest): boolean {
  const everywhere = factsOf(service).everywhere === true || action === "DescribeRegions";
  return everywhere || Object.hasOwn(world.regions, region);
}

/** A world of one region may keep the services without regions beside the others. */
function anywhere(world: AwsWorld, service: Service, action: string): Json | undefined {
  if (factsOf(service).everywhere !== true) return undefined;
  return Object.values(world.regions).find((config) => config[service]?.[action])?.[service]?.[
    action
  ];
}

/** Lists that a world may leave out, because the answers about their items are there. */
function derivedIn(world: AwsWorld, region: string, operation: string): Json | undefined {
  const config = world.regions[region];
  if (operation === "apprunner:ListServices") {
    const services = config?.["apprunner"]?.["DescribeService"];
    const ServiceSummaryList = Object.keys(isObject(services) ? services : {}).map(
      (ServiceArn) => ({
        ServiceArn,
      }),
    );
    return { ServiceSummaryList };
  }
  if (operation !== "lambda:ListFunctionUrlConfigs") return undefined;
  const urls = config?.["lambda"]?.["GetFunctionUrlConfig"];
  if (!isObject(urls)) return undefined;
  if (typeof urls["$error"] === "string") return urls;
  return Object.fromEntries(
    Object.entries(urls).map(([name, own]): [string, Json] => {
      const error = isObject(own) ? own["$error"] : undefined;
      if (typeof error !== "string") {
        return [name, { FunctionUrlConfigs: isObject(own) ? [withArn(config, name, own)] : [] }];
      }
      return [name, /NotFound/.test(error) ? { FunctionUrlConfigs: [] } : { $error: error }];
    }),
  );
}

/** A URL's own answer may leave out which function it belongs to. */
function withArn(config: AwsConfig | undefined, name: string, own: JsonObject): JsonObject {
  if (typeof own["FunctionArn"] === "string") return own;
  const listed = config?.["lambda"]?.["ListFunctions"];
  const all: readonly Json[] =
    isObject(listed) && Array.isArray(listed["Functions"]) ? listed["Functions"] : [];
  const found = all.filter(isObject).find((each) => each["FunctionName"] === name);
  return { ...own, FunctionArn: found?.["FunctionArn"] ?? `arn:aws:lambda:::function:${name}` };
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
