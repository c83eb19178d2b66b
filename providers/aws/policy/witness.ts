import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { layersOf } from "./layers.ts";
import { arnParts, partitionOf } from "./match.ts";
import type { Statement } from "./parse.ts";

/** Names tried for one thing. */
const maxWitnesses = 64;
/** Regions tried for it. */
const maxRegions = 6;
const homes: Readonly<Record<string, string>> = {
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

export function homeOf(identity: Pick<Identity, "id">): string {
  return homes[partitionOf(identity.id)] ?? "eu-west-1";
}

/** Where the identity may create things: at home, and in the regions that its policies name. */
function regionsFor(identity: Identity, estate: EstateIndex): readonly string[] {
  const named = valuesOf(identity, "aws:requestedregion", estate).map(concrete);
  return [...new Set([homeOf(identity), ...named])].slice(0, maxRegions);
}

/** Every statement that bears on the identity. */
export function statementsOf(identity: Identity, estate: EstateIndex): readonly Statement[] {
  const { grants, limits } = layersOf(identity, estate);
  return [...grants, ...limits.flatMap(({ statements }) => statements)];
}

/**
 * ARNs that a thing could have which the identity creates: one of its own choice, and one for each resource pattern
 * of its policies that can name such a thing.
 * @param more patterns beside those of its resources
 * @param kind `lambda:function:{name}`; `iam:role/{name}` has no region
 */
export function witnesses(
  identity: Identity,
  kind: string,
  estate: EstateIndex,
  more: readonly string[] = [],
): readonly string[] {
  const colon = kind.indexOf(":");
  const service = kind.slice(0, colon);
  const rest = kind.slice(colon + 1);
  const prefix = rest.slice(0, rest.indexOf("{name}"));
  const places = service === "iam" ? [""] : regionsFor(identity, estate);
  const start = `arn:${partitionOf(identity.id)}:${service}`;
  const found = new Set(
    places.map(
      (place) => `${start}:${place}:${identity.scope}:${rest.replace("{name}", "postern")}`,
    ),
  );
  const patterns = statementsOf(identity, estate).flatMap(({ resources }) => resources);
  for (const pattern of [...more, ...patterns]) {
    for (const place of places) {
      const named = witnessOf(pattern, prefix, place);
      if (named && found.size < maxWitnesses)
        found.add(`${start}:${named.place}:${identity.scope}:${named.thing}`);
    }
  }
  return [...found];
}

function witnessOf(
  pattern: string,
  prefix: string,
  place: string,
): { readonly place: string; readonly thing: string } | undefined {
  const [, , , area = "", , thing = ""] = arnParts(pattern) ?? [];
  if (!thing.startsWith(prefix) && !thing.startsWith("*")) return undefined;
  const full = thing.startsWith(prefix) ? thing : `${prefix}${thing}`;
  const elsewhere = place !== "" && area !== "" && area !== "*";
  return { place: elsewhere ? concrete(area) : place, thing: concrete(full) };
}

function concrete(pattern: string): string {
  return pattern.replaceAll(/\$\{[^}]*\}/g, "x").replaceAll(/[*?]/g, "x");
}

/** Values that conditions of these statements compare a key with. */
export function valuesOf(identity: Identity, key: string, estate: EstateIndex): readonly string[] {
  const values = statementsOf(identity, estate).flatMap(({ conditions }) =>
    conditions
      .filter((condition) => condition.key === key)
      .flatMap((condition) => condition.values),
  );
  return [...new Set(values)].slice(0, maxWitnesses);
}
