import type { WorkloadKind } from "../../src/model/exposure.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { IdentityHow } from "../../src/model/identity.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, items, sourceOf, text, texts, type Node } from "../reader.ts";
import { identityLinks } from "./identity-links.ts";
import { assignedPrincipals } from "./identity-principals.ts";
import { idOf, nameOf } from "./pages.ts";

interface WorkloadFacts {
  readonly kind: WorkloadKind;
  readonly state: Workload["state"];
  readonly how: IdentityHow;
  readonly texts: readonly WorkloadText[];
}

/** A resource that runs code. */
export function workloadOf(snapshot: Snapshot, node: Node, facts: WorkloadFacts): Workload {
  const { how, ...rest } = facts;
  return {
    id: idOf(node),
    name: nameOf(node),
    tags: tagsIn(node),
    provider: "azure",
    scope: snapshot.scope.id,
    region: (text(node, "location") ?? "global").toLowerCase().replaceAll(" ", ""),
    identities: identityLinks(node, how, assignedPrincipals(snapshot)),
    source: sourceOf(node),
    ...rest,
  };
}

export function tagsIn(node: Node): Record<string, string> {
  const tags = at(node, "tags");
  if (!tags || !isObject(tags.value)) return {};
  return Object.fromEntries(
    Object.entries(tags.value).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[key, value]] : [],
    ),
  );
}

function say(kind: WorkloadText["kind"], words: string | undefined, near: Node): WorkloadText[] {
  return words === undefined || words === "" ? [] : [{ kind, text: words, source: sourceOf(near) }];
}

/** What the description of a container tells about what runs in it. */
export function containerTexts(container: Node): WorkloadText[] {
  return [
    ...say("image", text(container, "image"), container),
    ...say(
      "command",
      [...texts(container, "command"), ...texts(container, "args")].join(" "),
      container,
    ),
    ...["env", "environmentVariables"].flatMap((key) =>
      items(container, key).flatMap((each) =>
        say("environment", `${text(each, "name") ?? ""}=${text(each, "value") ?? ""}`, each),
      ),
    ),
  ];
}
