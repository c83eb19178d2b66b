import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { layersOf } from "./layers.ts";
import { arnParts } from "./match.ts";
import type { Statement } from "./parse.ts";

/** Names tried for one thing. */
const maxWitnesses = 64;
const region = "eu-west-1";

/** Every statement that bears on the identity. */
export function statementsOf(identity: Identity, estate: EstateIndex): readonly Statement[] {
  const { grants, limits } = layersOf(identity, estate);
  return [...grants, ...limits.flatMap(({ statements }) => statements)];
}

/**
 * ARNs that a thing could have which the identity creates: one of its own choice, and one for each resource pattern
 * of its policies that can name such a thing.
 * @param kind `lambda:function:{name}`; `iam:role/{name}` has no region
 */
export function witnesses(
  identity: Identity,
  kind: string,
  estate: EstateIndex,
): readonly string[] {
  const colon = kind.indexOf(":");
  const service = kind.slice(0, colon);
  const rest = kind.slice(colon + 1);
  const prefix = rest.slice(0, rest.indexOf("{name}"));
  const place = service === "iam" ? "" : region;
  const found = new Set([
    `arn:aws:${service}:${place}:${identity.scope}:${rest.replace("{name}", "postern")}`,
  ]);
  for (const { resources } of statementsOf(identity, estate)) {
    for (const pattern of resources) {
      const named = witnessOf(pattern, prefix, place);
      if (named && found.size < maxWitnesses)
        found.add(`arn:aws:${service}:${named.place}:${identity.scope}:${named.thing}`);
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
