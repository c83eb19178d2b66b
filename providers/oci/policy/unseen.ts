import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { supposing } from "./caller.ts";
import { decideNeeds } from "./decide.ts";
import type { Effect, OciRule } from "./escalations.ts";
import type { View } from "./view.ts";

interface Listing {
  /** Without any of them a thing is not seen. */
  readonly calls: readonly string[];
  readonly type: "instance" | "fnfunc";
  readonly permissions: readonly string[];
}

/** How what other identities are is listed, by what a rule does with it. */
const listings: Partial<Readonly<Record<Effect, Listing>>> = {
  "run-command": {
    calls: ["core:ListInstances"],
    type: "instance",
    permissions: ["INSTANCE_AGENT_COMMAND_CREATE"],
  },
  "update-function": {
    calls: ["functions:ListApplications", "functions:ListFunctions"],
    type: "fnfunc",
    permissions: ["FN_FUNCTION_UPDATE", "FN_INVOCATION"],
  },
};

/** Code in something that a list which was not read may hold, in each dynamic group that could take it in. */
export function* unseenHops(
  { id: rule, title, effect }: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { tenancy: { world } }: View,
): Generator<Hop> {
  const listing = listings[effect];
  const gap = estate.gaps
    .get(`oci/${world.tenancy}`)
    ?.find(({ call }) => listing?.calls.includes(call) === true);
  if (!listing || !gap) return;
  const { type, permissions } = listing;
  const open = `${gap.call} was not read: something in a stronger dynamic group may be among what it lists`;
  const joins = world.dynamicGroups.flatMap(({ name, domain }) =>
    domain === "?" ? [] : [[supposing("join", `${domain}/${name}`)]],
  );
  for (const at of [...world.compartments.keys(), world.tenancy]) {
    const needs = permissions.map((permission) => ({ permission, at }));
    const decision = decideNeeds(caller, needs, estate);
    if (decision.verdict === "no") continue;
    for (const joined of [[], ...joins]) {
      const to: Identity = {
        ...caller,
        id: `an unlisted ${type} in ${at}`,
        kind: type === "instance" ? "instance-principal" : "resource-principal",
        name: `unlisted ${type}`,
        policies: [supposing("seat", type, at), ...joined],
      };
      yield { rule, title, to, decision: doubted(decision, open), rewritten: true };
    }
  }
}

function doubted(decision: Decision, open: string): Decision {
  return { ...decision, verdict: "maybe", assumptions: [...decision.assumptions, open] };
}
