import type { EstateIndex } from "../model/estate.ts";
import { breadths, powers, type Identity, type PolicyAttachment } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Standing } from "../model/paths.ts";
import { azureDocuments, type AzureDocuments } from "./identity-azure-documents.ts";
import { azurePaths } from "./identity-azure-paths.ts";
import { replaceWorld } from "./replace-world.ts";
import { listOf, objectOf, textOf, textsOf } from "./read-json.ts";
import type { ReadRole } from "./roles-file.ts";

const source = { kind: "rule", id: "labelled case" } as const;

export interface AzureQuestion {
  readonly start: Identity;
  /** Identities of the same host, whose tokens the caller may ask for as well. */
  readonly united: readonly string[];
  readonly estate: EstateIndex;
}

/** One case as an estate: what a collector would have read of the subscription and the directory. */
export function azureEstate(
  entry: JsonObject,
  file: JsonObject,
  readRole: ReadRole,
): AzureQuestion {
  const world = replaceWorld(objectOf(file["world"]), objectOf(entry["world"]));
  const own = objectOf(world["identity"]);
  const id = textOf(own["objectId"]) ?? "";
  const groups = own["groups"] === null ? null : textsOf(own["groups"]);
  const documents = azureDocuments(entry, world, readRole);
  const others = othersOf(world, documents);
  const united = textsOf(own["userAssigned"]).map((name) => named(name, world));
  const start = build(id, "managed-identity", [
    ...documents.attachments(id, groups),
    ...documents.directory(id, entry["graphAppRoles"], entry["directoryRoles"]),
    ...united.flatMap((one) => others.find((other) => other.id === one)?.policies ?? []),
    ...united
      .filter((one) => !others.some((other) => other.id === one))
      .flatMap((one) => documents.attachments(one, [])),
  ]);
  const identities = new Map([...others, start].map((identity) => [identity.id, identity]));
  const memberships = new Map([id, ...united].map((one) => [one, one === id ? groups : []]));
  return {
    start,
    united,
    estate: {
      identities,
      policies: documents.policies,
      gaps: new Map(),
      startedAt: textOf(file["now"]) ?? "",
      paths: {
        ...azurePaths(world, documents, (name) => named(name, world)),
        standings: standingsOf(world),
        memberships,
        groups: documents.groups(),
      },
    },
  };
}

/** The object id behind an ARM id, an object id or the id of an application. */
function named(name: string, world: JsonObject): string {
  const found = listOf(world["identities"])
    .map(objectOf)
    .find(({ id, objectId }) => id === name || objectId === name);
  return textOf(found?.["objectId"]) ?? name;
}

function othersOf(world: JsonObject, documents: AzureDocuments): readonly Identity[] {
  const self = textOf(objectOf(world["identity"])["objectId"]);
  return [...managed(world), ...applications(world)]
    .filter(({ id }) => id !== self)
    .map(({ id, kind, about }) =>
      build(id, kind, [
        ...documents.attachments(id, []),
        ...documents.standing(id, about),
        ...documents.directory(id, about["graphAppRoles"], about["directoryRoles"]),
      ]),
    );
}

interface Other {
  readonly id: string;
  readonly kind: "managed-identity" | "service-account";
  readonly about: JsonObject;
}

function managed(world: JsonObject): Other[] {
  return listOf(world["identities"])
    .map(objectOf)
    .map((about) => ({
      id: textOf(about["objectId"]) ?? textOf(about["id"]) ?? "",
      kind: "managed-identity",
      about,
    }));
}

function applications(world: JsonObject): Other[] {
  return listOf(world["applications"])
    .map(objectOf)
    .map((about) => ({ id: textOf(about["id"]) ?? "", kind: "service-account", about }));
}

function build(
  id: string,
  kind: Identity["kind"],
  policies: readonly PolicyAttachment[],
): Identity {
  return { id, provider: "azure", scope: "labelled", kind, name: id, tags: {}, policies, source };
}

function standingsOf(world: JsonObject): ReadonlyMap<string, Standing> {
  return new Map(
    [...managed(world), ...applications(world)].flatMap(({ id, about }): [string, Standing][] => {
      const power = powers.find((word) => word === about["power"]);
      return power ? [[id, { power, breadth: breadthOf(about["breadth"]) }]] : [];
    }),
  );
}

function breadthOf(value: Json | undefined): Standing["breadth"] {
  return breadths.find((word) => word === value) ?? "account";
}
