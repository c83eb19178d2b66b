import type { IdentityReport } from "../model/identity.ts";

/** An identity as a title names it: by what people call it, where its id is a number. */
export function called({ id, name }: Pick<IdentityReport, "id" | "name">): string {
  return name === undefined ? id : `${name} (${id})`;
}
