import type { Json, JsonObject } from "../../../src/model/json.ts";
import {
  breadthWords,
  powerWords,
  type DynamicGroup,
  type OciPrincipal,
  type CaseWorld,
} from "./world.ts";

/** A labelled world in which a case has been laid; what is missing does not exist, what is null was not read. */
export function readWorld(json: JsonObject): CaseWorld {
  return {
    now: Date.parse(text(json["now"])),
    tenancy: text(json["tenancy"]),
    compartments: new Map(
      entries(json["compartments"]).map(([id, each]) => [
        id,
        { name: text(each["name"]), parent: text(each["parent"]) },
      ]),
    ),
    principal: readPrincipal(object(json["principal"])),
    dynamicGroups: entries(json["dynamicGroups"]).map(([name, each]) => readGroup(name, each)),
    instances: list(json["instances"])
      .map(object)
      .map((each) => ({
        id: text(each["id"]),
        compartment: text(each["compartment"]),
        runCommand: each["runCommand"] === true,
        strength: {
          power: powerWords.find((word) => word === each["power"]) ?? "none",
          breadth: breadthWords.find((word) => word === each["breadth"]) ?? "resource",
        },
      })),
    groups: texts(json["groups"]),
    networkSources: new Map(
      Object.entries(object(json["networkSources"])).map(([name, ranges]) => [
        name.toLowerCase(),
        ranges === null ? null : texts(ranges),
      ]),
    ),
    subscribedRegions: json["subscribedRegions"] === null ? null : texts(json["subscribedRegions"]),
    denyEnabled: json["denyEnabled"] === null ? null : json["denyEnabled"] === true,
    policies: list(json["policies"])
      .map(object)
      .map((each) => ({
        attachedTo: text(each["attachedTo"]),
        statement: text(each["statement"]),
      })),
  };
}

function readGroup(name: string, json: JsonObject): DynamicGroup {
  const domain = text(json["domain"]) || "Default";
  const rule = json["rule"] === null ? null : text(json["rule"]);
  const ocid = json["ocid"];
  return typeof ocid === "string" ? { name, domain, rule, ocid } : { name, domain, rule };
}

function readPrincipal(json: JsonObject): OciPrincipal {
  const tags = json["tags"];
  return {
    type: text(json["type"]),
    id: text(json["id"]),
    compartment: text(json["compartment"]),
    tags:
      tags === null
        ? null
        : new Map(
            Object.entries(object(tags)).map(([key, value]) => [key.toLowerCase(), text(value)]),
          ),
    ...(typeof json["egressIp"] === "string" && { egressIp: json["egressIp"] }),
  };
}

function entries(value: Json | undefined): readonly (readonly [string, JsonObject])[] {
  return Object.entries(object(value)).map(([key, each]) => [key, object(each)]);
}

function object(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

function list(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function texts(value: Json | undefined): string[] {
  return list(value).flatMap((each) => (typeof each === "string" ? [each] : []));
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
