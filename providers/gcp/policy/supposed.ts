import type { Identity, PolicyAttachment } from "../../../src/model/identity.ts";

/**
 * Rights that an identity has after a hop that rewrites policies, as attachments of a copy of it:
 * `supposed` + what was rewritten.
 */
export interface Supposed {
  /** Custom roles that hold every permission now. */
  readonly filled: ReadonlySet<string>;
  readonly granted: readonly { readonly role: string; readonly on: string }[];
  /** Services that the credential can be used with; absent = all. */
  readonly only: readonly string[] | undefined;
  /** Attachment points whose deny policies are gone. */
  readonly lifted: ReadonlySet<string>;
}

const mark = "supposed ";

export function filling(role: string): PolicyAttachment {
  return { layer: "grant", policy: `${mark}fill ${role}`, via: role };
}

export function granting(role: string, on: string): PolicyAttachment {
  return { layer: "grant", policy: `${mark}grant ${role} ${on}`, via: on };
}

export function onlyWith(service: string): PolicyAttachment {
  return { layer: "session", policy: `${mark}only ${service}`, via: service };
}

export function lifting(point: string): PolicyAttachment {
  return { layer: "organization", policy: `${mark}lift ${point}`, via: point };
}

export function isSupposed({ policy }: PolicyAttachment): boolean {
  return policy.startsWith(mark);
}

export function supposedOf({ policies }: Identity): Supposed {
  const notes = policies
    .filter(isSupposed)
    .map(({ policy }) => policy.slice(mark.length).split(" "));
  const of = (kind: string): string[] =>
    notes.flatMap(([each, what = ""]) => (each === kind ? [what] : []));
  const only = of("only");
  return {
    filled: new Set(of("fill")),
    granted: notes.flatMap(([kind, role = "", on = ""]) =>
      kind === "grant" ? [{ role, on }] : [],
    ),
    only: only.length > 0 ? only : undefined,
    lifted: new Set(of("lift")),
  };
}
