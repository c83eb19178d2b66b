import type { Access, Family } from "../../../src/model/identity.ts";
import { levelOf } from "./access.ts";
import { familyByNamespace, familyOf, mainNamespaces } from "./namespaces.ts";
import { matches } from "./pattern.ts";

/** One part of what a pattern stands for: an access level in a family. */
export interface Piece {
  readonly family: Family;
  readonly access: Access;
  /** An operation that stands for the part, to ask limits about. */
  readonly operation: string;
  readonly plane: "control" | "data";
  /** All of the family's main namespace. */
  readonly whole: boolean;
}

/** Stands for any resource type; in no operation. */
const anything = "any-type";
const verbs = ["read", "write", "delete"] as const;

/** What a pattern of `actions` or `dataActions` stands for, one piece a family and access level. */
export function piecesOf(pattern: string, plane: "control" | "data"): readonly Piece[] {
  const pieces = pattern.includes("*") ? widePieces(pattern, plane) : [pieceOf(pattern, plane)];
  return plane === "data" ? pieces.map((piece) => ({ ...piece, plane })) : pieces;
}

function pieceOf(operation: string, plane: "control" | "data"): Piece {
  const level = levelOf(operation);
  return {
    family: level.family ?? familyOf(operation),
    access: level.access,
    plane: level.plane ?? plane,
    operation,
    whole: false,
  };
}

function widePieces(pattern: string, plane: "control" | "data"): readonly Piece[] {
  const found = new Map<string, Piece>();
  for (const operation of [...operationsOf(pattern), ...knownIn(pattern, plane)]) {
    const own = pieceOf(operation, plane);
    const piece = { ...own, whole: isWhole(pattern, own) };
    const key = `${piece.family} ${piece.access} ${piece.plane}`;
    const old = found.get(key);
    if (!old || (piece.whole && !old.whole)) found.set(key, piece);
  }
  return [...found.values()];
}

/** The pattern with its first part and its verb made definite. */
function operationsOf(pattern: string): string[] {
  const [first = "", ...rest] = pattern.split("/");
  const namespaces = first.includes("*")
    ? Object.keys(familyByNamespace).filter((name) => matches(first, name))
    : [first];
  const last = rest.at(-1);
  const middle = rest.slice(0, -1).map((part) => (part.includes("*") ? anything : part));
  const path = middle.length > 0 ? middle : rest.length > 1 ? [] : [anything];
  const ends = last === undefined || last.includes("*") ? verbs : [last];
  return namespaces.flatMap((name) => ends.map((end) => [name, ...path, end].join("/")));
}

/** Operations whose level their words do not tell, and which a wildcard covers. */
const telling: readonly (readonly ["control" | "data", string])[] = [
  ["control", "Microsoft.Storage/storageAccounts/listKeys/action"],
  ["control", "Microsoft.DocumentDB/databaseAccounts/listKeys/action"],
  ["control", "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action"],
  ["control", "Microsoft.Web/sites/publishxml/action"],
  ["control", "Microsoft.Compute/virtualMachines/runCommand/action"],
  [
    "control",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
  ],
  ["data", "Microsoft.KeyVault/vaults/secrets/getSecret/action"],
  ["data", "Microsoft.KeyVault/vaults/keys/decrypt/action"],
];

function knownIn(pattern: string, plane: "control" | "data"): string[] {
  return telling.flatMap(([of, operation]) =>
    of === plane && matches(pattern, operation) ? [operation] : [],
  );
}

function isWhole(pattern: string, { family, operation }: Piece): boolean {
  const main = mainNamespaces[family];
  const verb = operation.slice(operation.lastIndexOf("/") + 1);
  return main !== undefined && matches(pattern, `${main}/${anything}/${verb}`);
}
