import type { PolicyDocument } from "../../../src/model/identity.ts";

export const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
export const powerUserAccess = "arn:aws:iam::aws:policy/PowerUserAccess";

function allowing(
  id: string,
  actions: readonly string[],
  key: "Action" | "NotAction" = "Action",
): PolicyDocument {
  return {
    id,
    name: id,
    body: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", [key]: [...actions], Resource: "*" }],
    },
    source: { kind: "rule", id },
  };
}

/** A policy that an identity could give itself or another one. */
export const everything = "supposed:everything";

/** Documents that no inventory holds, for questions of the form "and then?". */
export const supposed: ReadonlyMap<string, PolicyDocument> = new Map([
  [everything, allowing(everything, ["*"])],
  [administratorAccess, allowing(administratorAccess, ["*"])],
  [
    powerUserAccess,
    allowing(powerUserAccess, ["iam:*", "organizations:*", "account:*"], "NotAction"),
  ],
]);
