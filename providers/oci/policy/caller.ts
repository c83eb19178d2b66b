import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, PolicyAttachment } from "../../../src/model/identity.ts";
import { isObject } from "../../reader.ts";
import { isSeat, objectOf, textOf } from "./documents.ts";
import type { OciPrincipal } from "./world.ts";

/**
 * Rights that an identity has after a hop, as attachments of a copy of it: all of a compartment, membership of a dynamic
 * group, the place of a thing that does not exist yet, or a tag (`namespace.key=value`).
 */
type Supposition = "grant" | "join" | "member" | "seat" | "tag";
const mark = "supposed ";

export function supposing(kind: Supposition, ...what: readonly string[]): PolicyAttachment {
  return { layer: "grant", policy: `${mark}${kind} ${what.join(" ")}`, via: what.join(" ") };
}

/** Membership of a group of users, by its name or OCID. */
export function membership(group: string): PolicyAttachment {
  return supposing("member", group);
}

/** What is supposed of one kind. */
export function supposed({ policies }: Identity, kind: Supposition): string[] {
  const start = `${mark}${kind} `;
  return policies.flatMap(({ policy }) =>
    policy.startsWith(start) ? [policy.slice(start.length)] : [],
  );
}

/** Where a workload stands, which is what rules and conditions look at. */
export function principalOf(identity: Identity, estate: EstateIndex): OciPrincipal {
  const { id } = identity;
  const [made] = supposed(identity, "seat");
  if (made !== undefined) {
    const [type = "", compartment = ""] = made.split(" ");
    return { type, id, compartment, tags: new Map() };
  }
  const seat = identity.policies.find(({ policy }) => isSeat(policy))?.policy;
  const body = objectOf(estate.policies.get(seat ?? "")?.body);
  const { type, compartment, tags } = body;
  return {
    type: textOf(type),
    id,
    compartment: typeof compartment === "string" ? compartment : null,
    tags: isObject(tags)
      ? new Map([
          ...Object.entries(tags).map(([name, value]): [string, string] => [name, textOf(value)]),
          ...supposed(identity, "tag").map(pairOf),
        ])
      : null,
  };
}

function pairOf(tag: string): [string, string] {
  const cut = tag.indexOf("=");
  return [tag.slice(0, cut), tag.slice(cut + 1)];
}
