import type { IdentityLink } from "../../src/model/identity.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, isObject, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import type { Vnics } from "./interfaces.ts";
import { elements, gapIn } from "./pages.ts";

/** https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/Instance/ */
const stoppedStates: ReadonlySet<string> = new Set([
  "STOPPED",
  "STOPPING",
  "TERMINATED",
  "TERMINATING",
]);

/** https://docs.oracle.com/en-us/iaas/api/#/en/container-instances/20210415/ContainerInstance/ */
const inactiveStates: ReadonlySet<string> = new Set(["INACTIVE", "DELETING", "DELETED", "FAILED"]);

/** Instances and container instances, with what their descriptions say about what runs on them. */
export function computeWorkloads(snapshot: Snapshot, known: Vnics): Workload[] {
  const seen = [
    ...elements(snapshot, "core:ListInstances").flatMap((node) => toInstance(node, snapshot)),
    ...containerInstances(snapshot),
  ];
  return [...seen, ...unlisted(snapshot, known, new Set(seen.map(({ id }) => id)))];
}

function toInstance(node: Node, snapshot: Snapshot): Workload[] {
  const id = text(node, "id");
  if (id === undefined) return [];
  const because = "every instance can sign requests as itself through its metadata service";
  return [
    {
      ...base(node, id, snapshot),
      kind: "instance",
      state: stoppedStates.has(text(node, "lifecycleState") ?? "") ? "stopped" : "running",
      identities: [link(id, "metadata", because, node)],
      texts: [...metadataTexts(node), ...tagTexts(node)],
      ...metadataOf(node),
    },
  ];
}

function base(node: Node, id: string, snapshot: Snapshot) {
  return {
    id,
    name: text(node, "displayName") ?? id,
    tags: tagsOf(node),
    provider: "oci",
    scope: snapshot.scope.id,
    region: node.page.region,
    source: sourceOf(node),
  } as const;
}

function link(id: string, how: IdentityLink["how"], because: string, node: Node): IdentityLink {
  return { id, how, verdict: "yes", because, source: sourceOf(node) };
}

/** https://docs.oracle.com/en-us/iaas/Content/Compute/Tasks/gettingmetadata.htm */
function metadataOf(node: Node): Pick<Workload, "metadataService"> {
  const options = at(node, "instanceOptions");
  const disabled = options && flag(options, "areLegacyImdsEndpointsDisabled");
  if (!options || disabled === undefined) return {};
  return {
    metadataService: {
      state: "on",
      legacy: disabled ? "refused" : "answered",
      source: sourceOf(options),
    },
  };
}

/** `user_data` is base64, decoded and redacted when it was recorded; the others are plain. */
function metadataTexts(node: Node): WorkloadText[] {
  return ["metadata", "extendedMetadata"].flatMap((key) => {
    const map = at(node, key);
    if (!map || !isObject(map.value)) return [];
    return Object.keys(map.value).flatMap((name): WorkloadText[] => {
      const value = at(map, name);
      if (!value) return [];
      const plain = typeof value.value === "string" ? value.value : JSON.stringify(value.value);
      const kind = name === "user_data" ? "user-data" : "metadata";
      return [
        { kind, text: kind === "metadata" ? `${name}: ${plain}` : plain, source: sourceOf(value) },
      ];
    });
  });
}

function tagTexts(node: Node): WorkloadText[] {
  return Object.entries(tagsOf(node)).map(([name, value]) => ({
    kind: "tag",
    text: `${name}=${value}`,
    source: sourceOf(node),
  }));
}

/** Free-form tags by name, defined ones by `<namespace>.<name>`. */
export function tagsOf(node: Node): Record<string, string> {
  const plain = at(node, "freeformTags");
  const defined = at(node, "definedTags");
  const spaces = defined && isObject(defined.value) ? Object.keys(defined.value) : [];
  return Object.fromEntries([
    ...(plain ? pairsOf(plain, "") : []),
    ...spaces.flatMap((space) => {
      const inner = defined && at(defined, space);
      return inner ? pairsOf(inner, `${space}.`) : [];
    }),
  ]);
}

function pairsOf(node: Node, prefix: string): [string, string][] {
  if (!isObject(node.value)) return [];
  return Object.entries(node.value).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [[`${prefix}${name}`, String(value)]]
      : [],
  );
}

/** The list gives summaries; a container's image, command and environment are only in its own description. */
function containerInstances(snapshot: Snapshot): Workload[] {
  const described = new Map(
    pagesOf(snapshot, "containerinstances:GetContainerInstance").flatMap((node) =>
      keyed(text(node, "id"), node),
    ),
  );
  const listed = new Map(
    elements(snapshot, "containerinstances:ListContainerInstances").flatMap((node) =>
      keyed(text(node, "id"), node),
    ),
  );
  return [...new Map([...listed, ...described])].map(([id, node]) => toTask(snapshot, id, node));
}

function toTask(snapshot: Snapshot, id: string, node: Node): Workload {
  const because = "every container instance can sign requests as itself, a resource principal";
  return {
    ...base(node, id, snapshot),
    kind: "task",
    state: inactiveStates.has(text(node, "lifecycleState") ?? "") ? "stopped" : "running",
    identities: [link(id, "platform", because, node)],
    texts: [...containerTexts(snapshot, id), ...tagTexts(node)],
  };
}

function containerTexts(snapshot: Snapshot, owner: string): WorkloadText[] {
  return pagesOf(snapshot, "containerinstances:GetContainer")
    .filter((node) => text(node, "containerInstanceId") === owner)
    .flatMap(textsOf);
}

function textsOf(node: Node): WorkloadText[] {
  const source = sourceOf(node);
  const image = text(node, "imageUrl");
  const command = [...texts(node, "command"), ...texts(node, "arguments")].join(" ");
  const environment = at(node, "environmentVariables");
  const variables = environment ? pairsOf(environment, "") : [];
  return [
    ...(image === undefined ? [] : [{ kind: "image", text: image, source } as const]),
    ...(command === "" ? [] : [{ kind: "command", text: command, source } as const]),
    ...variables.map(
      ([name, value]) => ({ kind: "environment", text: `${name}=${value}`, source }) as const,
    ),
  ];
}

/** When instances could not be listed, their attachments still tell that they exist. */
function unlisted(snapshot: Snapshot, { byOwner }: Vnics, seen: ReadonlySet<string>): Workload[] {
  return [...byOwner].flatMap(([id, [first]]): Workload[] => {
    const node = first?.node;
    if (seen.has(id) || !node) return [];
    if (!gapIn(snapshot, "core:ListInstances", {}, node.page.region)) return [];
    return [
      {
        ...base(node, id, snapshot),
        name: id,
        tags: {},
        kind: "instance",
        state: "unknown",
        identities: [],
        texts: [],
      },
    ];
  });
}

function keyed(key: string | undefined, node: Node): [string, Node][] {
  return key === undefined ? [] : [[key, node]];
}
